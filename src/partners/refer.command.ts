import { sql } from 'kysely';
import { localDay } from '../calendar/town-calendar.ts';
import { CaseText } from '../cases/case-text.ts';
import { watchDanger } from '../cases/danger.command.ts';
import { typedPast } from '../cases/typed-day.ts';
import type { CommandContext } from '../command-context.ts';
import type { CaseIdentityTable, Nature, Need } from '../db/tables/case.ts';
import type { ReferralLevel } from '../db/tables/partner.ts';
import type { PartyKind } from '../db/tables/party.ts';
import { inTransaction, type PartnerTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { codeFromNonce } from '../privacy/case-code.ts';
import { nonceHash } from '../privacy/draft-seal.ts';
import { insertCase, NOTHING_MORE_TOLD, type SubmitRequest } from '../requests/insert-case.ts';
import { isRepeat } from '../requests/submit-request.command.ts';
import type { PartnerSeat } from './partner-session.command.ts';
import { mayBeParty } from './request-status.ts';

/** The person an organisation speaks for, who was told and agreed (R31). */
export type ReferredPerson = Pick<SubmitRequest, 'firstName' | 'ageGroup' | 'phone' | 'email' | 'interpreter'> & {
  agreedOn: string;
  contactWays: CaseIdentityTable['contact_ways'];
  postalAddress: string | null;
  trustedPerson: string | null;
  contactHours: string | null;
  precautions: CaseIdentityTable['precautions'];
  spokenLanguage: string | null;
};

/** A valid F2: what `referral.form` lets through; days as they were typed. */
export type NewReferral = {
  level: ReferralLevel;
  danger: boolean;
  agentRole: string;
  agentPhone: string;
  need: Need;
  natures: Nature[];
  categories: string[];
  quarter: string | null;
  placeType: string | null;
  placeText: string | null;
  facts: string;
  doneBefore: string[];
  doneOn: string | null;
  expected: string[];
  offered: string[];
  /** Given when it is urgent: read within one working day instead of two (spec §4.4). */
  urgencyReason: string | null;
  visitRisks: string[];
  willTakePart: boolean;
  person: ReferredPerson | null;
};

/** What the requester reads first; a place has none. */
const TOLD = { named: ['referred'], place: [], organisation: ['acknowledgement'] } as const;
const URGENT = { unit: 'working_day', n: 1 } as const;
const KINDS: Readonly<Record<string, PartyKind>> = { transporteur: 'transport', association: 'association' };

/**
 * T1 by a partner (F2): the same machine as a resident's request. A person who agreed becomes its requester and gets the code by the usual
 * way; a place has no requester to write to; an organisation that asks for itself is the requester. The referring organisation reads
 * nothing of the case afterwards but a closed answer. The same form again gives the same number.
 * @throws DomainError not_a_day, day_to_come with their field; unknown_choice when forces of order would be a party (R84).
 */
export async function referCase(
  ctx: CommandContext,
  town: { id: string; kid: string },
  seat: PartnerSeat,
  form: string,
  referral: NewReferral,
): Promise<string> {
  const caseId = crypto.randomUUID();
  const policy = await ctx.policies.of(town.id);
  const nonce = `referral|${form}`;
  const actor = { role: 'app_partner', townId: town.id, ...seat } as const;
  try {
    return await inTransaction(ctx.db, { ...actor, caseId, form }, async (tx) => {
      const { agreedOn, doneOn } = days(referral, (typed, field) => typedPast(policy, tx.now, typed, field));
      const sender = await senderOf(tx, seat);
      if (referral.level === 'organisation' && !mayBeParty(sender.type))
        throw new DomainError('unknown_choice', { field: 'level' });
      const year = Number(localDay(policy.calendar, tx.now).slice(0, 4));
      const code = codeFromNonce(ctx.keys, nonce);
      const door = {
        channel: 'partner',
        origin: 'partenaire',
        ...requesterOf(referral, seat, sender.type),
      } as const;
      const { number, teamId } = await insertCase(
        tx,
        ctx,
        { town, nonce, code, caseId, year, door },
        factsOf(referral, sender),
      );
      await insertReferral(tx, ctx, caseId, seat, { referral, agreedOn, doneOn });
      await recordChange(tx, {
        caseId,
        code: 'request_received',
        actor: 'partner',
        data: {
          transition: 'T1',
          organisation: seat.organisationId,
          level: referral.level,
          danger: referral.danger,
          natures: referral.natures.join(','),
        },
      });
      await openDeadline(tx, policy, {
        caseId,
        kind: 'triage',
        ...(referral.urgencyReason === null ? {} : { target: URGENT }),
        announce: [
          ...TOLD[referral.level].map((template) => ({ audience: 'requester', template }) as const),
          { audience: 'leader', template: referral.person?.ageGroup === 'minor' ? 'minor_request' : 'new_request' },
        ],
      });
      if (referral.danger) await watchDanger(tx, policy, { id: caseId, teamId, leadId: null });
      return number;
    });
  } catch (error) {
    if (!isRepeat(error)) throw error;
    return inTransaction(ctx.db, actor, async (tx) => {
      const first = await sql<{ number: string | null }>`
        select own_referral_number(${nonceHash(nonce)}) as number`.execute(tx.db);
      const number = first.rows[0]?.number;
      if (!number) throw error;
      return number;
    });
  }
}

function days(
  { person, doneOn }: NewReferral,
  read: (typed: string, field: string) => string,
): { agreedOn: string | null; doneOn: string | null } {
  return {
    agreedOn: person ? read(person.agreedOn, 'agreed_on') : null,
    doneOn: doneOn ? read(doneOn, 'done_on') : null,
  };
}

type Sender = { name: string; email: string; type: string };

async function senderOf(tx: PartnerTx, seat: PartnerSeat): Promise<Sender> {
  return tx.db
    .selectFrom('organisation_contact as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .select(['c.name', 'c.email', 'o.type'])
    .where('c.id', '=', seat.contactId)
    .executeTakeFirstOrThrow();
}

function requesterOf(
  { level, need }: NewReferral,
  seat: PartnerSeat,
  type: string,
): { party: PartyKind; organisationId: string | null } {
  if (level === 'organisation') return { party: KINDS[type] ?? 'institution', organisationId: seat.organisationId };
  return { party: level === 'place' || need === 'group' ? 'group' : 'person', organisationId: null };
}

const NOBODY_NAMED: ReferredPerson = {
  agreedOn: '',
  firstName: '',
  ageGroup: 'adult',
  contactWays: [],
  phone: null,
  email: null,
  postalAddress: null,
  trustedPerson: null,
  contactHours: null,
  precautions: [],
  spokenLanguage: null,
  interpreter: false,
};

function factsOf(referral: NewReferral, sender: Sender): SubmitRequest {
  const { agreedOn: _agreedOn, ...who } = referral.person ?? NOBODY_NAMED;
  const itself: Partial<SubmitRequest> =
    referral.level === 'organisation'
      ? { firstName: sender.name, contactWays: ['email', 'phone'], phone: referral.agentPhone, email: sender.email }
      : {};
  return {
    ...who,
    ...itself,
    danger: referral.danger,
    need: referral.need,
    categories: referral.categories,
    natures: referral.natures,
    quarter: referral.quarter,
    placeId: null,
    placeType: referral.placeType,
    placeText: referral.placeText,
    transportLine: null,
    transportStop: null,
    ...NOTHING_MORE_TOLD,
    relation: null,
    story: referral.facts,
    acceptEvaluation: false,
    uiLanguage: 'fr',
  };
}

async function insertReferral(
  tx: PartnerTx,
  ctx: CommandContext,
  caseId: string,
  seat: PartnerSeat,
  said: { referral: NewReferral; agreedOn: string | null; doneOn: string | null },
): Promise<void> {
  const { referral } = said;
  const row = await tx.db
    .selectFrom('mediation_case')
    .select(['id', 'kid', 'wrapped_key as wrappedKey'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const text = new CaseText(ctx.keys, row);
  const sealed = (column: string, typed: string) => text.seal('partner_referral', column, typed);
  await tx.db
    .insertInto('partner_referral')
    .values({
      case_id: caseId,
      town_id: tx.actor.townId,
      organisation_id: seat.organisationId,
      contact_id: seat.contactId,
      level: referral.level,
      agreed_on: said.agreedOn,
      agent_role: sealed('agent_role', referral.agentRole),
      agent_phone: sealed('agent_phone', referral.agentPhone),
      done_before: referral.doneBefore,
      done_on: said.doneOn,
      expected: referral.expected,
      offered: referral.offered,
      urgent: referral.urgencyReason !== null,
      urgency_reason: referral.urgencyReason === null ? null : sealed('urgency_reason', referral.urgencyReason),
      visit_risks: referral.visitRisks,
      will_take_part: referral.willTakePart,
      referred_at: tx.now,
    })
    .execute();
}

import { sql } from 'kysely';
import { watchDanger } from '../cases/danger.command.ts';
import type { CommandContext } from '../command-context.ts';
import { crashPoint } from '../crash-point.ts';
import type { CaseIdentityTable, MediationCaseTable } from '../db/tables/case.ts';
import { inTransaction, type PublicTx } from '../db/transaction.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { recordChange } from '../outbox/record-change.ts';
import { codeFromNonce, codeHash } from '../privacy/case-code.ts';
import { contactHash } from '../privacy/contact.ts';
import { nonceHash } from '../privacy/draft-seal.ts';
import { newCaseKey, seal } from '../privacy/field-encryption.ts';

/** A valid F1: what `request.form` lets through. */
export type SubmitRequest = {
  danger: boolean;
  need: MediationCaseTable['need'];
  categories: string[];
  quarter: string | null;
  placeType: string | null;
  placeText: string | null;
  relation: MediationCaseTable['relation'];
  story: string | null;
  firstName: string;
  contactWays: CaseIdentityTable['contact_ways'];
  phone: string | null;
  email: string | null;
  postalAddress: string | null;
  trustedPerson: string | null;
  precautions: CaseIdentityTable['precautions'];
  contactHours: string | null;
  spokenLanguage: string | null;
  interpreter: boolean;
  ageGroup: 'adult' | 'minor';
  acceptEvaluation: boolean;
  uiLanguage: string;
  /** Filled as no person fills a form: accepted all the same, and pointed out to the team (B-38). */
  doubtful?: boolean;
};

export type Receipt = {
  caseId: string;
  number: string;
  /** Shown while the same form may show it again: 24 h of real time, unless replaced by the person. */
  code: string | undefined;
  repeated: boolean;
};

const SAME_FORM_SECONDS = 24 * 3600;
const UNIQUE_VIOLATION = '23505';

/**
 * T1: accepts a request. The person is answered only after commit, and a repeat of the same form (same nonce) gives the same case
 * and the same code, whatever was edited meanwhile (line 1 of architecture.md).
 */
export async function submitRequest(
  ctx: CommandContext,
  town: { id: string; kid: string },
  nonce: string,
  request: SubmitRequest,
): Promise<Receipt> {
  const caseId = crypto.randomUUID();
  const code = codeFromNonce(ctx.keys, nonce);
  const policy = await ctx.policies.of(town.id);
  try {
    const number = await inTransaction(ctx.db, { role: 'app_public', townId: town.id, caseId }, async (tx) => {
      const year = Number(localDay(policy.calendar, tx.now).slice(0, 4));
      const created = await insertCase(tx, ctx, { town, nonce, code, caseId, year }, request);
      await recordChange(tx, {
        caseId,
        code: 'request_received',
        actor: 'requester',
        data: { transition: 'T1', danger: request.danger, minor: request.ageGroup === 'minor' },
      });
      await openDeadline(tx, policy, {
        caseId,
        kind: 'triage',
        announce: [
          { audience: 'requester', template: 'acknowledgement' },
          { audience: 'leader', template: request.ageGroup === 'minor' ? 'minor_request' : 'new_request' },
        ],
      });
      if (request.danger) await watchDanger(tx, policy, { id: caseId, teamId: created.teamId, leadId: null });
      crashPoint('accept.before_commit');
      return created.number;
    });
    crashPoint('accept.after_commit');
    return { caseId, number, code, repeated: false };
  } catch (error) {
    if (!isRepeat(error)) throw error;
    const first = await receiptOf(ctx, town.id, nonce);
    if (!first) throw new Error('repeated form without its case', { cause: error });
    return first;
  }
}

function isRepeat(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== UNIQUE_VIOLATION) return false;
  return 'constraint' in error && error.constraint === 'mediation_case_nonce_hash_key';
}

/** What the same form gave the first time; undefined when it was never accepted. */
export async function receiptOf(ctx: CommandContext, townId: string, nonce: string): Promise<Receipt | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<{ case_id: string; number: string; age_seconds: number; code_replaced: boolean }>`
      select * from find_case_by_nonce(${townId}::uuid, ${nonceHash(nonce)})`.execute(tx.db);
    const first = found.rows[0];
    if (!first) return undefined;
    const showable = first.age_seconds < SAME_FORM_SECONDS && !first.code_replaced;
    const code = showable ? codeFromNonce(ctx.keys, nonce) : undefined;
    return { caseId: first.case_id, number: first.number, code, repeated: true };
  });
}

type NewCase = { town: { id: string; kid: string }; nonce: string; code: string; caseId: string; year: number };

/** Number, case, the person as a party of it, identity, story and code in one statement: one round trip instead of five. */
async function insertCase(
  tx: PublicTx,
  ctx: CommandContext,
  { town, nonce, code, caseId, year }: NewCase,
  request: SubmitRequest,
): Promise<{ number: string; teamId: string | null }> {
  const partyId = crypto.randomUUID();
  const { dataKey, wrapped } = newCaseKey(ctx.keys, town.kid, caseId);
  const sealed = (table: string, column: string, text: string | null) =>
    text === null ? null : seal(dataKey, { table, column, caseId }, text);
  const identity = (column: string, text: string | null) => sealed('case_identity', column, text);
  const inserted = await sql<{ number: string; team_id: string | null }>`
    with n as (
      select 'MS-' || ${year}::text || '-' || to_char(rank, case when rank < 100000 then 'FM00000' else 'FM999999999' end) as number,
             (select team_id from quarter where quarter.town_id = ${town.id}::uuid and quarter.code = ${request.quarter}) as team_id
      from next_case_number(${town.id}::uuid, ${year}) as rank
    ), i as (
      insert into case_identity (case_id, town_id, first_name, phone, email, postal_address, trusted_person, contact_hours, phone_hash,
        email_hash, contact_ways, precautions, spoken_language, age_group, accept_evaluation)
      values (${caseId}, ${town.id}, ${identity('first_name', request.firstName)}, ${identity('phone', request.phone)},
        ${identity('email', request.email)}, ${identity('postal_address', request.postalAddress)},
        ${identity('trusted_person', request.trustedPerson)}, ${identity('contact_hours', request.contactHours)},
        ${request.phone === null ? null : contactHash(ctx.keys, 'phone', request.phone)},
        ${request.email === null ? null : contactHash(ctx.keys, 'email', request.email)},
        ${request.contactWays}::text[], ${request.precautions}::text[], ${request.spokenLanguage}, ${request.ageGroup},
        ${request.acceptEvaluation})
    ), s as (
      insert into case_story (case_id, town_id, story, place_text)
      values (${caseId}, ${town.id}, ${sealed('case_story', 'story', request.story)},
        ${sealed('case_story', 'place_text', request.placeText)})
    ), a as (
      insert into access (town_id, case_id, purpose, token_hash, derived)
      values (${town.id}, ${caseId}, 'case_code', ${codeHash(ctx.keys, code)}, true)
    ), c as (
      insert into mediation_case (id, town_id, number, state, state_since, danger, minor, interpreter, doubtful, need, categories, quarter_code,
        place_type, relation, channel, origin, ui_language, team_id, received_at, nonce_hash, kid, wrapped_key)
      select ${caseId}::uuid, ${town.id}::uuid, n.number, 'received', ${tx.now}::timestamptz, ${request.danger},
        ${request.ageGroup === 'minor'}, ${request.interpreter}, ${request.doubtful ?? false}, ${request.need}, ${request.categories}::text[], ${request.quarter},
        ${request.placeType}, ${request.relation}, 'web', 'habitant', ${request.uiLanguage}, n.team_id, ${tx.now}::timestamptz,
        ${nonceHash(nonce)}, ${town.kid}, ${wrapped}
      from n
    ), p as (
      insert into party (id, case_id, town_id, side, kind, minor, interpreter, created_at)
      values (${partyId}, ${caseId}, ${town.id}, 'requester', ${request.need === 'group' ? 'group' : 'person'},
        ${request.ageGroup === 'minor'}, ${request.interpreter}, ${tx.now})
    ), m as (
      insert into relation_mark (party_id, case_id, town_id, cycle, stage, relation, at)
      select ${partyId}::uuid, ${caseId}::uuid, ${town.id}::uuid, 1, 'start', ${request.relation}, ${tx.now}::timestamptz
      where ${request.relation}::text is not null
    )
    select number, team_id from n`.execute(tx.db);
  const row = inserted.rows[0];
  if (!row) throw new Error('case not inserted');
  return { number: row.number, teamId: row.team_id };
}

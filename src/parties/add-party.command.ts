import type { CommandContext } from '../command-context.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import { GATHERING } from '../cases/case-status.ts';
import type { ContactWay, Precaution } from '../db/tables/case.ts';
import type { PartyKind } from '../db/tables/party.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { askToCall } from '../mail/ask-to-call.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import { requireOrganisation } from '../partners/require-organisation.ts';
import { recordChange } from '../outbox/record-change.ts';
import { codeHash } from '../privacy/case-code.ts';
import { contactHash } from '../privacy/contact.ts';
import { lacks } from './agreement-status.ts';
import { openNotice } from './come-back.ts';
import { partyCode } from './party-code.ts';
import { type CaseParty, partiesOf } from './standing.ts';
import { speaksThroughInterpreter } from './through-interpreter.query.ts';

export const PARTY_KINDS = [
  'person',
  'household',
  'group',
  'institution',
  'business',
  'transport',
  'association',
] as const;

export type NewParty = {
  caseId: string;
  kind: PartyKind;
  organisationId?: string;
  name: string;
  phone?: string;
  email?: string;
  postalAddress?: string;
  contactHours?: string;
  representative?: string;
  legalRepresentative?: string;
  spokenLanguage?: string;
  interpreter: boolean;
  minor: boolean;
  contactWays: readonly ContactWay[];
  precautions: readonly Precaution[];
};

/**
 * Writes down the other side, asks its agreement, gives it a code of its own, and starts the month in which it must be told where its
 * data come from (R11, R29, R77; GDPR art. 14). An address that may be used is written to: the number and the way to /suivi, never the code.
 * @throws DomainError agreement_missing unless the requester agreed, with all that this needs, and that this party is contacted (F3, item 2);
 * unknown_choice for an organisation that has closed or belongs to the forces of order (R84).
 */
export async function addParty(ctx: CommandContext, by: Staff, input: NewParty): Promise<string> {
  return onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase } = act;
    if (!GATHERING.includes(theCase.state)) throw new DomainError('not_allowed_now');
    await requireContactAllowed(act);
    if (input.organisationId) await requireOrganisation(tx, input.organisationId, 'organisation');
    const partyId = crypto.randomUUID();
    await insertParty(ctx, act, partyId, input);
    await giveCode(ctx, act, partyId);
    await askAgreement(act, partyId);
    await openNotice(tx, policy, theCase.id, partyId);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'party_added',
      actor: 'staff',
      personId: by.personId,
      data: { party: partyId, kind: input.kind },
    });
    await ask(act, { id: partyId, side: 'other', interpreter: input.interpreter }, 'party_invited', partyId);
    return partyId;
  });
}

/**
 * @throws DomainError agreement_missing unless the requester agrees, now, that the other side is contacted (F3 item 2); out_of_mediation
 * where somebody of the family is feared (spec §3.6).
 */
export async function requireContactAllowed({ tx, theCase }: StaffAct): Promise<void> {
  if (theCase.familyDanger) throw new DomainError('out_of_mediation');
  const requester = (await partiesOf(tx, theCase.id)).find(({ side }) => side === 'requester');
  const lacking = requester ? lacks(requester) : 'requester';
  if (lacking || !requester?.given.includes('contact_other'))
    throw new DomainError('agreement_missing', { lacking: [lacking ?? 'contact_other'] });
}

/** Asks a party again that said no, or nothing, and changes its mind (T19), or the requester by the code (F3 `lien`). */
export async function askAgreement({ tx, policy, theCase }: StaffAct, partyId: string): Promise<void> {
  await tx.db
    .insertInto('agreement')
    .values({
      party_id: partyId,
      case_id: theCase.id,
      town_id: tx.actor.townId,
      cycle: theCase.cycle,
      state: 'asked',
      asked_at: tx.now,
    })
    .execute();
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'agreement', partyId });
}

/** A mail that asks, or a call: whoever speaks through an interpreter is called with one (R101), like whoever may not be written to. */
export async function ask(
  { tx, policy, theCase }: StaffAct,
  party: Pick<CaseParty, 'id' | 'side' | 'interpreter'>,
  template: 'party_invited' | 'agreement_asked',
  key: string,
): Promise<void> {
  if (await speaksThroughInterpreter(tx, theCase.id, party)) {
    const to = party.side === 'other' ? { partyId: party.id } : undefined;
    return askToCall(tx, policy, theCase, to, template);
  }
  const queued = await queuePartyMail(tx, policy, theCase, party, { template, key, call: true });
  // A name written down reaches nobody: a mail does, or a try that is noted (spec §4.4).
  if (queued.sent && party.side === 'other') await settleDeadlines(tx, theCase.id, ['other_party_contact'], 'met');
}

async function insertParty(ctx: CommandContext, act: StaffAct, partyId: string, input: NewParty): Promise<void> {
  const { tx, theCase } = act;
  const here = { case_id: theCase.id, town_id: tx.actor.townId };
  await tx.db
    .insertInto('party')
    .values({
      ...here,
      id: partyId,
      side: 'other',
      kind: input.kind,
      organisation_id: input.organisationId ?? null,
      minor: input.minor,
      interpreter: input.interpreter,
      created_at: tx.now,
    })
    .execute();
  await tx.db
    .insertInto('party_identity')
    .values({ ...here, party_id: partyId, ...identityOf(ctx, act, input) })
    .execute();
}

/** Who a party is and how to reach it, sealed, as its row holds it. */
export function identityOf({ keys }: Pick<CommandContext, 'keys'>, { text }: Pick<StaffAct, 'text'>, input: NewParty) {
  const sealed = (column: string, value: string | undefined) =>
    value ? text.seal('party_identity', column, value) : null;
  return {
    name: sealed('name', input.name),
    phone: sealed('phone', input.phone),
    email: sealed('email', input.email),
    postal_address: sealed('postal_address', input.postalAddress),
    contact_hours: sealed('contact_hours', input.contactHours),
    representative: sealed('representative', input.representative),
    legal_representative: sealed('legal_representative', input.legalRepresentative),
    spoken_language: input.spokenLanguage ?? null,
    contact_ways: [...input.contactWays],
    precautions: [...input.precautions],
    has_email: input.email !== undefined && input.email !== '',
    email_hash: input.email ? contactHash(keys, 'email', input.email) : null,
  };
}

/** The code is made from the id of its row under a key outside the database: the letter can be printed again, the row holds a hash only. */
async function giveCode(ctx: CommandContext, { tx, theCase }: StaffAct, partyId: string): Promise<void> {
  const id = crypto.randomUUID();
  await tx.db
    .insertInto('access')
    .values({
      id,
      town_id: tx.actor.townId,
      case_id: theCase.id,
      party_id: partyId,
      purpose: 'party_code',
      token_hash: codeHash(ctx.keys, partyCode(ctx.keys, id)),
      derived: true,
      browser_hash: null,
      expires_at: null,
      used_at: null,
      ended_at: null,
    })
    .execute();
}

import { applyTransition } from '../cases/apply-transition.ts';
import { type CaseState, TALKING } from '../cases/case-status.ts';
import { noteReached } from '../cases/note-contact.command.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { lacks } from './agreement-status.ts';
import { partyWithdraws } from './party-withdraws.ts';
import { comeBack } from './come-back.ts';
import { expectOtherSide, settleAnswer } from './settle-answer.ts';
import { type CaseParty, partiesOf, partyOf } from './standing.ts';
import { type AgreementAnswer, writeAnswer } from './write-agreement.ts';

export type RecordedAgreement = AgreementAnswer & {
  caseId: string;
  partyId: string;
  mode: 'written' | 'oral';
  copyGiven: boolean;
};

/**
 * F3, on paper or said before the mediator, possibly with an interpreter. The requester's yes at the first contact opens the agreements
 * (T15); a no of the other side is a right, neutral, without consequence: its contact is erased a month later (R29, R32, §3.5). A yes of
 * somebody who had left brings them back.
 * @throws DomainError unknown_choice beside `mandate` or `legalRepresentative` when, under way, the answer would leave out what the mediation
 * needs (invariant 1); contact_erased when the contact of somebody who had left is gone.
 */
export async function recordAgreement(ctx: CommandContext, by: Staff, input: RecordedAgreement): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, theCase, text } = act;
    if (!TALKING.includes(theCase.state)) throw new DomainError('not_allowed_now');
    const party = await partyOf(act, input.partyId);
    if (!input.takePart && UNDER_WAY.includes(theCase.state)) return takeBack(act, party, input.mode);
    if (party.ended && input.takePart) await comeBack(tx, act.policy, theCase.id, party);
    await writeAnswer(tx, theCase, text, party, await withKnownNames(act, party.id, input), {
      mode: input.mode,
      recordedBy: by.personId,
      copyGiven: input.copyGiven,
    });
    await recordChange(tx, {
      caseId: theCase.id,
      code: input.takePart ? 'agreement_given' : 'agreement_refused',
      actor: 'staff',
      personId: by.personId,
      data: { party: party.id, mode: input.mode },
    });
    await answered(act, party, input);
  });
}

/** Who speaks for this party, as it was written down with its contact, where the agreement names nobody else. */
async function withKnownNames(
  { tx, text }: StaffAct,
  partyId: string,
  answer: RecordedAgreement,
): Promise<RecordedAgreement> {
  const known = await tx.db
    .selectFrom('party_identity')
    .select(['representative', 'legal_representative as legalRepresentative'])
    .where('party_id', '=', partyId)
    .executeTakeFirst();
  const representative = answer.representative ?? text.openOptional('party_identity', 'representative', known?.representative ?? null); // prettier-ignore
  const legal = answer.legalRepresentative ?? text.openOptional('party_identity', 'legal_representative', known?.legalRepresentative ?? null); // prettier-ignore
  return {
    ...answer,
    ...(representative ? { representative } : {}),
    ...(legal ? { legalRepresentative: legal } : {}),
  };
}

/** States in which people have begun to talk on the strength of their agreements. */
const UNDER_WAY: readonly CaseState[] = ['mediation', 'follow_up'];

/** A no once the mediation is under way is a withdrawal (T23); the requester's ends the request and has an act of its own (T32). */
async function takeBack(act: StaffAct, party: CaseParty, mode: 'written' | 'oral'): Promise<void> {
  if (party.side === 'requester' || party.ended) throw new DomainError('not_allowed_now');
  const { tx, policy, theCase, role } = act;
  await partyWithdraws(tx, policy, theCase, party, { by: role, way: mode, personId: tx.actor.personId });
}

/** What follows an answer given before the mediator. */
async function answered(act: StaffAct, party: CaseParty, answer: AgreementAnswer): Promise<void> {
  const { tx, policy, theCase } = act;
  await settleAnswer(tx, policy, theCase, party, answer);
  if (party.side === 'requester') {
    if (answer.takePart && theCase.state === 'first_contact') await openAgreements(act, answer.contactOther);
    return;
  }
  await settleDeadlines(tx, theCase.id, ['no_note'], 'met');
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
}

/** T15: the requester agreed; the other side is contacted where there is one and the requester lets it be (F3 item 2). */
async function openAgreements(act: StaffAct, mayContact: boolean): Promise<void> {
  const { tx, policy, theCase, role } = act;
  await settleDeadlines(tx, theCase.id, ['first_contact', 'contact_attempts', 'no_note'], 'met');
  await noteReached(tx, theCase.id);
  await applyTransition(tx, theCase, {
    name: 'T15',
    by: role,
    code: 'agreements_opened',
    personId: tx.actor.personId,
  });
  if (mayContact) await expectOtherSide(tx, policy, theCase);
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
}

/** T15 after an agreement given by the code. @throws DomainError agreement_missing. */
export async function beginAgreements(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await onCase(ctx, by, caseId, async (act) => {
    const parties = await partiesOf(act.tx, caseId);
    const requester = parties.find(({ side }) => side === 'requester');
    const lacking = requester ? lacks(requester) : 'requester';
    if (lacking) throw new DomainError('agreement_missing', { lacking: [lacking] });
    await settleDeadlines(act.tx, caseId, ['task_party_answered'], 'met');
    await openAgreements(act, requester?.given.includes('contact_other') === true);
  });
}

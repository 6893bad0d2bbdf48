import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { dropQuestionnaires } from '../evaluation/drop-questionnaires.ts';
import { needsOneParty } from './agreement-status.ts';
import { endParty, stopAskingOthers } from './end-party.ts';
import type { CaseParty } from './standing.ts';
import type { AgreementAnswer } from './write-agreement.ts';

/**
 * What an answer ends and begins, however it was given: the question to this party; for the requester whether the other side is asked at all; for
 * the other side its place in the case, since a no is a right, neutral and without consequence (R29, R32, §3.5).
 */
export async function settleAnswer(
  tx: TownTx,
  policy: TownPolicy,
  theCase: LockedCase,
  party: CaseParty,
  answer: Pick<AgreementAnswer, 'takePart' | 'contactOther' | 'recontact'>,
): Promise<void> {
  // Nobody is reminded any more of a question that is answered, and nobody has to decide on its silence.
  await settleDeadlines(tx, theCase.id, ['agreement', 'task_close_or_extend'], 'met', { partyId: party.id });
  if (!answer.recontact) await dropQuestionnaires(tx, party.id);
  if (party.side === 'requester') {
    if (!answer.takePart || !answer.contactOther) return stopAskingOthers(tx, theCase.id);
    const gathering = theCase.state === 'agreements' || theCase.state === 'support';
    if (gathering && !party.given.includes('contact_other')) await expectOtherSide(tx, policy, theCase);
    return;
  }
  await settleDeadlines(tx, theCase.id, ['other_party_contact'], 'met');
  if (!answer.takePart) await endParty(tx, policy, theCase, { id: party.id, reason: 'refused' });
}

/** The other side is to be contacted within ten working days, where there is one (spec §4.4); asked only once the requester allows it (F3 item 2). */
export async function expectOtherSide(tx: TownTx, policy: TownPolicy, theCase: LockedCase): Promise<void> {
  if (needsOneParty(theCase)) return;
  if (await openWait(tx, theCase.id, 'other_party_contact')) return;
  await openDeadline(tx, policy, { caseId: theCase.id, kind: 'other_party_contact' });
}

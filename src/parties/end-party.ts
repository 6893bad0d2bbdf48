import { sql } from 'kysely';
import { addMonths } from '../calendar/day.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import type { DeadlineKind } from '../deadlines/kinds.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { dropQuestionnaires } from '../evaluation/drop-questionnaires.ts';
import { NEVER_STOPPED } from '../mail/templates.ts';
import { cancelSessions } from '../sessions/session-waits.ts';
import { withdrawItems } from './write-agreement.ts';

/** What waits for one party. Not the notice of art. 14: it is owed as long as data are kept (R77). */
const OF_A_PARTY: readonly DeadlineKind[] = [
  'agreement',
  'task_close_or_extend',
  'task_call_party',
  'task_party_answered',
];

/** How many months after it left a party's contact is erased by the night (§3.5). */
const KEPT_MONTHS = 1;

/**
 * A party leaves the case, whatever the reason: all that it allowed is over, nothing waits for it, no mail is on its way to it, no session
 * counts on it; its contact is erased a month later.
 * @param meetings the mediation stops with it: meetings of the others end too.
 */
export async function endParty(
  tx: TownTx,
  policy: TownPolicy,
  theCase: Pick<LockedCase, 'id'>,
  party: { id: string; reason: 'refused' | 'no_answer' | 'withdrawn'; meetings?: boolean },
): Promise<void> {
  const eraseAfter = addMonths(localDay(policy.calendar, tx.now), KEPT_MONTHS);
  await tx.db
    .updateTable('party')
    .set({ ended_at: tx.now, end_reason: party.reason })
    .where('id', '=', party.id)
    .execute();
  await tx.db.updateTable('party_identity').set({ erase_after: eraseAfter }).where('party_id', '=', party.id).execute();
  await withdrawItems(tx, party.id);
  await settleDeadlines(tx, theCase.id, OF_A_PARTY, 'cancelled', { partyId: party.id });
  await tx.db
    .updateTable('mail')
    .set({ state: 'cancelled' })
    .where('party_id', '=', party.id)
    .where('state', '=', 'queued')
    .where('template', 'not in', NEVER_STOPPED)
    .execute();
  await dropQuestionnaires(tx, party.id);
  await cancelSessions(tx, policy, theCase.id, { partyId: party.id, meetings: party.meetings ?? false });
}

/**
 * The requester does not take part, or does not let the other side be contacted any more: nobody is asked, reminded or called about an
 * agreement from this transaction on (F3 item 2). What others have answered stays theirs.
 */
export async function stopAskingOthers(tx: TownTx, caseId: string): Promise<void> {
  await sql`select stop_asking_others(${caseId}::uuid, ${tx.now}::timestamptz)`.execute(tx.db);
  await settleDeadlines(tx, caseId, ['other_party_contact'], 'cancelled');
  await settleDeadlines(tx, caseId, ['agreement'], 'cancelled');
  await settleDeadlines(tx, caseId, ['task_close_or_extend'], 'cancelled', { because: ['agreement_unanswered'] });
  await settleDeadlines(tx, caseId, ['task_call_party'], 'cancelled', {
    because: ['party_invited', 'agreement_asked', 'agreement_reminder'],
  });
}

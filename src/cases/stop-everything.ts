import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { cancelOpenRequests } from '../partners/end-requests.ts';
import { WORK_WAITS } from '../evaluation/work-waits.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { cancelSessions } from '../sessions/session-waits.ts';
import { endOpenAssignment } from './end-assignment.ts';

/** What stays after every closing: what the law owes to people whose data are kept (R77). A withdrawal leaves nothing (invariant 2). */
export const AFTER_CLOSING = ['art14_notice'] as const;

/** What stays too after a closing that followed the evaluation: the check after three months and what partners think, the look back at the work (§4.3, T27, T28). */
export const AFTER_EVALUATION = [...AFTER_CLOSING, 'check_m3', 'partner_opinion', ...WORK_WAITS] as const;

/**
 * Ends all that runs for a case that ends, in the transaction that ends it (R30, invariant 2 of §4.13): waits, reminders, questions,
 * proposals. Each is stamped with the instant of the ending, by which T35 finds it again (`undoEnding`).
 * @param spare waits that go on after the end.
 * @param keepInHand what an organisation has taken in hand stays so, after a closing that is no withdrawal.
 */
export async function stopEverything(
  tx: TownTx,
  policy: TownPolicy,
  theCase: { id: string },
  spare: readonly string[] = [],
  keepInHand = false,
): Promise<void> {
  await settleDeadlines(tx, theCase.id, 'all', 'cancelled', { spare });
  await endOpenAssignment(tx, theCase.id);
  await cancelOpenRequests(tx, theCase, { keepInHand });
  await cancelSessions(tx, policy, theCase.id, 'all');
  await sql`select end_open_questions(${theCase.id}::uuid, ${tx.now}::timestamptz)`.execute(tx.db);
  await tx.db
    .updateTable('closing_proposal')
    .set({ answer: 'void', answered_at: tx.now })
    .where('case_id', '=', theCase.id)
    .where('answer', 'is', null)
    .execute();
  await tx.db
    .updateTable('suspension')
    .set({ ended_at: tx.now })
    .where('case_id', '=', theCase.id)
    .where('ended_at', 'is', null)
    .execute();
}

/** Nothing anybody agreed to stands any more, on either side (T32, T29); a new yes is a new answer (R29). */
export async function endAgreedItems(tx: TownTx, caseId: string): Promise<void> {
  await sql`select end_agreed_items(${caseId}::uuid, ${tx.now}::timestamptz)`.execute(tx.db);
}

/** What was about to leave to the people of a case is no longer true. */
export async function stopQueuedMails(tx: TownTx, caseId: string): Promise<void> {
  await sql`select stop_mails_to_people(${caseId}::uuid)`.execute(tx.db);
}

/** The flags of a case that has ended. */
export const NOTHING_HELD = { suspended: false, waiting_for_partner: false } as const;

import { sql } from 'kysely';
import type { TownTx } from '../db/transaction.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { cancelOpenRequests } from '../partners/end-requests.ts';
import { cancelPlannedSessions } from '../sessions/session-waits.ts';
import { endOpenAssignment } from './end-assignment.ts';

/** What stays after a closing that followed a mediation: the checks and the evaluation of the work (§4.3, T27, T28). */
export const AFTER_CLOSING = ['check_m3', 'partner_opinion'] as const;

/**
 * Ends all that runs for a case that ends, in the transaction that ends it (R30, invariant 2 of §4.13): waits, reminders, questions,
 * proposals.
 * @param spare waits that go on after the closing; none when somebody withdraws.
 */
export async function stopEverything(
  tx: TownTx,
  theCase: { id: string },
  spare: readonly string[] = [],
): Promise<void> {
  await settleDeadlines(tx, theCase.id, 'all', 'cancelled', { spare });
  await endOpenAssignment(tx, theCase.id);
  await cancelOpenRequests(tx, theCase);
  await cancelPlannedSessions(tx, theCase.id);
  await sql`select end_open_questions(${theCase.id}::uuid)`.execute(tx.db);
  await tx.db
    .updateTable('suspension')
    .set({ ended_at: tx.now })
    .where('case_id', '=', theCase.id)
    .where('ended_at', 'is', null)
    .execute();
}

/** What was about to leave to the people of a case is no longer true. */
export async function stopQueuedMails(tx: TownTx, caseId: string): Promise<void> {
  await tx.db
    .updateTable('mail')
    .set({ state: 'cancelled' })
    .where('case_id', '=', caseId)
    .where('person_id', 'is', null)
    .where('state', '=', 'queued')
    .execute();
}

/** The flags of a case that has ended. */
export const NOTHING_HELD = { suspended: false, waiting_for_partner: false } as const;

import { sql } from 'kysely';
import type { StaffTx } from '../db/transaction.ts';
import { reopenWaits } from '../deadlines/reopen-waits.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { closingDay } from '../evaluation/open-questionnaires.ts';

/** Templates by which an ending is announced. */
export const ENDING_MAILS = ['closed', 'redirected', 'merged', 'mediation_stopped', 'party_closed'] as const;

/**
 * T35: gives back what one ending took in its transaction, found by its instant (`stopEverything`): waits, questions, agreements, parties, the rest of
 * the case; ends what that ending began, and the announcement of it that has not left. What others were told stays so: requests to partners
 * and sessions are asked for anew.
 * @returns whether the case rests again.
 */
export async function undoEnding(
  tx: StaffTx,
  policy: TownPolicy,
  theCase: { id: string; cycle: number },
  endedAt: Date,
): Promise<{ suspended: boolean }> {
  await endWhatItBegan(tx, theCase.id, endedAt);
  await giveBackAgreements(tx, theCase.id, endedAt);
  await settleQuestionnaires(tx, policy, theCase, endedAt);
  const rest = await tx.db
    .updateTable('suspension')
    .set({ ended_at: null })
    .where('case_id', '=', theCase.id)
    .where('ended_at', '=', endedAt)
    .returning('id')
    .executeTakeFirst();
  await reopenWaits(tx, policy, theCase.id, endedAt);
  return { suspended: rest !== undefined };
}

/** The evaluation of the work, a last word to somebody: due because the case had ended. */
async function endWhatItBegan(tx: StaffTx, caseId: string, endedAt: Date): Promise<void> {
  await sql`
    with settled as (
      update deadline set state = 'cancelled', settled_at = ${tx.now}
      -- A session stays off, and calendars are told.
      where case_id = ${caseId} and state = 'open' and opened_at = ${endedAt} and kind <> 'session' returning id
    )
    update step set state = 'cancelled', acted_at = ${tx.now}
    where state in ('pending', 'paused') and deadline_id in (select id from settled)`.execute(tx.db);
  await tx.db
    .updateTable('mail')
    .set({ state: 'cancelled' })
    .where('case_id', '=', caseId)
    .where('person_id', 'is', null)
    .where('template', 'in', ENDING_MAILS)
    .where('state', '=', 'queued')
    .execute();
}

async function giveBackAgreements(tx: StaffTx, caseId: string, endedAt: Date): Promise<void> {
  const back = await tx.db
    .updateTable('party')
    .set({ ended_at: null, end_reason: null })
    .where('case_id', '=', caseId)
    .where('ended_at', '=', endedAt)
    .returning('id')
    .execute();
  if (back.length > 0)
    await tx.db
      .updateTable('party_identity')
      .set({ erase_after: null })
      .where(
        'party_id',
        'in',
        back.map(({ id }) => id),
      )
      .execute();
  await tx.db
    .updateTable('agreement')
    .set({ state: 'asked', answered_at: null })
    .where('case_id', '=', caseId)
    .where('state', '=', 'no_answer')
    .where('answered_at', '=', endedAt)
    .execute();
  await tx.db
    .updateTable('agreement_item')
    .set({ withdrawn_at: null })
    .where('case_id', '=', caseId)
    .where('withdrawn_at', '=', endedAt)
    .execute();
}

/** Those the ending opened are asked no more: the true end asks anew. Others are open again until the day they had, thirty days after they were sent. */
async function settleQuestionnaires(
  tx: StaffTx,
  policy: TownPolicy,
  theCase: { id: string; cycle: number },
  endedAt: Date,
): Promise<void> {
  for (const table of ['questionnaire', 'partner_questionnaire'] as const) {
    await tx.db
      .deleteFrom(table)
      .where('case_id', '=', theCase.id)
      .where('opened_at', '=', endedAt)
      .where('answered', '=', false)
      .execute();
    const open = await tx.db
      .selectFrom(table)
      .select(['id', 'opened_at as openedAt'])
      .where('case_id', '=', theCase.id)
      .where('cycle', '=', theCase.cycle)
      .where('answered', '=', false)
      .execute();
    for (const { id, openedAt } of open)
      await tx.db
        .updateTable(table)
        .set({ closes_on: closingDay(policy, openedAt) })
        .where('id', '=', id)
        .execute();
  }
}

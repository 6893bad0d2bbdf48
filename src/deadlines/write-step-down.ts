import { sql } from 'kysely';
import type { EventData } from '../db/tables/journal.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { recordChange } from '../outbox/record-change.ts';
import { referralStream } from '../outbox/streams.ts';
import type { PendingStep, StepOutcome } from './pending-step.ts';

/** The transition has its own line, or nothing happened that anybody reads. */
const SAID_ELSEWHERE: readonly StepOutcome[] = ['returned', 'closed', 'ended'];
/** What counts as done; everything else was skipped, with its reason. */
const TAKEN: readonly StepOutcome[] = ['written', 'task_made', 'passed_on', 'on_agenda'];

/**
 * Settles a step that was taken and writes the line people read of it, in one statement where both are of the case's own stream. Whoever
 * took it reads the stream again next: it need not be told of its own step.
 * @param more what the line says beside kind, audience, template and outcome.
 */
export async function writeStepDown(
  tx: WorkerTx,
  caseId: string,
  step: PendingStep,
  outcome: StepOutcome,
  more: EventData,
): Promise<void> {
  if (SAID_ELSEWHERE.includes(outcome)) return settleStep(tx, step, outcome);
  const own = step.streamId === referralStream(caseId);
  await recordChange(tx, {
    caseId,
    code: TAKEN.includes(outcome) ? 'step_taken' : 'step_skipped',
    actor: 'timer',
    data: {
      kind: step.kind,
      action: step.action,
      audience: step.audience,
      template: step.template,
      outcome,
      ...more,
    },
    ...(own ? { update: taken(tx, step, outcome), acknowledged: true } : {}),
  });
  if (!own) await settleStep(tx, step, outcome);
}

function taken(tx: WorkerTx, step: PendingStep, outcome: StepOutcome) {
  return tx.db
    .updateTable('step')
    .set({ state: outcome === 'overtaken' ? 'skipped' : 'done', outcome, acted_at: tx.now })
    .where('id', '=', step.id);
}

async function settleStep(tx: WorkerTx, step: PendingStep, outcome: StepOutcome): Promise<void> {
  await sql`
    with settled as (${taken(tx, step, outcome)})
    update stream set acked_seq = last_seq, acked_at = clock_timestamp() where id = ${step.streamId}`.execute(tx.db);
}

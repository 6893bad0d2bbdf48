import { sql } from 'kysely';
import { isActive } from '../cases/case-status.ts';
import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { crashPoint } from '../crash-point.ts';
import { inTransaction, type WorkerTx } from '../db/transaction.ts';
import { FIRST_NEWS } from '../mail/templates.ts';
import { recordChange } from '../outbox/record-change.ts';
import { askLeader, closeIncomplete, returnAssignment } from './end-wait.ts';
import { resume } from '../cases/suspend.command.ts';
import { sendQuestionnaires } from '../evaluation/open-questionnaires.ts';
import { endPartnerQuestionnaires, sendPartnerQuestionnaires } from '../evaluation/partner-questionnaires.ts';
import { putOnAgenda } from '../partners/tell-partner.ts';
import { grantDeputy } from './grant-deputy.ts';
import type { PendingStep, StepOutcome } from './pending-step.ts';
import { tell } from './tell-step.ts';
import type { TownPolicy } from './town-policy.ts';

/**
 * Takes one due step of a case. Safe to call again: a step that is no longer pending is a no-op, so is one whose deadline a
 * person settled meanwhile. Written down on the case either way (architecture.md, "Rows decide when").
 */
export async function takeStep(ctx: CommandContext, townId: string, stepId: string): Promise<void> {
  const policy = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    const caseId = await caseOfStep(tx, stepId);
    if (!caseId) return;
    const theCase = await lockCase(tx, caseId);
    const step = await pendingStep(tx, stepId);
    if (!step || step.at > tx.now) return;
    const outcome = (await isOvertaken(tx, step)) ? 'overtaken' : await act(tx, policy, theCase, step);
    await settleStep(tx, step, outcome);
    if (!SAID_ELSEWHERE.includes(outcome)) {
      await recordChange(tx, {
        caseId,
        code: TAKEN.includes(outcome) ? 'step_taken' : 'step_skipped',
        actor: 'timer',
        closes: !isActive(theCase.state),
        data: { kind: step.kind, action: step.action, audience: step.audience, template: step.template, outcome },
      });
    }
    // Whoever took it reads the stream again next: it need not be told of its own step.
    await sql`update stream set acked_seq = last_seq, acked_at = clock_timestamp() where id = ${step.streamId}`.execute(
      tx.db,
    );
    crashPoint('step.before_commit');
  });
  crashPoint('step.after_commit');
}

/** The transition has its own line, or nothing happened that anybody reads. */
const SAID_ELSEWHERE: readonly StepOutcome[] = ['returned', 'closed', 'ended'];
/** What counts as done; everything else was skipped, with its reason. */
const TAKEN: readonly StepOutcome[] = ['written', 'task_made', 'passed_on', 'on_agenda'];

async function caseOfStep(tx: WorkerTx, stepId: string): Promise<string | undefined> {
  const row = await tx.db.selectFrom('step').select('case_id').where('id', '=', stepId).executeTakeFirst();
  return row?.case_id ?? undefined;
}

async function pendingStep(tx: WorkerTx, stepId: string): Promise<PendingStep | undefined> {
  return tx.db
    .selectFrom('step')
    .innerJoin('deadline', 'deadline.id', 'step.deadline_id')
    .select(['step.id', 'step.case_id', 'step.deadline_id', 'step.ordinal', 'step.at', 'step.audience', 'step.action'])
    .select(['step.template', 'deadline.due_day as dueDay', 'deadline.kind', 'deadline.party_id as partyId'])
    .select('step.stream_id as streamId')
    .where('step.id', '=', stepId)
    .where('step.state', '=', 'pending')
    .where((where) =>
      where.or([
        where('deadline.state', '=', 'open'),
        where.and([where('deadline.state', '=', 'met'), where('step.template', 'in', FIRST_NEWS)]),
      ]),
    )
    .executeTakeFirst();
}

/** After down-time only the latest reminder to the same audience speaks (spec §4.13, invariant 6). */
async function isOvertaken(tx: WorkerTx, step: PendingStep): Promise<boolean> {
  if (step.action !== 'remind' && step.action !== 'send_questionnaires') return false;
  const later = await tx.db
    .selectFrom('step')
    .select('id')
    .where('deadline_id', '=', step.deadline_id)
    .where('state', '=', 'pending')
    .where('audience', '=', step.audience)
    .where('ordinal', '>', step.ordinal)
    .where('ordinal', '>', 0)
    .where('at', '<=', tx.now)
    .executeTakeFirst();
  return later !== undefined && step.ordinal > 0;
}

async function settleStep(tx: WorkerTx, step: PendingStep, outcome: StepOutcome): Promise<void> {
  await tx.db
    .updateTable('step')
    .set({ state: outcome === 'overtaken' ? 'skipped' : 'done', outcome, acted_at: tx.now })
    .where('id', '=', step.id)
    .execute();
}

async function act(tx: WorkerTx, policy: TownPolicy, theCase: LockedCase, step: PendingStep): Promise<StepOutcome> {
  switch (step.action) {
    case 'remind':
      return tell(tx, policy, theCase, step);
    case 'escalate':
      await grantDeputy(tx, theCase, step);
      return tell(tx, policy, theCase, step);
    case 'return_assignment':
      return returnAssignment(tx, policy, theCase);
    case 'close_incomplete':
      return closeIncomplete(tx, policy, theCase);
    case 'send_questionnaires':
      return step.audience === 'referent'
        ? sendPartnerQuestionnaires(tx, policy, theCase, step)
        : sendQuestionnaires(tx, policy, theCase, step);
    case 'end_questionnaires':
      return endPartnerQuestionnaires(tx, theCase);
    case 'next_agenda':
      return putOnAgenda(tx, policy, theCase, step);
    case 'resume':
      await resume(tx, policy, theCase, 'timer');
      return tell(tx, policy, theCase, step);
    case 'ask_leader':
      return askLeader(tx, policy, theCase, step.template);
    case 'nightly':
      throw new Error(`no step of a case acts so: ${step.action}`);
  }
}

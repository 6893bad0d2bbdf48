import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import { typedPast } from '../cases/typed-day.ts';
import type { CommandContext } from '../command-context.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { requireLookingBack } from './evaluate-work.command.ts';
import { workSides, writtenSides } from './work-waits.ts';

/** What both concluded when they met: `metOn` as typed. */
export type WorkConclusion = { caseId: string; metOn: string; conclusion: string; actions?: string };

/**
 * F9, R57: the common conclusion, written down by the leader after both columns are there; the mediator then says that it was read. Until
 * then the leader may write it again.
 * @throws DomainError step_missing before both columns; already_evaluated once it is confirmed; not_a_day, day_to_come.
 */
export async function concludeWork(ctx: CommandContext, by: Staff, input: WorkConclusion): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase, text } = act;
    requireLookingBack(act);
    if (!workSides(theCase, by.personId).includes('leader')) throw new DomainError('not_your_case');
    if ((await writtenSides(tx, theCase)).length < 2) throw new DomainError('step_missing', { lacking: ['columns'] });
    if ((await lastConclusion(act))?.confirmedAt) throw new DomainError('already_evaluated');
    await tx.db
      .insertInto('evaluation_conclusion')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        cycle: theCase.cycle,
        met_on: typedPast(policy, tx.now, input.metOn, 'metOn'),
        conclusion: text.seal('evaluation_conclusion', 'conclusion', input.conclusion),
        actions: input.actions ? text.seal('evaluation_conclusion', 'actions', input.actions) : null,
        written_by: by.personId,
        written_at: tx.now,
      })
      .execute();
    await settleDeadlines(tx, theCase.id, ['common_conclusion'], 'met');
    await settleDeadlines(tx, theCase.id, ['conclusion_to_confirm'], 'cancelled');
    await note(act, 'work_concluded');
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'conclusion_to_confirm' });
  });
}

/** R57: the mediator has read the common conclusion, and says so: the evaluation is signed by both. @throws DomainError not_allowed_now. */
export async function confirmConclusion(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await onCase(ctx, by, caseId, async (act) => {
    const { tx, theCase } = act;
    requireLookingBack(act);
    if (!workSides(theCase, by.personId).includes('mediator')) throw new DomainError('not_your_case');
    const last = await lastConclusion(act);
    if (!last || last.confirmedAt) throw new DomainError('not_allowed_now');
    await tx.db
      .updateTable('evaluation_conclusion')
      .set({ confirmed_by: by.personId, confirmed_at: tx.now })
      .where('id', '=', last.id)
      .execute();
    await settleDeadlines(tx, theCase.id, ['conclusion_to_confirm'], 'met');
    await note(act, 'conclusion_confirmed');
  });
}

async function lastConclusion({
  tx,
  theCase,
}: StaffAct): Promise<{ id: string; confirmedAt: Date | null } | undefined> {
  return tx.db
    .selectFrom('evaluation_conclusion')
    .select(['id', 'confirmed_at as confirmedAt'])
    .where('case_id', '=', theCase.id)
    .where('cycle', '=', theCase.cycle)
    .orderBy('written_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

async function note({ tx, theCase }: StaffAct, code: 'work_concluded' | 'conclusion_confirmed'): Promise<void> {
  await recordChange(tx, {
    caseId: theCase.id,
    code,
    actor: 'staff',
    personId: tx.actor.personId,
  });
}

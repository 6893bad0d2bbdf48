import { isActive } from '../cases/case-status.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';

/** F9, per case: what both look at, from 1 to 4. */
export const EVALUATED = ['freedom', 'impartiality', 'partners', 'timing', 'notes', 'safety', 'result'] as const;
export type WorkEvaluation = {
  caseId: string;
  marks: Partial<Record<(typeof EVALUATED)[number], number>>;
  hours?: number;
  mediatorsNeeded?: number;
  lesson?: string;
  /** The common conclusion, written by the leader after both have talked (R57). */
  conclusion?: string;
};

/**
 * F9: the mediator's own column, or the leader's with the common conclusion; each once per cycle. The leader's ends the wait that runs for
 * ten working days after the closing.
 * @throws DomainError already_done when this column is written.
 */
export async function evaluateWork(ctx: CommandContext, by: Staff, input: WorkEvaluation): Promise<void> {
  await onCase(ctx, by, input.caseId, async ({ tx, theCase, text, role }) => {
    if (theCase.state !== 'evaluation' && theCase.state !== 'closed') throw new DomainError('not_allowed_now');
    const sealed = (column: string, typed: string | undefined) =>
      typed ? text.seal('case_evaluation', column, typed) : null;
    const written = await tx.db
      .insertInto('case_evaluation')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        cycle: theCase.cycle,
        side: role,
        person_id: by.personId,
        marks: JSON.stringify(input.marks),
        hours: input.hours === undefined ? null : String(input.hours),
        mediators_needed: input.mediatorsNeeded === undefined ? null : String(input.mediatorsNeeded),
        lesson: sealed('lesson', input.lesson),
        conclusion: sealed('conclusion', role === 'leader' ? input.conclusion : undefined),
        at: tx.now,
      })
      .onConflict((conflict) => conflict.columns(['case_id', 'cycle', 'side']).doNothing())
      .executeTakeFirst();
    if (written.numInsertedOrUpdatedRows === 0n) throw new DomainError('already_evaluated');
    if (role === 'leader') await settleDeadlines(tx, theCase.id, ['leader_evaluation'], 'met');
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'work_evaluated',
      actor: 'staff',
      personId: by.personId,
      closes: !isActive(theCase.state),
      data: { side: role },
    });
  });
}

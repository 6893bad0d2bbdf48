import { onCase, type StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { type WorkSide, workSides, writtenSides } from './work-waits.ts';

/** F9, per case: what both look at, from 1 to 4. */
export const EVALUATED = ['freedom', 'impartiality', 'partners', 'timing', 'notes', 'safety', 'result'] as const;
export type Evaluated = (typeof EVALUATED)[number];
/** Nobody worked with a partner, or there was one side only: null says that the judgement was made, and there was nothing to judge. */
export const MAY_BE_WITHOUT_OBJECT: readonly Evaluated[] = ['impartiality', 'partners'];
export type WorkEvaluation = {
  caseId: string;
  /** Whose column; chosen by whoever may write both. */
  side: WorkSide;
  marks: Record<Evaluated, number | null>;
  hours?: number;
  mediatorsNeeded?: number;
  lesson?: string;
  trainingNeed?: string;
};

/**
 * F9: one column, once per cycle; it ends the wait for it that runs for ten working days after the closing. Once both are written, the
 * common conclusion is waited for.
 * @throws DomainError already_evaluated when this column is written; unknown_choice when it is another person's.
 */
export async function evaluateWork(ctx: CommandContext, by: Staff, input: WorkEvaluation): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, theCase, text } = act;
    requireLookingBack(act);
    if (!workSides(theCase, by.personId).includes(input.side))
      throw new DomainError('unknown_choice', { field: 'column' });
    const sealed = (column: string, typed: string | undefined) =>
      typed ? text.seal('case_evaluation', column, typed) : null;
    const written = await tx.db
      .insertInto('case_evaluation')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        cycle: theCase.cycle,
        side: input.side,
        person_id: by.personId,
        marks: JSON.stringify(input.marks),
        hours: input.hours === undefined ? null : String(input.hours),
        mediators_needed: input.mediatorsNeeded === undefined ? null : String(input.mediatorsNeeded),
        lesson: sealed('lesson', input.lesson),
        training_need: sealed('training_need', input.trainingNeed),
        at: tx.now,
      })
      .onConflict((conflict) => conflict.columns(['case_id', 'cycle', 'side']).doNothing())
      .executeTakeFirst();
    if (written.numInsertedOrUpdatedRows === 0n) throw new DomainError('already_evaluated');
    await settleDeadlines(tx, theCase.id, [`${input.side}_evaluation`], 'met');
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'work_evaluated',
      actor: 'staff',
      personId: by.personId,
      data: { side: input.side },
    });
    if ((await writtenSides(tx, theCase)).length === 2)
      await openDeadline(tx, act.policy, { caseId: theCase.id, kind: 'common_conclusion' });
  });
}

/** The work is looked at from the evaluation on. @throws DomainError not_allowed_now. */
export function requireLookingBack({ theCase }: StaffAct): void {
  if (theCase.state !== 'evaluation' && theCase.state !== 'closed') throw new DomainError('not_allowed_now');
}

import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { remindAgain } from '../deadlines/not-called.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { MEETING_PLANNED } from '../sessions/feared-meetings.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { CaseText } from './case-text.ts';
import { lockCase, requireLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

/**
 * The leader's decision that nobody of the family or the partner is to be feared after all (spec §3.6): a mediation is possible again. It is
 * dated, signed, with its reason, and stands among the decisions; the danger itself is decided on apart.
 * @throws DomainError not_your_case; not_allowed_now when there is no such mark.
 */
export async function liftFamilyDanger(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; reason: string },
): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireLeader(theCase);
    if (!theCase.familyDanger) throw new DomainError('not_allowed_now');
    await tx.db
      .insertInto('danger_decision')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        decision: 'family_off',
        legal_ground: 'none',
        reason: new CaseText(ctx.keys, theCase).seal('danger_decision', 'reason', input.reason),
        decided_by: by.personId,
        decided_at: tx.now,
      })
      .execute();
    await tx.db
      .updateTable('mediation_case')
      .set({ family_danger: false, requester_feared: false })
      .where('id', '=', theCase.id)
      .execute();
    await settleDeadlines(tx, theCase.id, ['task_safety_check'], 'cancelled', { because: [MEETING_PLANNED] });
    await remindAgain(tx, theCase.id);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'family_danger_lifted',
      actor: 'staff',
      personId: by.personId,
    });
  });
}

import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { isActive } from './case-status.ts';
import { requireLeader } from './lock-case.ts';
import { onCase } from './on-case.ts';
import type { Staff } from './triage.command.ts';

/** R43: the leader says whether a visit may be made at this tension, and under which conditions. */
export async function decideVisit(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; allowed: boolean; reason: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async ({ tx, theCase, text }) => {
    requireLeader(theCase);
    if (!isActive(theCase.state)) throw new DomainError('not_allowed_now');
    await tx.db
      .insertInto('visit_decision')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        allowed: input.allowed,
        reason: text.seal('visit_decision', 'reason', input.reason),
        decided_by: by.personId,
        decided_at: tx.now,
      })
      .execute();
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'visit_decided',
      actor: 'staff',
      personId: by.personId,
      data: { allowed: input.allowed },
    });
  });
}

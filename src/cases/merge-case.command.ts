import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { applyTransition } from './apply-transition.ts';
import { isActive } from './case-status.ts';
import { requireDangerDecided } from './danger-wait.ts';
import { NOTHING_HELD, stopEverything } from './stop-everything.ts';
import { type Staff, triaging } from './triage.command.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';

/**
 * T8: this request joins one that is near. The two are linked, no identity crosses: each person goes on seeing the own request only, and
 * keeps messages and withdrawal.
 * @param input.into the number of the other one, as it is read on its page.
 * @throws DomainError unknown_choice when the other one is not open, is this one, or is not in sight; danger_undecided.
 */
export async function mergeCase(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; into: string },
): Promise<void> {
  await triaging(ctx, by, input.caseId, async ({ tx, policy, theCase }) => {
    const target = await tx.db
      .selectFrom('mediation_case')
      .select(['id', 'state'])
      .where('number', '=', input.into.trim().toUpperCase())
      .executeTakeFirst();
    if (!target || target.id === theCase.id || !isActive(target.state))
      throw new DomainError('unknown_choice', { field: 'into' });
    await requireDangerDecided(tx, theCase.id);
    await stopEverything(tx, theCase);
    const merged = await applyTransition(tx, theCase, {
      name: 'T8',
      by: 'leader',
      code: 'case_merged',
      personId: by.personId,
      data: { into: target.id },
      patch: { merged_into: target.id, ...NOTHING_HELD },
    });
    await queueRequesterMail(tx, policy, merged, { template: 'merged', key: String(tx.now.getTime()), call: true });
  });
}

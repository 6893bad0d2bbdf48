import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';

/**
 * R19: the person and the organisation did meet, or write to each other; only confirmed links count as effective (R54). Also after the
 * closing, where the news often comes. @throws DomainError unknown_choice for a link that is confirmed, or not of this case.
 */
export async function confirmLink(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; linkId: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async ({ tx, theCase }) => {
    const confirmed = await tx.db
      .updateTable('link_made')
      .set({ confirmed_at: tx.now })
      .where('id', '=', input.linkId)
      .where('case_id', '=', theCase.id)
      .where('confirmed_at', 'is', null)
      .executeTakeFirst();
    if (confirmed.numUpdatedRows === 0n) throw new DomainError('unknown_choice', { field: 'link' });
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'link_confirmed',
      actor: 'staff',
      personId: by.personId,
      data: {},
    });
  });
}

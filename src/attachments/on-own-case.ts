import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { asHolder, type ByCode } from '../parties/as-holder.ts';
import type { CodeHolder } from '../parties/code-holder.ts';
import { maySend } from './may-send.ts';

/**
 * Runs a command of whoever holds a code, under the lock of the case, as long as that side may still send (B-77).
 * @throws DomainError not_allowed_now when the request has ended, or this side has left it; already_done.
 */
export async function onOwnCase(
  ctx: CommandContext,
  holder: CodeHolder,
  run: (own: ByCode) => Promise<void>,
): Promise<void> {
  await asHolder(ctx, holder, async (own) => {
    if (!maySend(own.theCase.state, own.party)) throw new DomainError('not_allowed_now');
    await run(own);
  });
}

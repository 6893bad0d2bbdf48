import type { CommandContext } from '../command-context.ts';
import { type CodeHolder, readAsHolder } from './code-holder.ts';
import { type OwnAgreement, ownAgreement } from './own-agreement.query.ts';

/** The number of the request and the own agreement of whoever holds one of its codes; nothing else of the page is read. */
export async function holderAgreement(
  ctx: CommandContext,
  holder: CodeHolder,
): Promise<{ number: string; agreement: OwnAgreement }> {
  return readAsHolder(ctx, holder, async (tx, text, { number }) => {
    const agreement = await ownAgreement(tx, text, holder.caseId);
    if (!agreement) throw new Error('a code without its party');
    return { number, agreement };
  });
}

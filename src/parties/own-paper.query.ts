import type { CommandContext } from '../command-context.ts';
import { type CodeHolder, readAsHolder } from './code-holder.ts';
import { type Agreed, whatWasAgreed } from './what-was-agreed.query.ts';

/** What was agreed, for whoever typed a code of this case; nothing before there is a result that this side took part in (R22). */
export async function ownPaper(
  ctx: CommandContext,
  holder: CodeHolder,
): Promise<(Agreed & { number: string }) | undefined> {
  return readAsHolder(ctx, holder, async (tx, text, { number }) => {
    const agreed = await whatWasAgreed(tx, text, holder.caseId);
    return agreed && { ...agreed, number };
  });
}

import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import type { CodeHolder } from '../parties/code-holder.ts';
import { askToRead } from '../parties/ask-to-read.ts';
import type { KeptFile } from './accept-file.ts';
import { insertAttachments } from './insert-attachment.ts';
import { onOwnCase } from './on-own-case.ts';

/**
 * Somebody of the case sends photos or documents; the team reads them within two working days, like a message.
 * @throws DomainError not_allowed_now, files_enough, already_done.
 */
export async function addAttachments(
  ctx: CommandContext,
  holder: CodeHolder,
  files: readonly KeptFile[],
): Promise<void> {
  await onOwnCase(ctx, holder, async ({ tx, policy, theCase, party }) => {
    await insertAttachments(tx, new CaseText(ctx.keys, theCase), theCase, party.id, files);
    await askToRead(tx, policy, theCase, party.id);
  });
}

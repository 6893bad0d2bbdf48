import type { CommandContext } from '../command-context.ts';
import type { Precaution } from '../db/tables/case.ts';
import { type HoldReason, whyNotWritten } from '../mail/may-write.ts';
import { type ReceiptFacts, receiptFacts } from '../requests/receipt.query.ts';

export type EnteredFacts = ReceiptFacts & {
  /** Why nothing is written to the person, where it is so. */
  held: HoldReason | undefined;
};

/** What the page after typing a request says of it, and whether the person is written to at all. */
export async function enteredFacts(
  ctx: CommandContext,
  townId: string,
  { caseId, precautions }: { caseId: string; precautions: readonly Precaution[] },
): Promise<EnteredFacts> {
  const facts = await receiptFacts(ctx, townId, caseId);
  return { ...facts, held: whyNotWritten({ ...facts, precautions }) };
}

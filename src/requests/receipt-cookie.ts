import type { Context } from 'hono';
import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { isCurrentCode } from '../follow/may-replace.query.ts';
import { cookieExpiry, readCookie, writeCookie } from '../http/cookies.ts';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';

const ReceiptCookie = z.object({
  caseId: z.uuid(),
  code: z.string().nullable(),
  repeated: z.boolean(),
  keptUntil: z.number().optional(),
});

/** What a browser knows of the request it has just sent. */
export type HeldReceipt = z.infer<typeof ReceiptCookie>;

export function keepReceipt(ctx: CommandContext, c: Context, townId: string, receipt: HeldReceipt): void {
  writeCookie(c, 'recu', sealCookie(ctx.keys, townId, 'receipt', receipt, cookieExpiry('recu')));
}

/** What this browser holds of a request to this town. */
export function heldReceipt(ctx: CommandContext, c: Context, townId: string): HeldReceipt | undefined {
  return ReceiptCookie.safeParse(openCookie(ctx.keys, townId, 'receipt', readCookie(c, 'recu'), Date.now())).data;
}

/** The code of a receipt while it opens the request: replaced meanwhile, perhaps in another browser, it is nobody's any more. */
export async function codeOfReceipt(
  ctx: CommandContext,
  townId: string,
  { caseId, code }: HeldReceipt,
): Promise<string | undefined> {
  return code !== null && (await isCurrentCode(ctx, townId, { caseId, code })) ? code : undefined;
}

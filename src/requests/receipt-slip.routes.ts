import { Hono } from 'hono';
import type { Context } from 'hono';
import type { CommandContext } from '../command-context.ts';
import { pdfAnswer } from '../http/pdf.ts';
import type { PublicTown } from '../http/town-of-request.ts';
import { receiptSlip } from '../letters/receipt-slip.ts';
import { codeOfReceipt, heldReceipt } from './receipt-cookie.ts';
import { receiptFacts } from './receipt.query.ts';

/** /demande/recu.pdf: the acknowledgement of R93 as a slip to keep, for the browser that sent the request. */
export function receiptSlipRoutes(
  deps: CommandContext & { town(c: Context): PublicTown; followAddress(c: Context): string },
): Hono {
  const app = new Hono();
  app.get('/demande/recu.pdf', async (c) => {
    const { id, t, view } = deps.town(c);
    const receipt = heldReceipt(deps, c, id);
    if (!receipt) return c.redirect('/suivi', 303);
    const facts = await receiptFacts(deps, id, receipt.caseId);
    const code = await codeOfReceipt(deps, id, receipt);
    const slip = { ...facts, code, followAddress: deps.followAddress(c) };
    return pdfAnswer(c, receiptSlip(t, view, slip), facts.number);
  });
  return app;
}

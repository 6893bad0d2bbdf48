import type { Hono } from 'hono';
import { attachmentRoutesAt } from '../attachments/attachments.routes.tsx';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { sendMessage } from '../follow/send-message.command.ts';
import { codeOfReceipt, heldReceipt } from './receipt-cookie.ts';

export const RECEIPT_FILES = '/demande/recu/pieces';

/** Files come last: whoever has just sent a request adds them from its receipt, which knows the request, without typing the code. */
export function receiptFilesRoutes(deps: FollowDeps): Hono {
  return attachmentRoutesAt(deps, RECEIPT_FILES, async (c, run) => {
    const { id: townId } = deps.town(c);
    const receipt = heldReceipt(deps, c, townId);
    if (!receipt || !(await codeOfReceipt(deps, townId, receipt))) return c.redirect('/suivi', 303);
    const holder = { townId, caseId: receipt.caseId };
    return run({
      path: RECEIPT_FILES,
      back: { href: '/demande/recu', label: 'attachments.back.receipt' },
      holder,
      say: (voice, form) => sendMessage(deps, { ...holder, ...form }, '', voice),
    });
  });
}

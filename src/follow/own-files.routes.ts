import type { Hono } from 'hono';
import { attachmentRoutesAt } from '../attachments/attachments.routes.tsx';
import type { FollowDeps } from './follow-deps.ts';
import { sendMessage } from './send-message.command.ts';
import { withCase } from './with-case.tsx';

export const OWN_FILES = '/suivi/pieces';

/** The requester's files, with the code typed. */
export function ownFilesRoutes(deps: FollowDeps): Hono {
  return attachmentRoutesAt(deps, OWN_FILES, (c, run) =>
    withCase(deps, c, (caseId) => {
      const holder = { townId: deps.town(c).id, caseId };
      return run({
        path: OWN_FILES,
        back: { href: '/suivi/demande', label: 'attachments.back' },
        holder,
        say: (voice, form) => sendMessage(deps, { ...holder, ...form }, '', voice),
      });
    }),
  );
}

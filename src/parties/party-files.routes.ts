import type { Hono } from 'hono';
import { attachmentRoutesAt } from '../attachments/attachments.routes.tsx';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { sendPartyMessage } from './send-party-message.command.ts';
import { SPACE } from './space-address.ts';
import { withParty } from './with-party.tsx';

export const PARTY_FILES = `${SPACE}/pieces`;

/** The other party's files: the same page, the same rights (R29). */
export function partyFilesRoutes(deps: FollowDeps): Hono {
  return attachmentRoutesAt(deps, PARTY_FILES, (c, run) =>
    withParty(deps, c, (seat) => {
      const holder = { townId: deps.town(c).id, ...seat };
      return run({
        path: PARTY_FILES,
        back: { href: SPACE, label: 'attachments.back' },
        holder,
        say: (voice, form) => sendPartyMessage(deps, { ...holder, ...form }, '', voice),
      });
    }),
  );
}

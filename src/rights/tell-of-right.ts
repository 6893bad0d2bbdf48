import type { StaffAct } from '../cases/on-case.ts';
import { askToCall } from '../mail/ask-to-call.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import type { CaseParty } from '../parties/standing.ts';
import type { OpenRight } from './open-right.ts';

/**
 * Tells a person that their own page has the answer to what they asked: by mail, or, where nothing may be written or they asked for it, by a call or
 * a letter of the team; also once they have left the case, for it is their right.
 */
export async function tellOfRight(
  { tx, policy, theCase }: StaffAct,
  party: CaseParty,
  request: OpenRight,
  template: 'rights_extended' | 'rights_answered',
): Promise<void> {
  if (request.reply === 'page') {
    const mail = { template, key: request.id, call: false } as const;
    const queued = await queuePartyMail(tx, policy, theCase, party, mail);
    if (queued.sent || queued.reason === 'already_queued') return;
  }
  await askToCall(tx, policy, theCase, party.side === 'other' ? { partyId: party.id } : undefined, template);
}

import type { EventData } from '../db/tables/journal.ts';
import { applyTransition } from '../cases/apply-transition.ts';
import type { CaseActor } from '../cases/case-status.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import { pauseWaits, resumeWaits } from '../deadlines/pause-waits.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import type { EventCode } from '../journal/event-codes.ts';
import { recordChange } from '../outbox/record-change.ts';
import { partnerRequestStream } from '../outbox/streams.ts';

type Change = {
  requestId: string;
  by: Extract<CaseActor, 'mediator' | 'leader' | 'partner' | 'service'>;
  code: EventCode;
  closes: boolean;
  personId?: string;
  data?: EventData;
};

/**
 * T25: writes a change of a request down, and turns the overlay « attente partenaire » on or off with it: while any request waits for
 * its answer the mediator's own waits are paused; with the last answer they go on (spec §4.3). One that stands on the agenda of the group
 * without an answer holds nobody any more.
 */
export async function changeRequest(
  tx: TownTx,
  policy: TownPolicy,
  theCase: LockedCase,
  change: Change,
): Promise<void> {
  const waiting = await isHeld(tx, theCase.id);
  const data = { request: change.requestId, ...change.data };
  const person = change.personId ? { personId: change.personId } : {};
  const inside = { stream: partnerRequestStream(change.requestId), subjectId: change.requestId, closes: change.closes };
  if (waiting === theCase.waitingForPartner) {
    const actor = change.by === 'partner' ? 'partner' : change.by === 'service' ? 'service' : 'staff';
    await recordChange(tx, { caseId: theCase.id, code: change.code, actor, data, inside, ...person });
    return;
  }
  await applyTransition(tx, theCase, {
    name: 'T25',
    by: change.by,
    code: change.code,
    data,
    inside,
    patch: { waiting_for_partner: waiting },
    ...person,
  });
  if (waiting) await pauseWaits(tx, theCase.id);
  else await resumeWaits(tx, policy, theCase.id);
}

/** Does an organisation still hold this case up? */
export async function isHeld(tx: TownTx, caseId: string): Promise<boolean> {
  const open = await tx.db
    .selectFrom('partner_request')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', 'in', ['sent', 'acknowledged'])
    .where('silent_since', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

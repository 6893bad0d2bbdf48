import type { Urgency } from '../db/tables/partner.ts';
import type { StaffTx, WorkerTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import type { PartnerItem } from '../mail/templates.ts';
import { partnerRequestStream } from '../outbox/streams.ts';
import { settleStream } from '../deadlines/settle-stream.ts';

export const LADDER_OF = {
  urgent: 'partner_answer_urgent',
  standard: 'partner_answer_standard',
  works: 'partner_answer_works',
} as const satisfies Record<Urgency, string>;

type Asked = { id: string; caseId: string; urgency: Urgency };

/**
 * Opens the ladder of §4.4 for a request that stands as sent from now on; the acknowledgement is asked for where the answer leaves room
 * for it. @returns the day its answer is due.
 */
export async function openLadder(
  tx: StaffTx | WorkerTx,
  policy: TownPolicy,
  { id, caseId, urgency }: Asked,
  announce?: PartnerItem,
): Promise<string> {
  const about = { caseId, stream: partnerRequestStream(id) };
  const received = { audience: 'referent', template: 'partner_received' } as const;
  const { dueDay } = await openDeadline(tx, policy, {
    ...about,
    kind: LADDER_OF[urgency],
    ...(announce ? { announce: [{ audience: 'referent', template: announce }] } : {}),
    ...(urgency === 'urgent' ? { noRoomFor: [received] } : {}),
  });
  if (urgency !== 'urgent') await openDeadline(tx, policy, { ...about, kind: 'partner_ack' });
  return dueDay;
}

/**
 * The first mail leaves only now: the organisation has its whole time from today, and no reminder of a question it had not got (invariant 6
 * of §4.13). @returns the new due day.
 */
export async function restartLadder(tx: WorkerTx, policy: TownPolicy, request: Asked): Promise<string> {
  await settleStream(tx, partnerRequestStream(request.id), 'cancelled');
  const dueDay = await openLadder(tx, policy, request);
  await tx.db.updateTable('partner_request').set({ due_day: dueDay }).where('id', '=', request.id).execute();
  return dueDay;
}

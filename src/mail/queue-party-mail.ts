import type { HolderTx, StaffTx, WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { askToCall } from './ask-to-call.ts';
import {
  type CaseOfMail,
  insertMail,
  type Queued,
  queueRequesterMail,
  type ResidentMail,
} from './queue-requester-mail.ts';
import { mayWrite } from './may-write.ts';

/**
 * Puts a mail to one party into the ledger, the requester or the other side alike; where nothing may be written, a call task with the
 * same purpose. A case in danger writes to nobody (R85), and nobody calls who has left.
 */
export async function queuePartyMail(
  tx: HolderTx | StaffTx | WorkerTx,
  policy: TownPolicy,
  theCase: CaseOfMail,
  party: { id: string; side: 'requester' | 'other' },
  mail: ResidentMail,
): Promise<Queued> {
  if (party.side === 'requester') return queueRequesterMail(tx, policy, theCase, mail);
  const found = await tx.db
    .selectFrom('party as p')
    .innerJoin('party_identity as i', 'i.party_id', 'p.id')
    .select(['p.minor', 'p.ended_at as endedAt', 'i.contact_ways as contactWays', 'i.precautions'])
    .select('i.has_email as hasEmail')
    .where('p.id', '=', party.id)
    .executeTakeFirst();
  const decision = found
    ? mayWrite({ ...found, danger: theCase.danger, ageGroup: found.minor ? 'minor' : 'adult' })
    : ({ write: false, reason: 'no_address' } as const);
  if (!decision.write) {
    if (mail.call && !found?.endedAt) await askToCall(tx, policy, theCase, { partyId: party.id }, mail.template);
    return { sent: false, reason: decision.reason };
  }
  return insertMail(tx, policy, theCase, mail, party.id);
}

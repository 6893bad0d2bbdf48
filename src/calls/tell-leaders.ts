import { callWaits } from './call-waits.query.ts';
import type { PublicTx, WorkerTx } from '../db/transaction.ts';
import { addressees } from '../deadlines/audience.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { addToDayMail } from '../mail/queue-staff-mail.ts';

/** A call is asked for, or still to be made: every leader of the town reads so in the one mail of the day, however many calls there are. */
export async function tellLeaders(tx: PublicTx | WorkerTx, policy: TownPolicy): Promise<void> {
  for (const personId of await addressees(tx, { teamId: null, leadId: null }, 'leader'))
    await addToDayMail(tx, policy, personId, { caseId: null, template: 'interpreter_calls' });
}

/** Calls whose day has come, or is past, are said again to whoever leads, each day. */
export async function remindOfCalls(tx: WorkerTx, policy: TownPolicy, today: string): Promise<void> {
  if (await callWaits(tx, today)) await tellLeaders(tx, policy);
}

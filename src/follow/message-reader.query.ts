import type { CaseState } from '../cases/case-status.ts';
import type { HolderTx } from '../db/transaction.ts';
import { addressees } from '../deadlines/audience.ts';
import { readerOf } from '../parties/ask-to-read.ts';

/** Who reads what a person writes now, by first name: the mediator while the case goes on, whoever leads afterwards. */
export type MessageReader = { name: string; role: 'mediator' | 'leader' };

/** @returns nobody where no one leads at this moment: somebody of the team reads it all the same. */
export async function messageReader(
  tx: HolderTx,
  theCase: { state: CaseState; teamId: string | null; leadId: string | null },
): Promise<MessageReader | undefined> {
  const role = readerOf(theCase);
  const [personId] = await addressees(tx, theCase, role);
  if (!personId) return undefined;
  const person = await tx.db
    .selectFrom('person')
    .select('first_name as name')
    .where('id', '=', personId)
    .executeTakeFirst();
  return person && { name: person.name, role };
}

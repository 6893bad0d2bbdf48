import type { TownTx } from '../db/transaction.ts';

/** Somebody does not want to be asked (F3 item 5), or left: a questionnaire that has not come back is asked for no more, and holds nothing up. */
export async function dropQuestionnaires(tx: TownTx, partyId: string): Promise<void> {
  await tx.db.deleteFrom('questionnaire').where('party_id', '=', partyId).where('answered', '=', false).execute();
}

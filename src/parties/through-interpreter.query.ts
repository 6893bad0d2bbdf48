import type { TownTx } from '../db/transaction.ts';
import type { CaseParty } from './standing.ts';

/**
 * Whoever asked for an interpreter, or speaks another language than the one whose text a person has checked, agrees before the mediator with
 * an interpreter, never on a page alone (R101).
 */
export async function speaksThroughInterpreter(
  tx: TownTx,
  caseId: string,
  party: Pick<CaseParty, 'id' | 'side' | 'interpreter'>,
): Promise<boolean> {
  if (party.interpreter) return true;
  const spoken =
    party.side === 'requester'
      ? await tx.db
          .selectFrom('case_identity')
          .select('spoken_language as language')
          .where('case_id', '=', caseId)
          .executeTakeFirst()
      : await tx.db
          .selectFrom('party_identity')
          .select('spoken_language as language')
          .where('party_id', '=', party.id)
          .executeTakeFirst();
  return (spoken?.language ?? 'fr') !== 'fr';
}

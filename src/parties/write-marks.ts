import type { LockedCase } from '../cases/lock-case.ts';
import type { Relation } from '../db/tables/case.ts';
import type { RelationMarkTable } from '../db/tables/party.ts';
import type { StaffTx } from '../db/transaction.ts';

/** How one side stands with the other (R10), from 0 to 10 (R16), or both; what is not known is left out. */
export type RelationMark = { partyId: string; relation?: Relation | undefined; score?: number | undefined };

/** Writes one mark a party, at this stage of the cycle the case is in. The caller has asked whether the parties are of this case. */
export async function writeMarks(
  tx: StaffTx,
  theCase: Pick<LockedCase, 'id' | 'cycle'>,
  stage: RelationMarkTable['stage'],
  marks: readonly RelationMark[],
): Promise<void> {
  await tx.db
    .insertInto('relation_mark')
    .values(
      marks.map(({ partyId, relation, score }) => ({
        party_id: partyId,
        case_id: theCase.id,
        town_id: tx.actor.townId,
        cycle: theCase.cycle,
        stage,
        relation: relation ?? null,
        score: score ?? null,
        at: tx.now,
      })),
    )
    .execute();
}

import type { Relation } from '../db/tables/case.ts';
import type { StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { partiesOf } from '../parties/standing.ts';
import type { LockedCase } from './lock-case.ts';

/** What is known of one side when the closing is proposed: how it stands with the other, from 0 to 10, or both. */
export type ClosingMark = { partyId: string; relation?: Relation; score?: number };

/** R10, R16: writes how each side stands at the end. @throws DomainError unknown_choice for somebody who takes no part in this case. */
export async function markRelations(tx: StaffTx, theCase: LockedCase, marks: readonly ClosingMark[]): Promise<void> {
  if (marks.length === 0) return;
  const parties = (await partiesOf(tx, theCase.id)).filter(({ ended }) => !ended);
  if (marks.some(({ partyId }) => !parties.some(({ id }) => id === partyId)))
    throw new DomainError('unknown_choice', { field: 'scores' });
  await tx.db
    .insertInto('relation_mark')
    .values(
      [...new Set(marks.map(({ partyId }) => partyId))].map((partyId) => {
        const said = marks
          .filter((mark) => mark.partyId === partyId)
          .reduce<ClosingMark>((all, mark) => ({ ...all, ...mark }), { partyId });
        return {
          party_id: partyId,
          case_id: theCase.id,
          town_id: tx.actor.townId,
          cycle: theCase.cycle,
          stage: 'closing' as const,
          relation: said.relation ?? null,
          score: said.score ?? null,
          at: tx.now,
        };
      }),
    )
    .execute();
}

import type { StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { partiesOf } from '../parties/standing.ts';
import { type RelationMark, writeMarks } from '../parties/write-marks.ts';
import type { LockedCase } from './lock-case.ts';

/** R10, R16: writes how each side stands at the end. @throws DomainError unknown_choice for somebody who takes no part in this case. */
export async function markRelations(tx: StaffTx, theCase: LockedCase, marks: readonly RelationMark[]): Promise<void> {
  if (marks.length === 0) return;
  const parties = (await partiesOf(tx, theCase.id)).filter(({ ended }) => !ended);
  if (marks.some(({ partyId }) => !parties.some(({ id }) => id === partyId)))
    throw new DomainError('unknown_choice', { field: 'scores' });
  const known = [...new Set(marks.map(({ partyId }) => partyId))].map((partyId) =>
    marks
      .filter((mark) => mark.partyId === partyId)
      .reduce<RelationMark>((all, mark) => ({ ...all, ...mark }), { partyId }),
  );
  await writeMarks(tx, theCase, 'closing', known);
}

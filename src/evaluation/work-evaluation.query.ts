import type { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { IfAny } from '../cases/tables-of-case.query.ts';
import { type WorkSide, workSides } from './work-waits.ts';

export type WorkColumn = {
  side: WorkSide;
  person: string;
  at: Date;
  marks: Record<string, number | null>;
  hours: string | null;
  mediatorsNeeded: string | null;
  lesson: string | undefined;
  trainingNeed: string | undefined;
};
export type ConclusionView = {
  metOn: string;
  text: string;
  actions: string | undefined;
  writtenBy: string;
  writtenAt: Date;
  confirmedBy: string | null;
  confirmedAt: Date | null;
};
/** F9 of the present cycle; `mine`: the columns the reader may write, as they stand. */
export type WorkView = { columns: WorkColumn[]; conclusion: ConclusionView | undefined; mine: WorkSide[] };

/** How the work was looked at, as its mediators and its leader read it. */
export async function workView(tx: StaffTx, text: CaseText, theCase: LockedCase, ifAny: IfAny): Promise<WorkView> {
  const columns = await ifAny('case_evaluation', () =>
    tx.db
      .selectFrom('case_evaluation as e')
      .innerJoin('person as p', 'p.id', 'e.person_id')
      .selectAll('e')
      .select(['p.first_name as first', 'p.last_name as last'])
      .where('e.case_id', '=', theCase.id)
      .where('e.cycle', '=', theCase.cycle)
      .execute(),
  );
  const conclusions = await ifAny('evaluation_conclusion', () =>
    tx.db
      .selectFrom('evaluation_conclusion as c')
      .innerJoin('person as w', 'w.id', 'c.written_by')
      .leftJoin('person as r', 'r.id', 'c.confirmed_by')
      .selectAll('c')
      .select(['w.first_name as first', 'w.last_name as last', 'r.first_name as readFirst', 'r.last_name as readLast'])
      .where('c.case_id', '=', theCase.id)
      .where('c.cycle', '=', theCase.cycle)
      .orderBy('c.written_at', 'desc')
      .limit(1)
      .execute(),
  );
  const [last] = conclusions;
  return {
    columns: columns.map((row) => ({
      side: row.side,
      person: `${row.first} ${row.last}`,
      at: row.at,
      marks: row.marks,
      hours: row.hours,
      mediatorsNeeded: row.mediators_needed,
      lesson: text.openOptional('case_evaluation', 'lesson', row.lesson),
      trainingNeed: text.openOptional('case_evaluation', 'training_need', row.training_need),
    })),
    conclusion: last && {
      metOn: last.met_on,
      text: text.open('evaluation_conclusion', 'conclusion', last.conclusion),
      actions: text.openOptional('evaluation_conclusion', 'actions', last.actions),
      writtenBy: `${last.first} ${last.last}`,
      writtenAt: last.written_at,
      confirmedBy: last.confirmed_at ? `${last.readFirst} ${last.readLast}` : null,
      confirmedAt: last.confirmed_at,
    },
    mine: workSides(theCase, tx.actor.personId),
  };
}

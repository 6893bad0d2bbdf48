import { EVALUATED } from '../evaluation/evaluate-work.command.ts';
import type { WorkColumn } from '../evaluation/work-evaluation.query.ts';
import type { WorkSide } from '../evaluation/work-waits.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import type { CaseView } from './case-view.query.ts';

const SIDES: readonly WorkSide[] = ['mediator', 'leader'];

/** F9 as it is read: the two columns side by side, then the common conclusion and who has read it (R57). */
export function WorkCard({ t, view }: { t: Translate; view: CaseView }) {
  const { columns, conclusion } = view.work;
  if (columns.length === 0) return null;
  const of = (side: WorkSide) => columns.find((column) => column.side === side);
  const row = (label: string, says: (column: WorkColumn) => string | undefined) => [
    label,
    ...SIDES.map((side) => {
      const column = of(side);
      return column ? (says(column) ?? t('followup.work.none')) : t('followup.work.notYet');
    }),
  ];
  return (
    <Card title={t('followup.work.title')}>
      <DataTable
        id="work-columns"
        caption={t('followup.work.caption')}
        captionIsSpokenOnly
        columns={[{ label: t('followup.work.what') }, ...SIDES.map((side) => ({ label: headOf(t, side, of(side)) }))]}
        rows={[
          ...EVALUATED.map((what) => row(t(`staff.evaluated.${what}`), ({ marks }) => markOf(t, marks[what]))),
          row(t('staff.field.hoursSpent'), ({ hours }) => numberOf(hours)),
          row(t('staff.field.mediatorsNeeded'), ({ mediatorsNeeded }) => numberOf(mediatorsNeeded)),
          row(t('staff.field.lesson'), ({ lesson }) => lesson),
          row(t('staff.field.trainingNeed'), ({ trainingNeed }) => trainingNeed),
        ]}
      />
      {conclusion && (
        <section class="party">
          <h3>{t('staff.field.conclusion')}</h3>
          <p class="written">{conclusion.text}</p>
          <DefinitionList
            items={[
              { term: t('staff.field.metOn'), says: t.longDate(conclusion.metOn) },
              ...(conclusion.actions ? [{ term: t('staff.field.workActions'), says: conclusion.actions }] : []),
              {
                term: t('followup.work.seenBy'),
                says: conclusion.confirmedBy
                  ? t('followup.work.seenByBoth', {
                      leader: conclusion.writtenBy,
                      mediator: conclusion.confirmedBy,
                      day: t.longDate(conclusion.confirmedAt ?? conclusion.writtenAt),
                    })
                  : t('followup.work.toConfirm', { leader: conclusion.writtenBy }),
              },
            ]}
          />
        </section>
      )}
    </Card>
  );
}

function headOf(t: Translate, side: WorkSide, column: WorkColumn | undefined): string {
  const title = t(`staff.column.${side}`);
  return column ? t('followup.work.by', { title, name: column.person }) : title;
}

function markOf(t: Translate, mark: number | null | undefined): string | undefined {
  if (mark === null) return t('staff.mark.none');
  return mark === undefined ? undefined : t(`staff.mark.${mark}` as 'staff.mark.1');
}

function numberOf(stored: string | null): string | undefined {
  return stored === null ? undefined : String(Number(stored)).replace('.', ',');
}

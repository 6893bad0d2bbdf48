import type { Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import type { CaseView } from './case-view.query.ts';

/** Where many requests about one place came within an hour: said on each of them, with the way to all of them (B-39). */
export function GroupedCard({ t, view }: { t: Translate; view: CaseView }) {
  if (view.floodId === null) return null;
  return (
    <Card title={t('staff.grouped.title')}>
      <p>{t('staff.grouped.text')}</p>
      <p>
        <a href={`/equipe/demandes?lot=${view.floodId}`}>{t('staff.grouped.link')}</a>
      </p>
    </Card>
  );
}

import type { Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import type { CourseView, NumberedCase } from './course-view.query.ts';

/** T8, for the team: which requests were joined. Each person goes on seeing the own one only. */
export function MergedCard({ t, view }: { t: Translate; view: Pick<CourseView, 'mergedInto' | 'mergedFrom'> }) {
  if (!view.mergedInto && view.mergedFrom.length === 0) return null;
  const link = ({ id, number }: NumberedCase) => <a href={`/equipe/demandes/${id}`}>{number}</a>;
  return (
    <Card title={t('staff.merged')}>
      <ul class="links">
        {view.mergedInto && (
          <li>
            {t('staff.merged.into')} {link(view.mergedInto)}
          </li>
        )}
        {view.mergedFrom.map((joined) => (
          <li>
            {t('staff.merged.from')} {link(joined)}
          </li>
        ))}
      </ul>
      <p class="hint">{t('staff.merged.hint')}</p>
    </Card>
  );
}

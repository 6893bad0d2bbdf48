import type { Translate } from '../i18n/catalogue.ts';
import { youthHelp } from '../requests/youth-help.ts';
import { helplineLines } from '../helplines/helpline-words.ts';
import { helplinesFor } from '../helplines/helpline.ts';
import { Card, Lines } from '../ui/card.tsx';
import type { TownView } from '../ui/town-view.ts';
import type { CaseView } from './case-view.query.ts';

/** R81, spec §3.4, §4.11: what may be done with somebody under eighteen, and who can help. */
export function MinorCard({ t, town, view }: { t: Translate; town: TownView; view: CaseView }) {
  if (!view.parties.some(({ minor, ended }) => minor && !ended)) return null;
  const names = youthHelp(view.organisations.filter(({ mayTakePart }) => mayTakePart));
  return (
    <Card title={t('staff.minor.title')}>
      <Lines
        lines={[
          t('staff.minor.listen'),
          t('staff.minor.agreement'),
          names.length > 0 ? t('staff.minor.partners', { names: names.join(', ') }) : t('staff.minor.adult'),
          ...helplineLines(t, helplinesFor(town, 'children')),
          t('staff.minor.mails'),
        ]}
      />
    </Card>
  );
}

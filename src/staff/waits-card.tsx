import type { Translate } from '../i18n/catalogue.ts';
import { Card, Lines } from '../ui/card.tsx';
import type { CaseView } from './case-view.query.ts';
import type { CaseWait } from './case-waits.query.ts';
import { waitedFor } from './waited-for.ts';
import { waitNameOn } from './wait-name.ts';

/** What else stands open beside the one wait the top of the page speaks of: of whom, until when. */
export function WaitsCard({ t, view, first }: { t: Translate; view: CaseView; first: CaseWait | undefined }) {
  const others = view.waits.filter(({ id }) => id !== first?.id);
  if (others.length === 0) return null;
  return (
    <Card title={t('staff.case.waits')}>
      <Lines
        lines={others.map((wait) =>
          t(wait.held ? 'staff.case.waits.held' : 'staff.case.waits.line', {
            what: waitNameOn(t, view, wait),
            who: waitedFor(t, view, wait),
            day: t.shortDate(wait.dueDay),
          }),
        )}
      />
    </Card>
  );
}

import type { Translate } from '../i18n/catalogue.ts';
import { Flash } from '../ui/flash.tsx';
import type { WaitingTooLong } from './staff-person.query.ts';

/** Above every page of people at work while mails or changes wait: nothing is lost, and what is urgent is a phone call. */
export function LateBanner({ t, late }: { t: Translate; late: WaitingTooLong }) {
  return (
    <>
      {late.mails && <Flash kind="changed" main={t('staff.late.mails')} />}
      {late.changes && <Flash kind="changed" main={t('staff.late.changes')} />}
    </>
  );
}

import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import type { AppointmentView } from './sessions.query.ts';

/** The appointments of whoever holds a code: day, hour, who will be there without a name, place, and the file for a calendar. */
export function Appointments({ t, appointments }: { t: PublicTranslate; appointments: readonly AppointmentView[] }) {
  if (appointments.length === 0) return null;
  return (
    <Card title={t('sessions.title')}>
      {appointments.map(({ id, mode, startsAt, endsAt, place }) => (
        <>
          <p>
            <strong>
              {t('sessions.when', { day: t.longDate(startsAt), from: t.hour(startsAt), to: t.hour(endsAt) })}
            </strong>
          </p>
          <p>{t(`sessions.who.${mode}`)}</p>
          <p class="written">
            <bdi>{place}</bdi>
          </p>
          <p>
            <a href={`/suivi/rendez-vous/${id}`}>{t('sessions.calendar')}</a>
          </p>
        </>
      ))}
      <p>{t('sessions.free')}</p>
    </Card>
  );
}

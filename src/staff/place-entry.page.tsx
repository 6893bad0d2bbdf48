import { RequestFields } from '../requests/request-fields.tsx';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import { DoorFields, entryFaults } from './entry-telling.tsx';
import { PLACE_SCREENS } from './place-entry.form.ts';
import type { EntryPageProps } from './request-entry.page.tsx';

/** `stored`: the page after one was stored, which has no number to show; `danger`: somebody said to be in danger there. */
export type PlaceEntryPageProps = EntryPageProps & { stored?: 'calm' | 'danger' | undefined };

/** A place told without a name, typed on one page (R28, spec §3.7): where, what about, and no field about a person. */
export function PlaceEntryPage(props: PlaceEntryPageProps) {
  const { frame, answers, wrong = { own: {}, form: {} }, stored } = props;
  const { t } = frame;
  const title = t('staff.place.title');
  const faults = entryFaults(t, wrong);
  return (
    <WorkLayout {...frame} title={titleWithErrors(t, title, faults)}>
      <BackLink href="/equipe/saisie" label={t('staff.entry.title')} />
      <h1>{title}</h1>
      {stored && (
        <Flash kind="done" main={t('staff.place.stored')}>
          {t('staff.place.next')}
        </Flash>
      )}
      {stored === 'danger' && <p class="danger-note">{t('staff.place.danger')}</p>}
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      <p>{t('staff.place.lead')}</p>
      <form method="post" action="/equipe/saisie/lieu" class="form" novalidate>
        <input type="hidden" name="by" value={props.by} />
        <input type="hidden" name="form" value={props.form} />
        <DoorFields t={t} answers={answers} faults={faults} />
        {PLACE_SCREENS.map((screen) => (
          <>
            <h2>{t(`request.${screen}.title`)}</h2>
            <RequestFields
              t={t}
              town={frame.town}
              screen={screen}
              answers={answers}
              errors={wrong.form}
              where={props.where}
            />
          </>
        ))}
        <Buttons>
          <Button>{t('staff.place.send')}</Button>
        </Buttons>
      </form>
    </WorkLayout>
  );
}

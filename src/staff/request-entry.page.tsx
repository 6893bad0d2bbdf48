import type { Answers } from '../http/form-body.ts';
import { NEEDS } from '../requests/request-choices.ts';
import { RequestFields, type RequestFieldsProps } from '../requests/request-fields.tsx';
import { SCREEN_ORDER } from '../requests/screens.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import { entryFaults, type EntryFaults, TellingFields } from './entry-telling.tsx';
import type { StaffFrame } from './staff-frame.tsx';

/** First: what the person wants; the page that follows asks what belongs to it. */
export function EntryDoorPage({ frame }: { frame: StaffFrame }) {
  const { t } = frame;
  return (
    <WorkLayout {...frame} title={t('staff.entry.title')}>
      <BackLink href="/equipe" label={t('staff.todo.title')} />
      <h1>{t('staff.entry.title')}</h1>
      <p>{t('staff.entry.lead')}</p>
      <p>
        <a href="/formulaire-papier">{t('staff.entry.paper')}</a>
      </p>
      <h2>{t('request.need.title')}</h2>
      <ul class="lines">
        {NEEDS.map((need) => (
          <li>
            <a href={`/equipe/saisie?besoin=${need}`}>{t(`request.need.${need}`)}</a>
          </li>
        ))}
        <li>
          <a href="/equipe/saisie/lieu">{t('request.need.place')}</a>
        </li>
      </ul>
    </WorkLayout>
  );
}

export type EntryPageProps = {
  frame: StaffFrame;
  by: string;
  /** The id of this form: sent twice, it is one request. */
  form: string;
  where: RequestFieldsProps['where'];
  answers: Answers;
  /** Of the page's own fields, and of the form's. */
  wrong?: EntryFaults;
  notice?: string | undefined;
};

/** F1 on one page, typed while a person speaks or from their paper (R27, R28): the form's own fields, in its own words. */
export function EntryPage(props: EntryPageProps) {
  const { frame, answers, wrong = { own: {}, form: {} } } = props;
  const { t } = frame;
  const need = NEEDS.find((known) => known === answers['need']);
  const faults = entryFaults(t, wrong);
  return (
    <WorkLayout {...frame} title={titleWithErrors(t, t('staff.entry.title'), faults)}>
      <BackLink href="/equipe" label={t('staff.todo.title')} />
      <h1>{t('staff.entry.title')}</h1>
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      {need && (
        <p>
          <strong>{t(`request.need.${need}`)}</strong> · <a href="/equipe/saisie">{t('staff.entry.otherNeed')}</a>
        </p>
      )}
      <form method="post" action="/equipe/saisie" class="form" novalidate>
        <input type="hidden" name="by" value={props.by} />
        <input type="hidden" name="form" value={props.form} />
        {need && <input type="hidden" name="need" value={need} />}
        <TellingFields t={t} answers={answers} faults={faults} />
        {SCREEN_ORDER.filter((screen) => !need || screen !== 'need').map((screen) => (
          <>
            <h2>{t(`request.${screen}.title`)}</h2>
            <RequestFields
              t={t}
              town={frame.town}
              screen={screen}
              answers={answers}
              errors={wrong.form}
              where={props.where}
              needs={NEEDS}
            />
          </>
        ))}
        <Buttons>
          <Button>{t('staff.entry.send')}</Button>
        </Buttons>
      </form>
    </WorkLayout>
  );
}

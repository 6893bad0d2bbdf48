import type { Answers } from '../http/form-body.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { languageFacts, locales } from '../i18n/languages.ts';
import { NEEDS } from '../requests/request-choices.ts';
import { RequestFields, type RequestFieldsProps } from '../requests/request-fields.tsx';
import type { FieldErrors } from '../requests/request.form.ts';
import { SCREEN_ORDER } from '../requests/screens.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { DateField } from '../ui/text-field.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import { AGREED, ENTRY_CHANNELS } from './request-entry.form.ts';
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
          <a href="/demande?besoin=place">{t('request.need.place')}</a>
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
  wrong?: { own: FieldErrors; form: FieldErrors };
  notice?: string | undefined;
};

/** F1 on one page, typed while a person speaks or from their paper (R27, R28): the form's own fields, in its own words. */
export function EntryPage(props: EntryPageProps) {
  const { frame, answers, wrong = { own: {}, form: {} } } = props;
  const { t } = frame;
  const need = NEEDS.find((known) => known === answers['need']);
  const own = Object.entries(wrong.own).map(([name, key]) => ({
    name,
    // The keys of request-entry.form.ts, each of which stands in the catalogue.
    message: t(`staff.entry.error.${key}` as MessageKey),
  }));
  const faults = [
    ...own,
    ...Object.entries(wrong.form).map(([name, key]) => ({ name, message: t(`request.error.${key}` as MessageKey) })),
  ];
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
        <TellingFields {...props} errorOf={(name) => own.find((fault) => fault.name === name)?.message} />
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

/** By which door, on which day, in which language it is answered, and how the person agreed. */
function TellingFields({
  frame: { t },
  answers,
  errorOf,
}: EntryPageProps & { errorOf(name: string): string | undefined }) {
  const chosen = (name: string) => [answers[name] ?? ''].flat();
  const value = (name: string) => chosen(name)[0];
  return (
    <>
      <Choice
        t={t}
        name="channel"
        kind="radio"
        row
        label={t('staff.entry.channel')}
        error={errorOf('channel')}
        chosen={chosen('channel')}
        options={ENTRY_CHANNELS.map((code) => ({ value: code, label: t(`staff.entry.channel.${code}`) }))}
      />
      <DateField
        t={t}
        name="said_on"
        label={t('staff.entry.saidOn')}
        hint={t('staff.entry.saidOn.hint')}
        error={errorOf('said_on')}
        value={value('said_on')}
        autocomplete="off"
      />
      <SelectField
        t={t}
        name="ui_language"
        label={t('staff.entry.language')}
        error={errorOf('ui_language')}
        value={value('ui_language')}
        options={locales.map((locale) => ({ value: locale, label: languageFacts[locale].ownName }))}
      />
      <Choice
        t={t}
        name="agreed"
        kind="radio"
        label={t('staff.entry.agreed')}
        hint={t('staff.entry.agreed.hint')}
        error={errorOf('agreed')}
        chosen={chosen('agreed')}
        options={AGREED.map((code) => ({ value: code, label: t(`staff.entry.agreed.${code}`) }))}
      />
    </>
  );
}

import type { Answers } from '../http/form-body.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { DangerLine } from '../ui/danger-line.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import { Proof, Trap } from '../requests/form-guards.tsx';
import { errorText, shownAnswers } from '../requests/shown-answers.ts';
import { CALL_LANGUAGES, CALL_MOMENTS, KEPT_DAYS_AFTER_CALL, KEPT_MONTHS_AT_MOST } from './call-choices.ts';

export type CallPageProps = {
  t: PublicTranslate;
  town: TownView;
  /** The sealed hidden field: nonce and when it began. */
  draft: string;
  answers: Answers;
  /** Field name → key of its message. */
  errors: Record<string, string>;
  /** Said above everything: too many, the service is down. */
  notice?: string | undefined;
  challenge?: string | undefined;
};

const FORM = 'call';

/** « Être rappelé avec un interprète »: language, number, name or none, when; nothing else (§4.8). */
export function CallPage(props: CallPageProps) {
  const { t, town, errors } = props;
  const { one, text, codes } = shownAnswers(props);
  const faults = Object.entries(errors).map(([name, key]) => ({ name, message: errorText(t, key) }));
  const title = t('follow.interpreter.button');
  const moments = CALL_MOMENTS.map((value) => ({
    value,
    label: t(value === 'any' ? 'request.call.any' : `request.moment.${value}`),
  }));
  const kept = t('request.call.kept', { days: KEPT_DAYS_AFTER_CALL, months: KEPT_MONTHS_AT_MOST });
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, title, faults)} help={true} asksHere form={{ id: FORM }}>
      <BackLink href="/" label={t('request.signalled.home')} />
      <h1>{title}</h1>
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      <DangerLine t={t} />
      <p>{t('follow.interpreter.text')}</p>
      <p>{t('request.call.text')}</p>
      <form id={FORM} method="post" action="/rappel" class="form" novalidate>
        <input type="hidden" name="draft" value={props.draft} />
        <Trap t={t} />
        <Choice {...codes('spoken_language', 'language', CALL_LANGUAGES)} kind="radio" row label={t('request.spoken_language')} />
        <TextField {...text('phone')} label={t('request.phone')} hint={t('request.phone.hint')} type="tel" inputmode="tel" autocomplete="tel" width="medium" />
        <TextField {...text('first_name')} optional label={t('request.first_name')} width="medium" autocomplete="given-name" />
        <Choice {...text('moments')} chosen={[one('moments') ?? '']} options={moments} kind="radio" row label={t('request.call.when')} hint={town.openingHours} />
        <p>{t('request.call.voicemail')}</p>
        <p>
          {t('request.call.readers')} {kept} <a href="/informations">{t('request.notice.more')}</a>
        </p>
        {props.challenge && <Proof t={t} challenge={props.challenge} />}
        <Buttons>
          <Button>{t('request.call.send')}</Button>
        </Buttons>
      </form>
    </PublicLayout>
  ); // prettier-ignore
}

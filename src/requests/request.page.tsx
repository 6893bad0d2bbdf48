import { BackButton } from '../ui/back.tsx';
import type { PublicKey } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { SafetyNumbers } from '../ui/safety-numbers.tsx';
import { isInDanger } from './send-form.ts';
import { isUntold } from './draft-answers.ts';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { StepHeader } from '../ui/step-header.tsx';
import { Proof, Trap } from './form-guards.tsx';
import { KeepOnDevice, KeptOnDevice } from './kept-draft.tsx';
import { RequestFields, type RequestFieldsProps } from './request-fields.tsx';
import { Review } from './review.tsx';
import { lastOf, type Screen, screensOf } from './screens.ts';
import { errorText } from './shown-answers.ts';

export type RequestPageProps = RequestFieldsProps & {
  /** The sealed hidden field. */
  draft: string;
  /** Real time (ms) until which it may be kept on this device; not given unless somebody asked for it. */
  keptUntil?: number | undefined;
  /** It was taken from this device just now. */
  forgotten?: boolean | undefined;
  /** Said above everything: the draft expired, the service is down. */
  notice?: string | undefined;
  /** What a device may work on where too many were sent from one address. */
  challenge?: string | undefined;
  /** What was done. */
  done?: string | undefined;
};

const FORM = 'request';
const MAIN_FORM = { id: FORM, enter: { name: 'go', value: 'next' } };

/** One screen of the request form: works without script; what was typed so far travels sealed in one hidden field. */
export function RequestPage(props: RequestPageProps) {
  const { t, town, screen, errors, answers } = props;
  const faults = Object.entries(errors).map(([name, key]) => ({ name, message: errorText(t, key) }));
  const title = t(`request.${screen}.title` as PublicKey);
  const isLast = screen === lastOf(answers);
  // Where the form begins, what was kept is offered; not over what is told already, nor when it has just turned out too old.
  const isFirst = screen === 'danger' && isUntold(answers) && !props.notice;
  const poster = props.where.places.find(({ code }) => code === answers['place']);
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, title, faults)} help={true} form={MAIN_FORM}>
      <Top {...props} title={title} />
      {props.notice && <Flash kind="changed" main={props.notice} />}
      {props.done && <Flash kind="done" main={props.done} />}
      <ErrorSummary t={t} errors={faults} />
      {screen === 'need' && isInDanger(answers) && <Safety t={t} town={town} />}
      {screen === 'danger' && poster && <p class="hint">{t('request.poster', { place: poster.name })}</p>}
      <form id={FORM} method="post" action="/demande" class="form" novalidate>
        <input
          type="hidden"
          name="draft"
          value={props.draft}
          data-kept-until={props.keptUntil}
          data-forget={props.forgotten ? '' : undefined}
        />
        <input type="hidden" name="screen" value={screen} />
        {isLast && <Trap t={t} />}
        {screen === 'send' && <Review t={t} answers={answers} where={props.where} />}
        {errors['contact_ways'] === 'contact_ways_written' && (
          <p class="field">
            <button class="link-button" type="submit" name="go" value="back" formnovalidate>
              {t('request.contact.care')}
            </button>
          </p>
        )}
        <RequestFields {...props} />
        {isFirst && <KeptOnDevice t={t} />}
        {props.challenge && <Proof t={t} challenge={props.challenge} />}
        <Buttons>
          <Button name="go" value="next" arrow={!isLast}>
            {t(!isLast ? 'request.next' : screen === 'note' ? 'request.note.send' : 'request.send')}
          </Button>
        </Buttons>
        {screen !== 'danger' && <KeepOnDevice t={t} until={props.keptUntil} />}
      </form>
    </PublicLayout>
  );
}

/** Whoever said that they are in danger, or fear somebody of their family, reads whom to call before anything else; the form goes on below (§4.10). */
function Safety({ t, town }: Pick<RequestPageProps, 't' | 'town'>) {
  return (
    <Card title={t('home.safety.title')}>
      <SafetyNumbers t={t} town={town} minor={false} />
      <p>{t('request.danger.still')}</p>
    </Card>
  );
}

/** Which step this is; the danger question comes before the steps, and the page that shows all answers after them. */
function Top({ t, screen, answers, title }: RequestPageProps & { title: string }) {
  if (screen === 'danger') return <h1>{title}</h1>;
  const back = <BackButton label={t('ui.back')} form={FORM} name="go" value="back" />;
  const steps: readonly Screen[] = screensOf(answers).filter((known) => known !== 'danger' && known !== 'send');
  if (screen === 'send')
    return (
      <div class="step-header">
        {back}
        <h1>{title}</h1>
      </div>
    );
  return <StepHeader t={t} step={steps.indexOf(screen) + 1} total={steps.length} title={title} back={back} />;
}

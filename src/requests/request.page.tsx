import type { Child } from 'hono/jsx';
import type { Answers } from '../http/form-body.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { BackButton } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { StepHeader } from '../ui/step-header.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import { CategoryChoice } from './category-choice.tsx';
import { TRAP } from './filled-by-machine.ts';
import {
  LANGUAGES,
  NEEDS,
  PLACE_TYPES,
  PRECAUTIONS,
  RELATIONS,
  type Screen,
  STORY_LIMIT,
  UNKNOWN_QUARTER,
  WAYS,
} from './request.form.ts';

export type RequestPageProps = {
  t: PublicTranslate;
  town: TownView;
  screen: Screen;
  /** The sealed hidden field. */
  draft: string;
  answers: Answers;
  /** Field name → key of its message. */
  errors: Record<string, string>;
  quarters: readonly { code: string; name: string }[];
  /** Said above everything: the draft expired, the service is down. */
  notice?: string | undefined;
};

const FORM = 'request';
const MAIN_FORM = { id: FORM, enter: { name: 'go', value: 'next' } };
const STEPS: Record<Exclude<Screen, 'danger'>, number> = { need: 1, what: 2, story: 3, contact: 4, care: 5, send: 6 };

/** One screen of the request form: works without script; what was typed so far travels sealed in one hidden field. */
export function RequestPage(props: RequestPageProps) {
  const { t, town, screen, errors } = props;
  const faults = Object.entries(errors).map(([name, key]) => ({ name, message: errorText(t, key) }));
  const title = t(`request.${screen}.title`);
  const back = screen === 'danger' ? undefined : <BackButton label={t('ui.back')} form={FORM} name="go" value="back" />;
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, title, faults)} help={true} form={MAIN_FORM}>
      {screen === 'danger' ? (
        <h1>{title}</h1>
      ) : (
        <StepHeader t={t} step={STEPS[screen]} total={6} title={title} back={back} />
      )}
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      <form id={FORM} method="post" action="/demande" class="form" novalidate>
        <input type="hidden" name="draft" value={props.draft} />
        <input type="hidden" name="screen" value={screen} />
        <RequestFields {...props} />
        {screen === 'send' && <Trap t={t} />}
        <Buttons>
          <Button name="go" value="next" arrow={screen !== 'send'}>
            {t(screen === 'send' ? 'request.send' : 'request.next')}
          </Button>
        </Buttons>
      </form>
    </PublicLayout>
  );
}

/** Not shown and not read aloud; filled by programs only (B-38). */
function Trap({ t }: { t: PublicTranslate }) {
  return (
    <div hidden>
      <label for={TRAP}>{t('request.trap')}</label>
      <input id={TRAP} name={TRAP} type="text" value="" tabindex={-1} autocomplete="off" />
    </div>
  );
}

function errorText(t: PublicTranslate, key: string): string {
  // Keys come from request.form, whose every message stands in the catalogue (a test compares them).
  return t(`request.error.${key}` as PublicKey);
}

/** The fields of one screen: on the form's own pages, in the entry by the team, and for the form on paper. */
export function RequestFields(
  props: Pick<RequestPageProps, 't' | 'town' | 'screen' | 'answers' | 'errors' | 'quarters'>,
): Child {
  const { t, answers } = props;
  const one = (name: string) => {
    const value = answers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const many = (name: string) => {
    const value = answers[name];
    return Array.isArray(value) ? value : value === undefined ? [] : [value];
  };
  const error = (name: string) => (props.errors[name] ? errorText(t, props.errors[name]) : undefined);
  const field = (name: string) => ({ t, name, error: error(name) });
  const text = (name: string) => ({ ...field(name), value: one(name) });
  switch (props.screen) {
    case 'danger':
      return (
        <>
          <Choice {...field('danger')} kind="radio" row label={t('request.danger.answer')} hint={t('request.danger.hint')} chosen={many('danger')}
            options={[{ value: 'yes', label: t('request.danger.yes') }, { value: 'no', label: t('request.danger.no') }]} />
          <div class="field">
          <p class="danger-note">
            <strong>{t('request.danger.warning')}</strong> <a href="/danger">{t('request.danger.numbers')}</a>
          </p>
          <p class="hint">{t('request.danger.still')}</p>
          </div>
        </>
      ); // prettier-ignore
    case 'need':
      return (
        <Choice {...field('need')} kind="radio" label={t('request.need.title')} chosen={many('need')}
          options={NEEDS.map((value) => ({ value, label: t(`request.need.${value}`) }))} />
      ); // prettier-ignore
    case 'what':
      return (
        <>
          <CategoryChoice {...field('categories')} chosen={many('categories')} />
          <Choice {...field('quarter')} kind="radio" row label={t('request.quarter')} hint={t('request.quarter.hint')} chosen={many('quarter')}
            options={[...props.quarters.map(({ code, name }) => ({ value: code, label: name })), { value: UNKNOWN_QUARTER, label: t('request.quarter.unknown') }]} />
          <Choice {...field('place_type')} kind="radio" row optional label={t('request.place_type')} chosen={many('place_type')}
            options={PLACE_TYPES.map((value) => ({ value, label: t(`request.place_type.${value}`) }))} />
          <TextField {...text('place_text')} optional label={t('request.place_text')} hint={t('request.place_text.hint')} autocomplete="off" />
        </>
      ); // prettier-ignore
    case 'story':
      return (
        <>
          <TextArea {...text('story')} optional label={t('request.story')} hint={t('request.story.hint')} rows={9} limit={STORY_LIMIT} />
          <Choice {...field('relation')} kind="radio" optional label={t('request.relation')} chosen={many('relation')}
            options={RELATIONS.map((value) => ({ value, label: t(`request.relation.${value}`) }))} />
        </>
      ); // prettier-ignore
    case 'contact':
      return (
        <>
          <TextField {...text('first_name')} label={t('request.first_name')} width="medium" autocomplete="given-name" />
          <Choice {...field('contact_ways')} kind="checkbox" label={t('request.contact_ways')} chosen={many('contact_ways')}
            options={WAYS.map((value) => ({ value, label: t(`request.way.${value}`) }))} />
          <TextField {...text('phone')} optional label={t('request.phone')} hint={t('request.phone.hint')} type="tel" inputmode="tel" autocomplete="tel" width="medium" />
          <TextField {...text('email')} optional label={t('request.email')} type="email" inputmode="email" autocomplete="email" autocapitalize="none" spellcheck={false} />
          <TextField {...text('postal_address')} optional label={t('request.postal_address')} autocomplete="street-address" />
          <TextField {...text('trusted_person')} optional label={t('request.trusted_person')} autocomplete="off" />
        </>
      ); // prettier-ignore
    case 'care':
      return (
        <>
          <Choice {...field('precautions')} kind="checkbox" optional label={t('request.precautions')} chosen={many('precautions')}
            options={PRECAUTIONS.map((value) => ({ value, label: t(`request.precaution.${value}`) }))} />
          <TextField {...text('contact_hours')} optional label={t('request.contact_hours')} width="medium" autocomplete="off" />
          <Choice {...field('spoken_language')} kind="radio" row optional label={t('request.spoken_language')} chosen={many('spoken_language')}
            options={LANGUAGES.map((value) => ({ value, label: t(`request.language.${value}`) }))} />
          <Choice {...field('interpreter')} kind="radio" row optional label={t('request.interpreter')} chosen={many('interpreter')}
            options={[{ value: 'yes', label: t('request.yes') }, { value: 'no', label: t('request.no') }]} />
        </>
      ); // prettier-ignore
    case 'send':
      return (
        <>
          <Choice {...field('age_group')} kind="radio" label={t('request.age_group')} chosen={many('age_group')}
            options={[{ value: 'adult', label: t('request.age.adult') }, { value: 'minor', label: t('request.age.minor') }]} />
          <section class="card">
            <h2>{t('request.minor.title')}</h2>
            <p>{t('request.minor.text')}</p>
          </section>
          <section class="card">
            <h2>{t('request.notice.title')}</h2>
            <p>{t('request.notice.who')}</p>
            <p>{t('request.notice.keep', { months: props.town.retentionMonths, contact: props.town.dpoContact })}</p>
            <p><a href="/informations">{t('request.notice.more')}</a></p>
          </section>
          <SingleCheckbox {...field('accept_contact')} label={t('request.accept_contact')} checked={one('accept_contact') === 'yes'} />
          <SingleCheckbox {...field('read_notice')} label={t('request.read_notice')} checked={one('read_notice') === 'yes'} />
          <SingleCheckbox {...field('accept_evaluation')} optional label={t('request.accept_evaluation')} checked={one('accept_evaluation') === 'yes'} />
        </>
      ); // prettier-ignore
  }
}

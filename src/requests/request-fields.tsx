import type { Child } from 'hono/jsx';
import type { Answers } from '../http/form-body.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Helplines } from '../ui/call-card.tsx';
import { forChildren } from '../ui/safety-numbers.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { DangerLine } from '../ui/danger-line.tsx';
import { Fold } from '../ui/fold.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import { CategoryChoice } from './category-choice.tsx';
import { PlaceFields, type TownWhere } from './place-fields.tsx';
import {
  ACCESS_NEEDS,
  DIFFICULTIES,
  DOORS,
  LANGUAGES,
  NOTE_LIMIT,
  OTHER_SERVICE,
  PRECAUTIONS,
  WAYS,
} from './request-choices.ts';
import type { Screen } from './screens.ts';
import { shownAnswers } from './shown-answers.ts';
import { StoryFields } from './story-fields.tsx';

export type RequestFieldsProps = {
  t: PublicTranslate;
  town: TownView;
  screen: Screen;
  answers: Answers;
  /** Field name → key of its message. */
  errors: Record<string, string>;
  where: TownWhere & { services: readonly { code: string; name: string }[] };
  /** What may be wanted here; a place without a name too, unless said otherwise. */
  needs?: readonly (typeof DOORS)[number][];
};

/** The fields of one screen, with what was typed and what is wrong with it. */
export function RequestFields(props: RequestFieldsProps): Child {
  const { t } = props;
  const { one, field, text, codes } = shownAnswers(props);
  switch (props.screen) {
    case 'danger':
      return (
        <>
          <Choice {...codes('danger', 'danger', ['yes', 'no'])} kind="radio" row label={t('request.danger.answer')} hint={t('request.danger.hint')} />
          <SingleCheckbox {...field('family')} hint={t('request.family.hint')} label={t('request.family')} checked={one('family') === 'yes'} />
          <DangerLine t={t} />
          <p class="hint">{t('request.danger.still')}</p>
        </>
      ); // prettier-ignore
    case 'need':
      return <Choice {...codes('need', 'need', props.needs ?? DOORS)} kind="radio" label={t('request.need.title')} />;
    case 'what':
      return <WhatFields {...props} />;
    case 'place':
      return <PlaceFields {...props} />;
    case 'story':
      return <StoryFields {...props} />;
    case 'care':
      return (
        <>
          <Choice {...codes('precautions', 'precaution', PRECAUTIONS)} kind="checkbox" optional label={t('request.precautions')} />
          <TextField {...text('contact_hours')} optional label={t('request.contact_hours')} width="medium" autocomplete="off" />
          <Choice {...codes('spoken_language', 'language', LANGUAGES)} kind="radio" row optional label={t('request.spoken_language')} />
          {props.town.interpreters && (
            <Choice {...codes('interpreter', 'answer', ['yes', 'no'])} kind="radio" row optional label={t('request.interpreter')} />
          )}
          <Choice {...codes('access_needs', 'access', ACCESS_NEEDS)} kind="checkbox" row optional label={t('request.access_needs')} />
          <Fold title={t('request.difficulties')} note={t('ui.optional')} open={Boolean(props.errors['difficulties'] ?? props.answers['difficulties']?.length)}>
            <Choice {...codes('difficulties', 'difficulty', DIFFICULTIES)} kind="checkbox" row optional label={t('request.difficulties.which')} hint={t('request.difficulties.hint')} />
          </Fold>
        </>
      ); // prettier-ignore
    case 'contact':
      return (
        <>
          <TextField {...text('first_name')} label={t('request.first_name')} width="medium" autocomplete="given-name" />
          <Choice {...codes('contact_ways', 'way', WAYS)} kind="checkbox" label={t('request.contact_ways')} />
          <TextField {...text('phone')} optional label={t('request.phone')} hint={t('request.phone.hint')} type="tel" inputmode="tel" autocomplete="tel" width="medium" />
          <TextField {...text('email')} optional label={t('request.email')} type="email" inputmode="email" autocomplete="email" autocapitalize="none" spellcheck={false} />
          <TextField {...text('postal_address')} optional label={t('request.postal_address')} autocomplete="street-address" />
          <TextField {...text('trusted_person')} optional label={t('request.trusted_person')} autocomplete="off" />
        </>
      ); // prettier-ignore
    case 'send':
      return (
        <>
          <Choice {...codes('age_group', 'age', ['adult', 'minor'])} kind="radio" row label={t('request.age_group')} />
          <section class="card">
            <h2>{t('request.minor.title')}</h2>
            <p>{t('request.minor.text')}</p>
            <Helplines lines={forChildren(t, props.town)} />
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
    case 'note':
      return (
        <>
          <TextArea {...text('note')} optional label={t('request.note')} hint={t('request.note.hint')} rows={4} limit={NOTE_LIMIT} />
          <p>{t('request.note.after')}</p>
        </>
      ); // prettier-ignore
  }
}

const SERVICE = ['service', 'service_text'] as const;

/** What it is about; where somebody is in conflict with a service, which one. */
function WhatFields(props: RequestFieldsProps) {
  const { t, answers, where } = props;
  const { one, chosen, field, text } = shownAnswers(props);
  return (
    <>
      <CategoryChoice {...field('categories')} chosen={chosen('categories')} need={one('need')} />
      {answers['need'] === 'service' && (
        <Fold title={t('request.service.title')} note={t('ui.optional')} open={SERVICE.some((name) => props.errors[name] ?? one(name))}>
          {where.services.length > 0 && (
            <Choice {...field('service')} kind="radio" row optional label={t('request.service')} chosen={chosen('service')}
              options={[...where.services.map(({ code, name }) => ({ value: code, label: name })), { value: OTHER_SERVICE, label: t('request.service.other') }]} />
          )}
          <TextField {...text('service_text')} optional label={t('request.service_text')} hint={t('request.service_text.hint')} autocomplete="off" />
        </Fold>
      )}
    </>
  ); // prettier-ignore
}

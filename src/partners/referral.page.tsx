import type { ReferralLevel } from '../db/tables/partner.ts';
import type { Answers } from '../http/form-body.ts';
import { many } from '../http/typed-answers.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { CategoryChoice } from '../requests/category-choice.tsx';
import { PlaceTypeChoice } from '../requests/place-fields.tsx';
import { LANGUAGES, NATURES, NEEDS, PRECAUTIONS, UNKNOWN_QUARTER, WAYS } from '../requests/request-choices.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { DangerNote } from '../ui/danger-line.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import { DONE_BEFORE, EXPECTED, FACTS_LIMIT, LEVEL_ADDRESS, OFFERED, VISIT_RISKS } from './referral.form.ts';
import { PartnerLayout } from './partner-layout.tsx';

type Frame = { t: Translate; town: TownView };

/** F2 begins with whom it is about: that decides whether there are fields for a person at all (R31). */
export function ReferralLevelPage({ t, town, levels }: Frame & { levels: readonly ReferralLevel[] }) {
  return (
    <PartnerLayout t={t} town={town} title={t('referrals.new')}>
      <BackLink href="/partenaire" label={t('partners.intro')} />
      <h1>{t('referrals.new')}</h1>
      <p>{t('referrals.intro')}</p>
      <h2>{t('referrals.level')}</h2>
      {levels.map((level) => (
        <Card title={t(`referrals.level.${level}`)}>
          <p>{t(`referrals.level.${level}.hint`)}</p>
          <ButtonLink href={`/partenaire/saisir/${LEVEL_ADDRESS[level]}`} kind="outline" arrow>
            {t(`referrals.level.${level}.go`)}
          </ButtonLink>
        </Card>
      ))}
    </PartnerLayout>
  );
}

export type ReferralPageProps = Frame & {
  level: ReferralLevel;
  form: string;
  quarters: readonly { code: string; name: string }[];
  answers?: Answers;
  wrong?: readonly string[];
  notice?: string | undefined;
};

/** F2 of one level, on one page: works without script, keeps what was typed, says beside each field what to do. */
export function ReferralPage(props: ReferralPageProps) {
  const { t, town, level, wrong = [] } = props;
  const faults = wrong.map((name) => ({ name, message: faultOf(t, name) }));
  return (
    <PartnerLayout t={t} town={town} title={titleWithErrors(t, t(`referrals.level.${level}`), faults)}>
      <BackLink href="/partenaire/saisir" label={t('referrals.otherLevel')} />
      <h1>{t(`referrals.level.${level}`)}</h1>
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      <form method="post" action={`/partenaire/saisir/${LEVEL_ADDRESS[level]}`} class="form" novalidate>
        <input type="hidden" name="form" value={props.form} />
        <DangerFields {...props} />
        <AgentFields {...props} />
        {level === 'named' && <PersonFields {...props} />}
        <MatterFields {...props} />
        <p class="hint">{t('referrals.closed')}</p>
        <Buttons>
          <Button>{t('referrals.send')}</Button>
        </Buttons>
      </form>
    </PartnerLayout>
  );
}

/** Numbers first; the answer never stands in the way of the referral (§4.11). */
function DangerFields(props: ReferralPageProps) {
  const { t, codes } = shown(props);
  return (
    <>
      <DangerNote t={t} />
      <Choice {...codes('danger', 'request.danger', ['yes', 'no'])} kind="radio" row label={t('referrals.danger')} hint={t('referrals.danger.hint')} />
    </>
  ); // prettier-ignore
}

function AgentFields(props: ReferralPageProps) {
  const { t, text } = shown(props);
  return (
    <>
      <h2>{t('referrals.agent')}</h2>
      <TextField {...text('agent_role')} label={t('referrals.agent_role')} autocomplete="organization-title" />
      <TextField
        {...text('agent_phone')}
        label={t('referrals.agent_phone')}
        type="tel"
        inputmode="tel"
        autocomplete="tel"
        width="medium"
      />
    </>
  );
}

function PersonFields(props: ReferralPageProps) {
  const { t, text, field, chosen, codes } = shown(props);
  return (
    <>
      <h2>{t('referrals.person')}</h2>
      <p>{t('referrals.person.text')}</p>
      <SingleCheckbox {...field('person_agrees')} label={t('referrals.person_agrees')} checked={chosen('person_agrees').includes('yes')} />
      <DateField {...text('agreed_on')} label={t('referrals.agreed_on')} />
      <TextField {...text('first_name')} label={t('request.first_name')} width="medium" autocomplete="off" />
      <Choice {...codes('age_group', 'request.age', ['adult', 'minor'])} kind="radio" row label={t('referrals.age_group')} />
      <Choice {...codes('contact_ways', 'request.way', WAYS)} kind="checkbox" label={t('referrals.contact_ways')} />
      <TextField {...text('phone')} optional label={t('request.phone')} type="tel" inputmode="tel" width="medium" autocomplete="off" />
      <TextField {...text('email')} optional label={t('request.email')} type="email" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck={false} />
      <TextField {...text('postal_address')} optional label={t('request.postal_address')} autocomplete="off" />
      <TextField {...text('trusted_person')} optional label={t('request.trusted_person')} autocomplete="off" />
      <Choice {...codes('precautions', 'request.precaution', PRECAUTIONS)} kind="checkbox" optional label={t('request.precautions')} />
      <TextField {...text('contact_hours')} optional label={t('request.contact_hours')} width="medium" />
      <Choice {...codes('spoken_language', 'request.language', LANGUAGES)} kind="radio" row optional label={t('request.spoken_language')} />
      <SingleCheckbox {...field('interpreter')} label={t('referrals.interpreter')} checked={chosen('interpreter').includes('yes')} />
    </>
  ); // prettier-ignore
}

function MatterFields(props: ReferralPageProps) {
  const { t, text, field, chosen, codes } = shown(props);
  const quarters = [
    ...props.quarters.map(({ code, name }) => ({ value: code, label: name })),
    { value: UNKNOWN_QUARTER, label: t('request.quarter.unknown') },
  ];
  return (
    <>
      <h2>{t('referrals.matter')}</h2>
      <Choice {...codes('need', 'referrals.need', NEEDS)} kind="radio" label={t('referrals.need')} />
      <Choice {...codes('natures', 'referrals.nature', NATURES)} kind="checkbox" label={t('referrals.natures')} hint={t('referrals.natures.hint')} />
      <CategoryChoice {...field('categories')} chosen={chosen('categories')} />
      <Choice {...field('quarter')} kind="radio" row label={t('request.quarter')} chosen={chosen('quarter')} options={quarters} />
      <PlaceTypeChoice {...field('place_type')} chosen={chosen('place_type')} />
      <TextField {...text('place_text')} optional label={t('request.place_text')} hint={t('request.place_text.hint')} autocomplete="off" />
      <TextArea {...text('facts')} label={t('referrals.facts')} hint={t('referrals.facts.hint')} rows={6} limit={FACTS_LIMIT} />
      <Choice {...codes('done_before', 'referrals.done', DONE_BEFORE)} kind="checkbox" label={t('referrals.done_before')} />
      <DateField {...text('done_on')} optional label={t('referrals.done_on')} />
      <Choice {...codes('expected', 'referrals.expected', EXPECTED)} kind="checkbox" label={t('referrals.expected')} />
      <Choice {...codes('offered', 'referrals.offered', OFFERED)} kind="checkbox" optional label={t('referrals.offered')} />
      <Choice {...codes('urgency', 'referrals.urgency', ['standard', 'urgent'])} kind="radio" row label={t('referrals.urgency')} hint={t('referrals.urgency.hint')} />
      <TextField {...text('urgency_reason')} optional label={t('referrals.urgency_reason')} hint={t('referrals.urgency_reason.hint')} />
      <Choice {...codes('visit_risks', 'referrals.risk', VISIT_RISKS)} kind="checkbox" optional label={t('referrals.visit_risks')} />
      <SingleCheckbox {...field('will_take_part')} label={t('partners.willTakePart')} checked={chosen('will_take_part').includes('yes')} />
    </>
  ); // prettier-ignore
}

/** After sending: the number, and all that will be told (F2 « retour limité »). */
export function ReferralSentPage({ t, town, number }: Frame & { number: string }) {
  return (
    <PartnerLayout t={t} town={town} title={t('referrals.sent.title')}>
      <h1>{t('referrals.sent.title')}</h1>
      <p>{t('referrals.sent.number', { number })}</p>
      <p>{t('referrals.closed')}</p>
      <BackLink href="/partenaire" label={t('partners.intro')} />
    </PartnerLayout>
  );
}

/** What a field needs to show again what was typed and what is wrong with it. */
function shown({ t, answers = {}, wrong = [] }: ReferralPageProps) {
  const chosen = (name: string) => many(answers, name);
  const field = (name: string) => ({ t, name, error: wrong.includes(name) ? faultOf(t, name) : undefined });
  const text = (name: string) => ({ ...field(name), value: chosen(name)[0] });
  const codes = (name: string, room: string, known: readonly string[]) => ({
    ...field(name),
    chosen: chosen(name),
    options: known.map((value) => ({ value, label: t(`${room}.${value}` as MessageKey) })),
  });
  return { t, chosen, field, text, codes };
}

function faultOf(t: Translate, name: string): string {
  return t(`referrals.wrong.${name}` as MessageKey);
}

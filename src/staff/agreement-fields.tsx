import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { MessageKey } from '../i18n/catalogue.ts';
import { NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import {
  AGREEMENT_MODES,
  EXPLANATIONS,
  INFORMED_HOW,
  LANGUAGES,
  PARTY_KINDS,
  PRECAUTIONS,
  WAYS,
  WITHDRAWN_WAYS,
} from './agreement-acts.form.ts';
import { PartyChoice } from './party-choice.tsx';

export const AGREEMENT_FIELDS = {
  accord: (props) => {
    const { t, value, field } = typedOf(props);
    const ticks = (name: string, label: MessageKey) => (
      <SingleCheckbox {...field(name)} label={t(label)} checked={value(name) === 'yes'} />
    );
    return (
      <>
        <PartyChoice of={props} among={props.view.parties.filter(({ erased }) => !erased)} />
        <CodeChoice
          of={props}
          name="explained"
          kind="checkbox"
          label="staff.field.explained"
          room="explained"
          codes={EXPLANATIONS}
        />
        <CodeChoice of={props} name="takePart" label="staff.field.takePart" room="says" codes={['yes', 'no']} row />
        {ticks('contactOther', 'staff.field.contactOther')}
        <TextArea
          {...field('maySay')}
          label={t('staff.field.maySay')}
          hint={t('staff.field.maySay.hint')}
          optional
          value={value('maySay')}
          rows={2}
          limit={NOTE_LIMIT}
        />
        {(props.view.parties.some(({ shares }) => shares.length > 0) || props.errors['keepShares']) &&
          ticks('keepShares', 'staff.field.keepShares')}
        <Share of={props} />
        {ticks('recontact', 'staff.field.recontact')}
        <CodeChoice of={props} name="mode" label="staff.field.mode" room="mode" codes={AGREEMENT_MODES} row />
        <LanguageOf of={props} name="language" label="staff.field.language" value={value('language') ?? 'fr'} />
        <TextField
          {...field('interpreterRef')}
          label={t('staff.field.interpreterRef')}
          hint={t('staff.field.interpreterRef.hint')}
          optional
          value={value('interpreterRef')}
        />
        {ticks('mandate', 'staff.field.mandate')}
        {ticks('legalRepresentative', 'staff.field.legalRepresentative')}
        {ticks('copyGiven', 'staff.field.copyGiven')}
      </>
    );
  },
  partager: (props) => (
    <>
      <PartyChoice
        of={props}
        among={props.view.parties.filter(({ agreement, ended }) => agreement === 'yes' && !ended)}
      />
      <Share of={props} needed />
    </>
  ),
  'demander-accord': (props) => {
    const { t, value, field } = typedOf(props);
    const asked = props.view.parties.filter(({ agreement, erased }) => agreement !== 'asked' && !erased);
    return (
      <>
        <PartyChoice of={props} among={asked} />
        {(asked.some(saidNo) || props.errors['cameBack']) && (
          <SingleCheckbox
            {...field('cameBack')}
            label={t('staff.field.cameBack')}
            hint={t('staff.field.cameBack.hint')}
            checked={value('cameBack') === 'yes'}
          />
        )}
      </>
    );
  },
  'sans-reponse': (props) => (
    <PartyChoice of={props} among={props.view.parties.filter(({ agreement }) => agreement === 'asked')} />
  ),
  partie: (props) => {
    const { t, value, field } = typedOf(props);
    const text = (name: string, label: MessageKey, optional = true) => (
      <TextField {...field(name)} label={t(label)} optional={optional} value={value(name)} />
    );
    return (
      <>
        <CodeChoice of={props} name="kind" label="staff.field.partyKind" room="partyKind" codes={PARTY_KINDS} row />
        {text('name', 'staff.field.name', false)}
        <OrganisationOf of={props} name="organisation" label="staff.field.organisation" />
        {text('representative', 'staff.field.representative')}
        <CodesOfRequest of={props} name="contactWays" label="staff.field.contactWays" room="way" codes={WAYS} />
        {text('phone', 'staff.case.phone')}
        {text('email', 'staff.case.email')}
        {text('postalAddress', 'staff.case.post')}
        <CodesOfRequest
          of={props}
          name="precautions"
          label="staff.case.care"
          room="precaution"
          codes={PRECAUTIONS}
          optional
        />
        {text('contactHours', 'staff.field.contactHours')}
        <LanguageOf
          of={props}
          name="spokenLanguage"
          label="staff.case.language"
          value={value('spokenLanguage')}
          optional
        />
        <SingleCheckbox
          {...field('interpreter')}
          label={t('staff.field.interpreter')}
          checked={value('interpreter') === 'yes'}
        />
        <SingleCheckbox {...field('minor')} label={t('staff.field.minor')} checked={value('minor') === 'yes'} />
        {text('legalRepresentativeName', 'staff.field.legalRepresentativeName')}
      </>
    );
  },
  informer: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <PartyChoice
          of={props}
          among={props.view.parties.filter(
            ({ side, informedAt, erased }) => side === 'other' && !informedAt && !erased,
          )}
        />
        <CodeChoice of={props} name="how" label="staff.field.how" room="informed" codes={INFORMED_HOW} />
        <TextArea
          {...field('reason')}
          label={t('staff.field.exemption')}
          optional
          value={value('reason')}
          rows={2}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
  retrait: (props) => (
    <>
      <PartyChoice of={props} among={props.view.parties.filter(({ side, ended }) => side === 'other' && !ended)} />
      <CodeChoice
        of={props}
        name="withdrawnBy"
        label="staff.field.withdrawnBy"
        room="withdrawnBy"
        codes={WITHDRAWN_WAYS}
        row
      />
    </>
  ),
} satisfies Record<string, FieldsOf>;

/** Who said no, stopped or did not answer is asked again only after coming back (R29). */
function saidNo({ ended, agreement }: ActionPageProps['view']['parties'][number]): boolean {
  return ended || agreement === 'no' || agreement === 'withdrawn';
}

/** Item 4 of F3: one thing, one organisation, one purpose at a time; another one is another agreement. */
function Share({ of, needed = false }: { of: ActionPageProps; needed?: boolean }) {
  const { t, value, field } = typedOf(of);
  return (
    <>
      <OrganisationOf of={of} name="shareWith" label="staff.field.shareWith" optional={!needed} />
      <TextField
        {...field('shareWhat')}
        label={t('staff.field.shareWhat')}
        optional={!needed}
        value={value('shareWhat')}
      />
      <TextField
        {...field('shareFor')}
        label={t('staff.field.shareFor')}
        optional={!needed}
        value={value('shareFor')}
      />
    </>
  );
}

function OrganisationOf({
  of,
  name,
  label,
  optional = true,
}: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  optional?: boolean;
}) {
  const { t, value, field } = typedOf(of);
  return (
    <SelectField
      {...field(name)}
      label={t(label)}
      optional={optional}
      empty={t('staff.case.none')}
      value={value(name)}
      options={of.organisations.map(({ id, name: called }) => ({ value: id, label: called }))}
    />
  );
}

function LanguageOf(props: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  value: string | undefined;
  optional?: boolean;
}) {
  const { t, field } = typedOf(props.of);
  return (
    <SelectField
      {...field(props.name)}
      label={t(props.label)}
      optional={props.optional}
      empty={t('staff.case.none')}
      value={props.value}
      options={LANGUAGES.map((code) => ({ value: code, label: t(`request.language.${code}`) }))}
    />
  );
}

/** Codes that have their words on the public form. */
function CodesOfRequest(props: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  room: 'way' | 'precaution';
  codes: readonly string[];
  optional?: boolean;
}) {
  const { t, chosen, field } = typedOf(props.of);
  return (
    <Choice
      {...field(props.name)}
      kind="checkbox"
      row
      label={t(props.label)}
      optional={props.optional}
      chosen={chosen(props.name)}
      options={props.codes.map((code) => ({ value: code, label: t(`request.${props.room}.${code}` as MessageKey) }))}
    />
  );
}

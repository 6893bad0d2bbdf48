import type { Answers } from '../http/form-body.ts';
import type { PartyView } from '../parties/parties.query.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { SingleCheckbox } from '../ui/choice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ANSWER_LIMIT, NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { correctableParties } from './act-choices.ts';
import { CodesOfRequest, LanguageOf, OrganisationOf } from './listed-fields.tsx';
import { INFORMED_HOW, PARTY_KINDS, PRECAUTIONS, WAYS } from './party-acts.form.ts';
import type { CaseView } from './case-view.query.ts';
import { PartyChoice } from './party-choice.tsx';

export const PARTY_FIELDS = {
  ecrire: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <PartyChoice of={props} among={props.view.parties} />
        <TextArea
          {...field('message')}
          label={t('staff.field.message')}
          hint={t('staff.field.message.hint')}
          value={value('message')}
          limit={ANSWER_LIMIT}
        />
      </>
    );
  },
  partie: (props) => {
    const answers =
      props.answers['name'] === undefined ? { ...namedService(props.view), ...props.answers } : props.answers;
    return <PartyFields of={{ ...props, answers }} />;
  },
  coordonnees: (props) => {
    const others = correctableParties(props.view, 'other');
    const chosen =
      others.find(({ id }) => id === props.answers['party']) ?? (others.length === 1 ? others[0] : undefined);
    // As it stands, until somebody has typed otherwise.
    const answers =
      chosen && props.answers['name'] === undefined ? { ...asTyped(chosen), ...props.answers } : props.answers;
    return (
      <>
        <PartyChoice of={props} among={others} />
        <PartyFields of={{ ...props, answers }} />
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
} satisfies Record<string, FieldsOf>;

function PartyFields({ of }: { of: ActionPageProps }) {
  const { t, value, field } = typedOf(of);
  const text = (name: string, label: MessageKey, optional = true) => (
    <TextField {...field(name)} label={t(label)} optional={optional} value={value(name)} />
  );
  return (
    <>
      <CodeChoice of={of} name="kind" label="staff.field.partyKind" room="partyKind" codes={PARTY_KINDS} row />
      {text('name', 'staff.field.name', false)}
      <OrganisationOf of={of} name="organisation" label="staff.field.organisation" />
      {text('representative', 'staff.field.representative')}
      <CodesOfRequest of={of} name="contactWays" label="staff.field.contactWays" room="way" codes={WAYS} />
      {text('phone', 'staff.case.phone')}
      {text('email', 'staff.case.email')}
      {text('postalAddress', 'staff.case.post')}
      <CodesOfRequest
        of={of}
        name="precautions"
        label="staff.case.care"
        room="precaution"
        codes={PRECAUTIONS}
        optional
      />
      {text('contactHours', 'staff.field.contactHours')}
      <LanguageOf of={of} name="spokenLanguage" label="staff.case.language" value={value('spokenLanguage')} optional />
      <SingleCheckbox
        {...field('interpreter')}
        label={t('staff.field.interpreter')}
        checked={value('interpreter') === 'yes'}
      />
      <SingleCheckbox {...field('minor')} label={t('staff.field.minor')} checked={value('minor') === 'yes'} />
      {text('legalRepresentativeName', 'staff.field.legalRepresentativeName')}
    </>
  );
}

/** The service a resident named on the form, until somebody has typed otherwise. */
function namedService({ need, situation: { service } }: CaseView): Answers {
  const name = service.name ?? service.text;
  if (need !== 'service' || !name) return {};
  return { kind: 'institution', name, ...(service.organisationId ? { organisation: service.organisationId } : {}) };
}

/** A party as its form would have been filled. */
function asTyped(party: PartyView): Answers {
  const fields: Record<string, string | string[] | null | undefined> = {
    party: party.id,
    kind: party.kind,
    organisation: party.organisationId,
    name: party.name,
    representative: party.representative,
    contactWays: party.ways,
    phone: party.phone,
    email: party.email,
    postalAddress: party.postalAddress,
    precautions: party.precautions,
    contactHours: party.contactHours,
    spokenLanguage: party.spokenLanguage,
    interpreter: party.interpreter ? 'yes' : undefined,
    minor: party.minor ? 'yes' : undefined,
    legalRepresentativeName: party.legalRepresentative,
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

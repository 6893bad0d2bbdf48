import type { Answers } from '../http/form-body.ts';
import type { PartyView } from '../parties/parties.query.ts';
import { SingleCheckbox } from '../ui/choice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { ANSWER_LIMIT, NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { correctableParties } from './act-choices.ts';
import { ContactFields, contactAsTyped, TypedLine } from './contact-fields.tsx';
import { OrganisationOf } from './listed-fields.tsx';
import { INFORMED_HOW, PARTY_KINDS } from './party-acts.form.ts';
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
  return (
    <>
      <CodeChoice of={of} name="kind" label="staff.field.partyKind" room="partyKind" codes={PARTY_KINDS} row />
      <TypedLine of={of} name="name" label="staff.field.name" required />
      <OrganisationOf of={of} name="organisation" label="staff.field.organisation" />
      <TypedLine of={of} name="representative" label="staff.field.representative" />
      <ContactFields of={of} />
      <SingleCheckbox {...field('minor')} label={t('staff.field.minor')} checked={value('minor') === 'yes'} />
      <TypedLine of={of} name="legalRepresentativeName" label="staff.field.legalRepresentativeName" />
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
  return contactAsTyped(party, {
    party: party.id,
    kind: party.kind,
    organisation: party.organisationId,
    name: party.name,
    representative: party.representative,
    minor: party.minor ? 'yes' : undefined,
    legalRepresentativeName: party.legalRepresentative,
  });
}

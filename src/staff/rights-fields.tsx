import { TextArea } from '../ui/text-area.tsx';
import { Choice } from '../ui/choice.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { Answers } from '../http/form-body.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { ANSWER_LIMIT, NOTE_LIMIT } from './act.form.ts';
import { codeHolders, openRights, rightsToExtend } from './act-choices.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import type { CaseView } from './case-view.query.ts';
import { ContactFields, contactAsTyped, TypedLine } from './contact-fields.tsx';
import { nameIn, PartyChoice } from './party-choice.tsx';
import {
  CHECKS_WITHOUT_CODE,
  IDENTITY_CHECKS,
  REFUSAL_GROUNDS,
  RIGHTS,
  RIGHTS_REPLIES,
  TYPED_CHANNELS,
} from './rights-acts.form.ts';
import { RightLines } from './rights-card.tsx';

export const RIGHTS_FIELDS = {
  droit: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <PartyChoice of={props} among={props.view.parties.filter(({ erased }) => !erased)} />
        <CodeChoice of={props} name="right" label="staff.field.right" room="right" codes={RIGHTS} />
        <TextArea
          {...field('about')}
          label={t('staff.field.about')}
          hint={t('staff.field.about.hint')}
          value={value('about')}
          limit={NOTE_LIMIT}
          optional
        />
        <CodeChoice of={props} name="reply" label="staff.field.reply" room="reply" codes={RIGHTS_REPLIES} row />
        <CodeChoice of={props} name="channel" label="staff.field.channel" room="channel" codes={TYPED_CHANNELS} row />
        <CodeChoice
          of={props}
          name="identity"
          label="staff.field.identity"
          hint={t('staff.field.identity.hint')}
          room="identity"
          codes={IDENTITY_CHECKS}
        />
        <TextField
          {...field('receivedOn')}
          label={t('staff.field.receivedOn')}
          hint={t('staff.field.receivedOn.hint')}
          optional
          value={value('receivedOn')}
          width="medium"
        />
      </>
    );
  },
  'repondre-droit': (props) => {
    const { t, chosen, field } = typedOf(props);
    const erasable = [
      ...new Set(openRights(props.view).flatMap((asked) => (asked.right === 'erase' ? asked.mayErase : []))),
    ];
    return (
      <>
        <RightChoice of={props} />
        {erasable.length > 0 && (
          <Choice
            {...field('erase')}
            kind="checkbox"
            label={t('staff.field.erase')}
            hint={t('staff.field.erase.hint')}
            chosen={chosen('erase')}
            options={erasable.map((what) => ({ value: what, label: t(`staff.erase.${what}`) }))}
          />
        )}
        <Answer of={props} label="staff.field.rightsAnswer" />
      </>
    );
  },
  'refuser-droit': (props) => (
    <>
      <RightChoice of={props} />
      <CodeChoice of={props} name="ground" label="staff.field.ground" room="refusal" codes={REFUSAL_GROUNDS} />
      <Answer of={props} label="staff.field.refusalAnswer" />
    </>
  ),
  'prolonger-droit': (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <RightChoice of={props} among={rightsToExtend(props.view)} />
        <TextArea
          {...field('reason')}
          label={t('staff.field.extensionReason')}
          hint={t('staff.field.message.hint')}
          value={value('reason')}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
  'retirer-droit': (props) => <RightChoice of={props} />,
  'nouveau-code': (props) => {
    const { t } = props.frame;
    return (
      <>
        <input type="hidden" name="fresh" value={crypto.randomUUID()} />
        <PartyChoice of={props} among={codeHolders(props.view)} />
        <CodeChoice
          of={props}
          name="identity"
          label="staff.field.identity"
          hint={t('staff.field.identity.hint')}
          room="identity"
          codes={CHECKS_WITHOUT_CODE}
        />
      </>
    );
  },
  'coordonnees-personne': (props) => {
    const answers = props.answers['name'] === undefined ? { ...asStands(props.view), ...props.answers } : props.answers;
    const of = { ...props, answers };
    return (
      <>
        <TypedLine of={of} name="name" label="staff.case.firstName" required />
        <ContactFields of={of}>
          <TypedLine of={of} name="trustedPerson" label="staff.case.trusted" />
        </ContactFields>
      </>
    );
  },
} satisfies Record<string, FieldsOf>;

/** Which request is meant, each with all that was said; one that stands alone is chosen already. */
function RightChoice({ of, among = openRights(of.view) }: { of: ActionPageProps; among?: CaseView['rights'] }) {
  const { t, chosen, field } = typedOf(of);
  const name = nameIn(t, of.view);
  const only = among.length === 1 ? among.map(({ id }) => id) : undefined;
  // The command says no to one that has its answer; a question without an answer to choose helps nobody.
  const possible = among.length > 0 ? among : of.view.rights;
  return (
    <>
      {among.map((asked) => (
        <RightLines t={t} view={of.view} asked={asked} />
      ))}
      <Choice
        {...field('rights')}
        kind="radio"
        label={t('staff.field.rights')}
        chosen={only ?? chosen('rights')}
        options={possible.map(({ id, right, partyId, dueDay }) => ({
          value: id,
          label: t('staff.wait.about', { what: name(partyId), about: t(`staff.right.${right}`) }),
          hint: t('staff.rights.before', { day: t.longDate(dueDay) }),
        }))}
      />
    </>
  );
}

function Answer({ of, label }: { of: ActionPageProps; label: MessageKey }) {
  const { t, value, field } = typedOf(of);
  return (
    <TextArea
      {...field('answer')}
      label={t(label)}
      hint={t('staff.field.message.hint')}
      value={value('answer')}
      limit={ANSWER_LIMIT}
    />
  );
}

/** The contact as it stands, as its form would have been filled. */
function asStands({ identity, interpreter }: CaseView): Answers {
  return contactAsTyped(
    { ...identity, interpreter },
    { name: identity.firstName, trustedPerson: identity.trustedPerson },
  );
}

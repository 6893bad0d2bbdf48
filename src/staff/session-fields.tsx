import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import type { MessageKey } from '../i18n/catalogue.ts';
import { NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { partyName } from './party-choice.tsx';
import {
  CATEGORY_CODES,
  LENGTHS,
  LINK_KINDS,
  NOTE_MODES,
  PROGRESSES,
  REGISTERS,
  SESSION_MODES,
  TRAVEL,
} from './session-acts.form.ts';
import { TENSIONS } from './triage-acts.form.ts';
import { VisitSafety } from './visit-safety.tsx';

export const SESSION_FIELDS = {
  rencontre: (props) => (
    <>
      <VisitSafety t={props.frame.t} view={props.view} />
      <CodeChoice
        of={props}
        name="sessionMode"
        label="staff.field.sessionMode"
        room="sessionMode"
        codes={SESSION_MODES}
        row
      />
      <Parties of={props} name="parties" label="staff.field.parties" />
      <When of={props} />
      <Place of={props} />
    </>
  ),
  deplacer: (props) => (
    <>
      <VisitSafety t={props.frame.t} view={props.view} />
      <SessionChoice of={props} />
      <When of={props} />
      <Place of={props} />
    </>
  ),
  'annuler-rencontre': (props) => <SessionChoice of={props} />,
  absence: (props) => <SessionChoice of={props} />,
  note: (props) => {
    const { t, value, field } = typedOf(props);
    const text = (name: string, label: MessageKey) => (
      <TextField {...field(name)} label={t(label)} optional value={value(name)} />
    );
    return (
      <>
        <VisitSafety t={t} view={props.view} />
        <SessionChoice of={props} optional />
        <CodeChoice of={props} name="noteMode" label="staff.field.noteMode" room="noteMode" codes={NOTE_MODES} row />
        <When of={props} />
        <Minutes of={props} name="travel" label="staff.field.travel" lengths={TRAVEL} optional />
        <Parties of={props} name="present" label="staff.field.present" optional />
        <SingleCheckbox
          {...field('interpreter')}
          label={t('staff.field.interpreterThere')}
          checked={value('interpreter') === 'yes'}
        />
        <CodeChoice of={props} name="tensionBefore" label="staff.field.tensionBefore" room="tension" codes={TENSIONS} />
        <CodeChoice of={props} name="tensionAfter" label="staff.field.tensionAfter" room="tension" codes={TENSIONS} />
        <CodeChoice of={props} name="progress" label="staff.field.progress" room="progress" codes={PROGRESSES} row />
        <TextArea
          {...field('note')}
          label={t('staff.field.note')}
          hint={t('staff.field.note.hint')}
          optional
          value={value('note')}
          limit={NOTE_LIMIT}
        />
        <PromisedBy of={props} />
        {text('promised', 'staff.field.promised')}
        <DateField
          {...field('promisedFor')}
          label={t('staff.field.promisedFor')}
          optional
          value={value('promisedFor')}
        />
        <SelectField
          {...field('linkWith')}
          label={t('staff.field.linkWith')}
          optional
          empty={t('staff.case.none')}
          value={value('linkWith')}
          options={props.organisations.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <CodeChoice
          of={props}
          name="linkKind"
          label="staff.field.linkKind"
          room="linkKind"
          codes={LINK_KINDS}
          row
          optional
        />
        <CodeChoice
          of={props}
          name="registers"
          kind="checkbox"
          label="staff.field.registers"
          room="register"
          codes={REGISTERS}
          optional
        />
        <Choice
          {...field('topics')}
          kind="checkbox"
          row
          label={t('staff.field.topics')}
          optional
          chosen={typedOf(props).chosen('topics')}
          options={CATEGORY_CODES.map((code) => ({ value: code, label: t(`request.category.${code}`) }))}
        />
        <SingleCheckbox
          {...field('safetyAlert')}
          label={t('staff.field.safetyAlert')}
          checked={value('safetyAlert') === 'yes'}
        />
        {text('nextStep', 'staff.field.nextStep')}
        <DateField {...field('nextOn')} label={t('staff.field.nextOn')} optional value={value('nextOn')} />
      </>
    );
  },
  'confirmer-lien': (props) => {
    const { t, value, field } = typedOf(props);
    const open = props.view.meetings.links.filter(({ confirmedAt }) => confirmedAt === null);
    return (
      <SelectField
        {...field('link')}
        label={t('staff.field.link')}
        empty={t('staff.case.none')}
        value={value('link') ?? (open.length === 1 ? open[0]?.id : undefined)}
        options={open.map(({ id, organisation, kind, at }) => ({
          value: id,
          label: [organisation, t(`staff.linkKind.${kind}`), t.longDate(at)].join(' · '),
        }))}
      />
    );
  },
} satisfies Record<string, FieldsOf>;

function When({ of }: { of: ActionPageProps }) {
  const { t, value, field } = typedOf(of);
  return (
    <>
      <DateField {...field('day')} label={t('staff.field.day')} value={value('day')} />
      <TextField
        {...field('hour')}
        label={t('staff.field.hour')}
        hint={t('staff.field.hour.hint')}
        value={value('hour')}
        width="short"
      />
      <Minutes of={of} name="minutes" label="staff.field.minutes" lengths={LENGTHS} />
    </>
  );
}

function Minutes(props: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  lengths: readonly string[];
  optional?: boolean;
}) {
  const { t, value, field } = typedOf(props.of);
  return (
    <SelectField
      {...field(props.name)}
      label={t(props.label)}
      optional={props.optional}
      empty={t('staff.case.none')}
      value={value(props.name)}
      options={props.lengths.map((length) => ({ value: length, label: t('staff.minutes', { count: Number(length) }) }))}
    />
  );
}

function Place({ of }: { of: ActionPageProps }) {
  const { t, value, field } = typedOf(of);
  return (
    <TextField
      {...field('place')}
      label={t('staff.field.place')}
      hint={t('staff.field.place.hint')}
      value={value('place')}
    />
  );
}

function Parties(props: { of: ActionPageProps; name: string; label: MessageKey; optional?: boolean }) {
  const { t, chosen, field } = typedOf(props.of);
  const { parties, identity } = props.of.view;
  return (
    <Choice
      {...field(props.name)}
      kind="checkbox"
      label={t(props.label)}
      optional={props.optional}
      chosen={chosen(props.name)}
      options={parties
        .filter(({ ended }) => !ended)
        .map((party) => ({ value: party.id, label: partyName(t, party, identity.firstName) }))}
    />
  );
}

function PromisedBy({ of }: { of: ActionPageProps }) {
  const { t, value, field } = typedOf(of);
  return (
    <SelectField
      {...field('promisedBy')}
      label={t('staff.field.promisedBy')}
      optional
      empty={t('staff.case.none')}
      value={value('promisedBy')}
      options={of.view.parties
        .filter(({ ended }) => !ended)
        .map((party) => ({ value: party.id, label: partyName(t, party, of.view.identity.firstName) }))}
    />
  );
}

function SessionChoice({ of, optional }: { of: ActionPageProps; optional?: boolean }) {
  const { t, value, field } = typedOf(of);
  const planned = of.view.meetings.sessions.filter(({ state }) => state === 'planned');
  return (
    <SelectField
      {...field('session')}
      label={t('staff.field.session')}
      optional={optional}
      empty={t('staff.case.none')}
      value={value('session') ?? (planned.length === 1 ? planned[0]?.id : undefined)}
      options={planned.map(({ id, startsAt }) => ({ value: id, label: t.dateTime(startsAt) }))}
    />
  );
}

import type { MessageKey } from '../i18n/catalogue.ts';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import { type ActionPageProps, typedOf } from './act-fields.tsx';
import { plannedSessions } from './act-choices.ts';
import { partyName } from './party-choice.tsx';

// Fields that planning a session and noting one have in common.

/** The day and hour of a session or of a note; those of the session that was chosen stand there already. */
export function DayAndHour({ of }: { of: ActionPageProps }) {
  const { t, value, field } = typedOf(of);
  const session = chosenSession(of);
  return (
    <>
      <DateField
        {...field('day')}
        label={t('staff.field.day')}
        value={value('day') ?? (session && t.longDateYear(session.startsAt))}
      />
      <TextField
        {...field('hour')}
        label={t('staff.field.hour')}
        hint={t('staff.field.hour.hint')}
        value={value('hour') ?? (session && t.hour(session.startsAt))}
        width="short"
      />
    </>
  );
}

export function Minutes(props: {
  of: ActionPageProps;
  name: string;
  label: MessageKey;
  lengths: readonly string[];
  optional?: boolean;
  known?: string | undefined;
}) {
  const { t, value, field } = typedOf(props.of);
  return (
    <SelectField
      {...field(props.name)}
      label={t(props.label)}
      optional={props.optional}
      empty={t('staff.case.none')}
      value={value(props.name) ?? props.known}
      options={props.lengths.map((length) => ({ value: length, label: t('staff.minutes', { count: Number(length) }) }))}
    />
  );
}

export function Parties(props: { of: ActionPageProps; name: string; label: MessageKey; optional?: boolean }) {
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

/** The planned session an act is about; `begun`: those whose hour has come. Nothing is chosen for anybody; a link of the case page chooses. */
export function SessionChoice({
  of,
  begun,
  optional,
  hint,
}: {
  of: ActionPageProps;
  begun?: boolean;
  optional?: boolean;
  hint?: string;
}) {
  const { t, value, field } = typedOf(of);
  return (
    <SelectField
      {...field('session')}
      label={t('staff.field.session')}
      hint={hint}
      optional={optional}
      empty={t('staff.case.none')}
      value={value('session')}
      options={plannedSessions(of.view, begun === true).map(({ id, startsAt }) => ({
        value: id,
        label: t.dateTime(startsAt),
      }))}
    />
  );
}

/** What the page was opened about, as long as nothing was typed over it. */
export function chosenSession(of: ActionPageProps) {
  const { value } = typedOf(of);
  return plannedSessions(of.view, false).find(({ id }) => id === value('session'));
}

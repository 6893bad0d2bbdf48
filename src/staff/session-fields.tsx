import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { NoteFields } from './note-fields.tsx';
import { LENGTHS, SESSION_MODES } from './session-acts.form.ts';
import { chosenSession, DayAndHour, Minutes, Parties, SessionChoice } from './session-parts.tsx';
import { VisitSafety } from './visit-safety.tsx';

export const SESSION_FIELDS = {
  rencontre: (props) => (
    <>
      <VisitSafety t={props.frame.t} view={props.view} />
      {props.view.suspended && <p class="hint">{typedOf(props).t('staff.session.planInPause')}</p>}
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
      <SessionChoice of={props} hint={typedOf(props).t('staff.field.movedSession.hint')} />
      <When of={props} />
      <Place of={props} />
    </>
  ),
  'annuler-rencontre': (props) => <SessionChoice of={props} />,
  absence: (props) => <SessionChoice of={props} begun />,
  note: (props) => <NoteFields of={props} />,
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
  const session = chosenSession(of);
  return (
    <>
      <DayAndHour of={of} />
      <Minutes
        of={of}
        name="minutes"
        label="staff.field.minutes"
        lengths={LENGTHS}
        known={session && String((session.endsAt.getTime() - session.startsAt.getTime()) / 60_000)}
      />
    </>
  );
}

function Place({ of }: { of: ActionPageProps }) {
  const { t, value, field } = typedOf(of);
  return (
    <TextField
      {...field('place')}
      label={t('staff.field.place')}
      hint={t('staff.field.place.hint')}
      value={value('place') ?? chosenSession(of)?.place}
    />
  );
}

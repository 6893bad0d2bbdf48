import type { Child } from 'hono/jsx';
import type { MessageKey } from '../i18n/catalogue.ts';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { Fold } from '../ui/fold.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, typedOf } from './act-fields.tsx';
import { ACTION_KINDS, CATEGORY_CODES, NOTE_MODES, PROGRESSES, REGISTERS, TRAVEL } from './note-act.form.ts';
import { CommitmentRows, LinkRows } from './note-rows-fields.tsx';
import { chosenSession, DayAndHour, Minutes, Parties, SessionChoice } from './session-parts.tsx';
import { TENSIONS } from './triage-acts.form.ts';
import { VisitSafety } from './visit-safety.tsx';

/** F4, the note of a meeting or of a talk. The first button is the form's own: Enter saves, it does not add a line. */
export function NoteFields({ of }: { of: ActionPageProps }) {
  const { t, value, field } = typedOf(of);
  const session = chosenSession(of);
  const codes = (name: string, label: MessageKey, room: string, of_: readonly string[]) => (
    <CodeChoice of={of} name={name} label={label} room={room} codes={of_} row />
  );
  return (
    <>
      <button class="spoken" type="submit" tabindex={-1} aria-hidden="true" />
      <VisitSafety t={t} view={of.view} />
      <SessionChoice of={of} begun optional hint={t('staff.field.session.hint')} />
      {codes('noteMode', 'staff.field.noteMode', 'noteMode', NOTE_MODES)}
      <DayAndHour of={of} />
      <TextField
        {...field('minutes')}
        label={t('staff.field.minutes')}
        hint={t('staff.field.noteMinutes.hint')}
        value={value('minutes') ?? (session && String(lengthOf(session)))}
        inputmode="numeric"
        width="short"
      />
      <Parties of={of} name="present" label="staff.field.present" optional />
      <Part of={of} title="staff.note.around" names={AROUND}>
        <WhoElse of={of} />
      </Part>
      {codes('tensionBefore', 'staff.field.tensionBefore', 'tension', TENSIONS)}
      {codes('tensionAfter', 'staff.field.tensionAfter', 'tension', TENSIONS)}
      {codes('progress', 'staff.field.progress', 'progress', PROGRESSES)}
      <TextArea
        {...field('note')}
        label={t('staff.field.note')}
        hint={t('staff.field.note.hint')}
        optional
        value={value('note')}
        limit={NOTE_LIMIT}
      />
      <Part of={of} title="staff.rows.promised" names={['promised']}>
        <CommitmentRows of={of} />
      </Part>
      <Part of={of} title="staff.rows.link" names={['link']}>
        <LinkRows of={of} />
      </Part>
      <Part of={of} title="staff.note.about" names={ABOUT}>
        <WhatAbout of={of} />
      </Part>
      <SingleCheckbox
        {...field('safetyAlert')}
        label={t('staff.field.safetyAlert')}
        checked={value('safetyAlert') === 'yes'}
      />
      <TextField {...field('nextStep')} label={t('staff.field.nextStep')} optional value={value('nextStep')} />
      <DateField
        {...field('nextOn')}
        label={t('staff.field.nextOn')}
        hint={t('staff.field.nextOn.hint')}
        optional
        value={value('nextOn')}
      />
      {of.view.state !== 'evaluation' && (
        <SingleCheckbox
          {...field('askPartner')}
          label={t('staff.field.askPartner')}
          checked={value('askPartner') === 'yes'}
        />
      )}
    </>
  );
}

/** What a talk on the telephone leaves empty: folded, so that its note is a short form on a phone (F4). */
const AROUND = ['travel', 'second', 'participants', 'actionKind', 'interpreter'] as const;
const ABOUT = ['registers', 'topics'] as const;

/** A folded part of the note; it stands open once one of its fields holds something, is wrong, or is to have one more line. */
function Part(props: { of: ActionPageProps; title: MessageKey; names: readonly string[]; children: Child }) {
  const { answers, errors } = props.of;
  const { t } = typedOf(props.of);
  const within = (name: string) => props.names.some((start) => name.startsWith(start));
  const filled = Object.entries(answers).some(([name, typed]) => within(name) && typed?.length);
  const open = filled || Object.keys(errors).some(within) || within(String(answers['more'] ?? ''));
  return (
    <Fold title={t(props.title)} note={t('ui.optional')} open={open}>
      {props.children}
    </Fold>
  );
}

function WhoElse({ of }: { of: ActionPageProps }) {
  const { t, value, field } = typedOf(of);
  return (
    <>
      <Minutes of={of} name="travel" label="staff.field.travel" lengths={TRAVEL} optional />
      <SelectField
        {...field('second')}
        label={t('staff.field.secondThere')}
        optional
        empty={t('staff.case.none')}
        value={value('second')}
        options={of.mediators.filter(({ id }) => id !== of.by).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField
        {...field('participants')}
        label={t('staff.field.participants')}
        hint={t('staff.field.participants.hint')}
        optional
        value={value('participants')}
        inputmode="numeric"
        width="short"
      />
      <CodeChoice
        of={of}
        name="actionKind"
        label="staff.field.actionKind"
        room="actionKind"
        codes={ACTION_KINDS}
        row
        optional
      />
      <SingleCheckbox
        {...field('interpreter')}
        label={t('staff.field.interpreterThere')}
        checked={value('interpreter') === 'yes'}
      />
    </>
  );
}

function WhatAbout({ of }: { of: ActionPageProps }) {
  const { t, chosen, field } = typedOf(of);
  return (
    <>
      <CodeChoice
        of={of}
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
        chosen={chosen('topics')}
        options={CATEGORY_CODES.map((code) => ({ value: code, label: t(`request.category.${code}`) }))}
      />
    </>
  );
}

function lengthOf({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): number {
  return (endsAt.getTime() - startsAt.getTime()) / 60_000;
}

import { CONTACT_WAYS_TRIED } from '../cases/note-contact.command.ts';
import { TextArea } from '../ui/text-area.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { plannedSessions } from './case-actions.ts';
import { ASSIGNMENT_FIELDS } from './assignment-fields.tsx';
import { CHECK_KINDS, KEPT, NEXT, RESULTS, SCORES, SITUATIONS, SUSPENSION_REASONS } from './course-acts.form.ts';
import { PartyChoice } from './party-choice.tsx';
import { TENSIONS } from './triage-acts.form.ts';

export const COURSE_FIELDS = {
  suivi: (props) => {
    const { t, value, field } = typedOf(props);
    if (props.view.state === 'support') return <p>{t('staff.then.do.suivi')}</p>;
    return (
      <>
        <CodeChoice of={props} name="result" label="staff.field.result" room="outcome" codes={RESULTS} />
        <TextArea
          {...field('agreedText')}
          label={t('staff.field.agreedText')}
          hint={t('staff.field.agreedText.hint')}
          optional
          value={value('agreedText')}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
  nouvelles: (props) => {
    const { t, value, field } = typedOf(props);
    const due = CHECK_KINDS.filter((kind) => props.view.waits.some((wait) => wait.kind === `check_${kind}`));
    return (
      <>
        <CodeChoice
          of={props}
          name="check"
          label="staff.field.check"
          room="check"
          codes={due.length > 0 ? due : CHECK_KINDS}
        />
        <PartyChoice of={props} among={props.view.parties.filter(({ ended }) => !ended)} optional />
        <CodeChoice of={props} name="way" label="staff.field.way" room="way" codes={CONTACT_WAYS_TRIED} row />
        <CodeChoice of={props} name="reached" label="staff.field.reached" room="says" codes={['yes', 'no']} row />
        <CodeChoice
          of={props}
          name="situation"
          label="staff.field.situation"
          room="situation"
          codes={SITUATIONS}
          row
          optional
        />
        <CodeChoice of={props} name="kept" label="staff.field.kept" room="kept" codes={KEPT} row optional />
        <SelectField
          {...field('score')}
          label={t('staff.field.score')}
          optional
          empty={t('staff.case.none')}
          value={value('score')}
          options={SCORES.map((score) => ({ value: score, label: score }))}
        />
        <CodeChoice of={props} name="tension" label="staff.field.tension" room="tension" codes={TENSIONS} optional />
        <TextArea
          {...field('newNeed')}
          label={t('staff.field.newNeed')}
          hint={t('staff.field.note.hint')}
          optional
          value={value('newNeed')}
          rows={2}
          limit={NOTE_LIMIT}
        />
        <CodeChoice of={props} name="next" label="staff.field.next" room="next" codes={NEXT} />
      </>
    );
  },
  pause: (props) => {
    const { value, field, t } = typedOf(props);
    const planned = plannedSessions(props.view, false).map(({ startsAt }) => t.dateTime(startsAt));
    return (
      <>
        {planned.length > 0 && <p class="hint">{t('staff.session.keptInPause', { dates: planned.join(', ') })}</p>}
        <CodeChoice
          of={props}
          name="pauseReason"
          label="staff.field.pauseReason"
          room="pauseReason"
          codes={SUSPENSION_REASONS}
        />
        <DateField
          {...field('until')}
          label={t('staff.field.until')}
          hint={t('staff.field.until.hint')}
          value={value('until')}
        />
      </>
    );
  },
  reaffecter: ASSIGNMENT_FIELDS.affecter,
  regrouper: (props) => {
    const { value, field, t } = typedOf(props);
    return (
      <TextField
        {...field('into')}
        label={t('staff.field.into')}
        hint={t('staff.field.into.hint')}
        value={value('into')}
        width="medium"
      />
    );
  },
} satisfies Record<string, FieldsOf>;

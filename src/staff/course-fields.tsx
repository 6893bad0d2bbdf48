import { CONTACT_WAYS_TRIED } from '../cases/note-contact.command.ts';
import { askedForNews } from '../followup/note-check.command.ts';
import { SingleCheckbox } from '../ui/choice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { plannedSessions } from './act-choices.ts';
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
    const { begunChecks: begun, parties } = props.view;
    return (
      <>
        <CodeChoice
          of={props}
          name="check"
          label="staff.field.check"
          room="check"
          codes={begun.length > 0 ? begun : CHECK_KINDS}
        />
        <PartyChoice
          of={props}
          among={askedForNews(parties)}
          label={t('staff.field.newsParty')}
          hint={t('staff.field.newsParty.hint')}
        />
        <DateField
          {...field('day')}
          label={t('staff.field.newsDay')}
          hint={t('staff.field.newsDay.hint')}
          optional
          value={value('day')}
        />
        <CodeChoice of={props} name="way" label="staff.field.way" room="way" codes={CONTACT_WAYS_TRIED} row />
        <CodeChoice of={props} name="reached" label="staff.field.reached" room="says" codes={['yes', 'no']} row />
        <SingleCheckbox {...field('givesUp')} label={t('staff.field.givesUp')} checked={value('givesUp') === 'yes'} />
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

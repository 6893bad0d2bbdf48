import { outcomesFor } from '../cases/case-outcome.ts';
import { EXTENSIONS } from '../cases/extend-wait.command.ts';
import { Choice } from '../ui/choice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { mailsToResend, tasksToFinish } from './case-actions.ts';
import { mailName } from './sent-mail.ts';
import { waitName } from './wait-name.ts';

export const CLOSING_FIELDS = {
  clore: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <CodeChoice
          of={props}
          name="outcome"
          label="staff.field.outcome"
          room="outcome"
          codes={outcomesFor(props.view.state)}
        />
        <TextField
          {...field('target')}
          label={t('staff.field.closingTarget')}
          hint={t('staff.field.closingTarget.hint')}
          optional
          value={value('target')}
        />
        <TextArea {...field('reason')} label={t('staff.field.reason')} value={value('reason')} limit={NOTE_LIMIT} />
      </>
    );
  },
  corriger: (props) => {
    const { t, value, field } = typedOf(props);
    return <TextArea {...field('reason')} label={t('staff.field.reason')} value={value('reason')} limit={NOTE_LIMIT} />;
  },
  prolonger: (props) => {
    const { t, chosen, field } = typedOf(props);
    return (
        <Choice {...field('days')} kind="radio" label={t('staff.field.days')} chosen={chosen('days')}
          options={EXTENSIONS.map((days) => ({ value: days, label: t('staff.extension', { days: Number(days) }) }))} />
      ); // prettier-ignore
  },
  courriel: (props) => {
    const { t, chosen, field } = typedOf(props);
    const { view } = props;
    return (
        <Choice {...field('mail')} kind="radio" label={t('staff.field.mail')} hint={t('staff.field.mail.hint')} chosen={chosen('mail')}
          options={mailsToResend(view).map((wait) => ({ value: wait.mailId, label: mailName(t, wait.reason) ?? t('staff.wait.task_mail_uncertain'), hint: t.longDate(wait.dueDay) }))} />
      ); // prettier-ignore
  },
  tache: (props) => {
    const { t, chosen, field } = typedOf(props);
    const { view } = props;
    return (
        <Choice {...field('task')} kind="radio" label={t('staff.todo.title')} chosen={chosen('task')}
          options={tasksToFinish(view).map((wait) => ({ value: wait.id, label: waitName(t, wait), hint: t.longDate(wait.dueDay) }))} />
      ); // prettier-ignore
  },
} satisfies Record<string, FieldsOf>;

import type { Child } from 'hono/jsx';
import { DECLINE_REASONS } from '../cases/answer-assignment.command.ts';
import { PROPOSABLE_OUTCOMES } from '../cases/case-outcome.ts';
import { EXTENSIONS } from '../cases/extend-wait.command.ts';
import { CONTACT_WAYS_TRIED } from '../cases/note-contact.command.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import {
  ANSWER_LIMIT,
  COMPLEXITIES,
  DECISIONS,
  DOMAINS,
  type Fault,
  type Faults,
  limitOf,
  MOTIVES,
  NOTE_LIMIT,
  TENSIONS,
} from './case-action.form.ts';
import { mailName } from './sent-mail.ts';
import type { Answers } from '../http/form-body.ts';
import { type ActionSlug, mailsToResend, tasksToFinish } from './case-actions.ts';
import type { CaseView } from './case-view.query.ts';
import type { MediatorChoice } from './mediators.query.ts';
import type { StaffFrame } from './staff-frame.tsx';

/** One act of one case, with what was typed and what is wrong with it. */
export type ActionPageProps = {
  frame: StaffFrame;
  slug: ActionSlug;
  view: CaseView;
  /** Who opened the page: a page left open by somebody else acts for nobody (B-54). */
  by: string;
  /** The id of this form: a second click is answered like the first. */
  form: string;
  answers: Answers;
  errors: Faults;
  refusal?: string | undefined;
  mediators: readonly MediatorChoice[];
  quarters: readonly { code: string; name: string }[];
};

/** What a person reads beside a field that is wrong. */
export function faultText(t: Translate, field: string, fault: Fault): string {
  return t(`staff.${fault}`, { limit: limitOf(field) });
}

/** The fields of one act, with what was typed. */
export function ActionFields({ frame, slug, answers, errors, mediators, quarters, view }: ActionPageProps): Child {
  const { t } = frame;
  const value = (name: string) => {
    const typed = answers[name];
    return typeof typed === 'string' ? typed : undefined;
  };
  const field = (name: string) => {
    const error = errors[name];
    return { t, name, error: error && faultText(t, name, error) };
  };
  const chosen = (name: string) => [value(name) ?? ''];
  const radios = (name: string, label: MessageKey, room: string, codes: readonly string[], row = false) => (
    // Every code of these closed lists has its label in the catalogue.
    <Choice
      {...field(name)}
      kind="radio"
      row={row}
      label={t(label)}
      chosen={chosen(name)}
      options={codes.map((code) => ({ value: code, label: t(`staff.${room}.${code}` as MessageKey) }))}
    />
  );
  switch (slug) {
    case 'question':
      return (
        <TextArea
          {...field('question')}
          label={t('staff.field.question')}
          value={value('question')}
          limit={NOTE_LIMIT}
        />
      );
    case 'reorienter':
      return (
        <>
          {radios('motive', 'staff.field.motive', 'motive', MOTIVES)}
          <TextField {...field('target')} label={t('staff.field.target')} value={value('target')} />
        </>
      );
    case 'accepter':
      return (
        <>
          {radios('domain', 'staff.field.domain', 'domain', DOMAINS, true)}
          {radios('complexity', 'staff.field.complexity', 'complexity', COMPLEXITIES, true)}
          {radios('tension', 'staff.field.tension', 'tension', TENSIONS)}
          {(view.quarter === null || errors['quarter']) && (
            <SelectField
              {...field('quarter')}
              label={t('staff.field.quarter')}
              optional
              empty={t('staff.case.none')}
              value={value('quarter')}
              options={quarters.map(({ code, name }) => ({ value: code, label: name }))}
            />
          )}
        </>
      );
    case 'affecter': {
      const options = mediators.map((mediator) => ({
        value: mediator.id,
        label: mediator.name,
        hint: `${t(mediator.qualified ? 'staff.mediator.qualified' : 'staff.mediator.notQualified')}, ${t('staff.mediator.load', { count: mediator.load })}`,
      }));
      return (
        <>
          <Choice
            {...field('mediator')}
            kind="radio"
            label={t('staff.field.mediator')}
            chosen={chosen('mediator')}
            options={options}
          />
          <SelectField
            {...field('second')}
            label={t('staff.field.second')}
            optional
            empty={t('staff.case.none')}
            value={value('second')}
            options={options.map(({ value: id, label }) => ({ value: id, label }))}
          />
          <TextArea
            {...field('override')}
            label={t('staff.field.override')}
            optional
            value={value('override')}
            rows={2}
            limit={NOTE_LIMIT}
          />
        </>
      );
    }
    case 'decliner':
      return radios('decline', 'staff.field.decline', 'decline', DECLINE_REASONS);
    case 'contact':
      return (
        <>
          {radios('way', 'staff.field.way', 'way', CONTACT_WAYS_TRIED, true)}
          <Choice
            {...field('reached')}
            kind="radio"
            row
            label={t('staff.field.reached')}
            chosen={chosen('reached')}
            options={[
              { value: 'yes', label: t('staff.yes') },
              { value: 'no', label: t('staff.no') },
            ]}
          />
          <TextArea
            {...field('note')}
            label={t('staff.field.note')}
            hint={t('staff.field.note.hint')}
            optional
            value={value('note')}
            limit={NOTE_LIMIT}
          />
        </>
      );
    case 'clore':
      return (
        <>
          {radios('outcome', 'staff.field.outcome', 'outcome', PROPOSABLE_OUTCOMES)}
          <TextArea {...field('reason')} label={t('staff.field.reason')} value={value('reason')} limit={NOTE_LIMIT} />
        </>
      );
    case 'decision':
      return (
        <>
          {radios('decision', 'staff.field.decision', 'decision', DECISIONS)}
          <TextArea {...field('reason')} label={t('staff.field.reason')} value={value('reason')} limit={NOTE_LIMIT} />
        </>
      );
    case 'corriger':
      return (
        <TextArea {...field('reason')} label={t('staff.field.reason')} value={value('reason')} limit={NOTE_LIMIT} />
      );
    case 'reponse':
      return (
        <TextArea
          {...field('answer')}
          label={t('staff.field.answer')}
          hint={t('staff.field.answer.hint')}
          value={value('answer')}
          limit={ANSWER_LIMIT}
        />
      );
    case 'prolonger':
      return (
        <Choice {...field('days')} kind="radio" label={t('staff.field.days')} chosen={chosen('days')}
          options={EXTENSIONS.map((days) => ({ value: days, label: t('staff.extension', { days: Number(days) }) }))} />
      ); // prettier-ignore
    case 'courriel':
      return (
        <Choice {...field('mail')} kind="radio" label={t('staff.field.mail')} hint={t('staff.field.mail.hint')} chosen={chosen('mail')}
          options={mailsToResend(view).map((wait) => ({ value: wait.mailId, label: mailName(t, wait.reason) ?? t('staff.wait.task_mail_uncertain'), hint: t.longDate(wait.dueDay) }))} />
      ); // prettier-ignore
    case 'tache':
      return (
        <Choice {...field('task')} kind="radio" label={t('staff.todo.title')} chosen={chosen('task')}
          options={tasksToFinish(view).map((wait) => ({ value: wait.id, label: t(`staff.wait.${wait.kind}` as MessageKey), hint: t.longDate(wait.dueDay) }))} />
      ); // prettier-ignore
    case 'lire':
    case 'prendre':
    case 'valider':
    case 'renvoyer':
    case 'arreter':
    case 'danger':
      return null;
  }
}

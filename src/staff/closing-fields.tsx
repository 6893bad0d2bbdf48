import { outcomesFor } from '../cases/case-outcome.ts';
import { EXTENSIONS } from '../cases/extend-wait.command.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import type { PartyView } from '../parties/parties.query.ts';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { mailsToResend, tasksToFinish } from './act-choices.ts';
import { markOf, RELATIONS, SCORES, TENSIONS_KNOWN_OR_NOT } from './closing-acts.form.ts';
import { partyName } from './party-choice.tsx';
import { mailName } from './sent-mail.ts';
import { waitNameOn } from './wait-name.ts';

/** How one side stands with the other when the case ends (R10, R16): nothing is said where nothing is known. */
function PartyNow({ of, party, first }: { of: ActionPageProps; party: PartyView; first: boolean }) {
  const { t, chosen, field } = typedOf(of);
  const name = partyName(t, party, of.view.identity.firstName);
  const list = (sentAs: 'relations' | 'scores', label: MessageKey, options: { code: string; label: string }[]) => {
    const values = options.map((option) => ({ value: markOf(party.id, option.code), label: option.label }));
    return (
      <SelectField
        {...field(sentAs)}
        // The summary of errors leads to the first.
        name={first ? sentAs : `${sentAs}-${party.id}`}
        sentAs={sentAs}
        label={t(label, { name })}
        optional
        empty={t('staff.dontKnow')}
        value={chosen(sentAs).find((said) => values.some(({ value }) => value === said))}
        options={values}
      />
    );
  };
  return (
    <>
      {list(
        'relations',
        'staff.field.relationNow',
        RELATIONS.map((code) => ({ code, label: t(`request.relation.${code}`) })),
      )}
      {list(
        'scores',
        'staff.field.scoreNow',
        SCORES.map((code) => ({ code, label: code })),
      )}
    </>
  );
}

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
        {props.view.parties
          .filter(({ ended }) => !ended)
          .map((party, index) => (
            <PartyNow of={props} party={party} first={index === 0} />
          ))}
        <CodeChoice
          of={props}
          name="tension"
          label="staff.field.tensionNow"
          room="tension"
          codes={TENSIONS_KNOWN_OR_NOT}
          optional
        />
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
          options={tasksToFinish(view).map((wait) => ({ value: wait.id, label: waitNameOn(t, view, wait), hint: t.longDate(wait.dueDay) }))} />
      ); // prettier-ignore
  },
} satisfies Record<string, FieldsOf>;

import type { MessageKey } from '../i18n/catalogue.ts';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { columnsToWrite } from './act-choices.ts';
import { EVALUATED, marksFor, NEEDED } from './evaluation-acts.form.ts';
import { PartyChoice } from './party-choice.tsx';
import { WorkCard } from './work-card.tsx';

export const EVALUATION_FIELDS = {
  bilan: (props) => {
    const { t, value, field } = typedOf(props);
    const note = (name: string, label: MessageKey) => (
      <TextArea {...field(name)} label={t(label)} optional rows={3} value={value(name)} limit={NOTE_LIMIT} />
    );
    return (
      <>
        <WorkCard t={t} view={props.view} />
        <Column of={props} />
        {EVALUATED.map((what) => (
          <CodeChoice of={props} name={what} label={`staff.evaluated.${what}`} room="mark" codes={marksFor(what)} row />
        ))}
        <TextField
          {...field('hoursSpent')}
          label={t('staff.field.hoursSpent')}
          optional
          value={value('hoursSpent')}
          inputmode="numeric"
          width="short"
        />
        <SelectField
          {...field('mediatorsNeeded')}
          label={t('staff.field.mediatorsNeeded')}
          optional
          empty={t('staff.case.none')}
          value={value('mediatorsNeeded')}
          options={NEEDED.map((number) => ({ value: number, label: number.replace('.', ',') }))}
        />
        {note('lesson', 'staff.field.lesson')}
        {note('trainingNeed', 'staff.field.trainingNeed')}
      </>
    );
  },
  conclusion: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <WorkCard t={t} view={props.view} />
        <DateField
          {...field('metOn')}
          label={t('staff.field.metOn')}
          hint={t('staff.field.metOn.hint')}
          value={value('metOn')}
        />
        <TextArea
          {...field('conclusion')}
          label={t('staff.field.conclusion')}
          value={value('conclusion')}
          limit={NOTE_LIMIT}
        />
        <TextArea
          {...field('workActions')}
          label={t('staff.field.workActions')}
          optional
          rows={3}
          value={value('workActions')}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
  'avis-papier': (props) => {
    const { parties, opinionsAsked } = props.view;
    const asked = parties.filter(({ id }) => opinionsAsked.some(({ partyId }) => partyId === id));
    return (
      <>
        <p>{props.frame.t('evaluation.paper.gives')}</p>
        <PartyChoice of={props} among={asked} />
      </>
    );
  },
  'confirmer-bilan': ({ frame, view }) => (
    <>
      <WorkCard t={frame.t} view={view} />
      <p>{frame.t('followup.work.confirm')}</p>
    </>
  ),
} satisfies Record<string, FieldsOf>;

/** Whose column is written: said where there is one, asked of whoever may write both. */
function Column({ of }: { of: ActionPageProps }) {
  const { t, chosen, field } = typedOf(of);
  const [first, ...others] = columnsToWrite(of.view);
  if (first && others.length === 0 && !of.errors['column'])
    return (
      <>
        <p>{t('followup.work.yourColumn', { column: t(`staff.column.${first}`) })}</p>
        <input type="hidden" name="column" value={first} />
      </>
    );
  return (
    <Choice
      {...field('column')}
      kind="radio"
      row
      label={t('staff.field.column')}
      hint={t('staff.field.column.hint')}
      chosen={chosen('column')}
      options={(['mediator', 'leader'] as const).map((side) => ({ value: side, label: t(`staff.column.${side}`) }))}
    />
  );
}

import type { MessageKey } from '../i18n/catalogue.ts';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { EVALUATED, MARKS, NEEDED } from './evaluation-acts.form.ts';

export const EVALUATION_FIELDS = {
  bilan: (props) => {
    const { t, value, field } = typedOf(props);
    const note = (name: string, label: MessageKey) => (
      <TextArea {...field(name)} label={t(label)} optional rows={3} value={value(name)} limit={NOTE_LIMIT} />
    );
    return (
      <>
        {EVALUATED.map((what) => (
          <CodeChoice of={props} name={what} label={`staff.evaluated.${what}`} room="mark" codes={MARKS} row optional />
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
        {(props.view.led || props.errors['conclusion']) && note('conclusion', 'staff.field.conclusion')}
      </>
    );
  },
} satisfies Record<string, FieldsOf>;

import { NATURES } from '../requests/request-choices.ts';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ANSWER_LIMIT, NOTE_LIMIT } from './act.form.ts';
import { CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { COMPLEXITIES, DOMAINS, MOTIVES, TENSIONS } from './triage-acts.form.ts';

export const TRIAGE_FIELDS = {
  question: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <TextArea {...field('question')} label={t('staff.field.question')} value={value('question')} limit={NOTE_LIMIT} />
    );
  },
  reponse: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <TextArea
        {...field('answer')}
        label={t('staff.field.answer')}
        hint={t('staff.field.answer.hint')}
        value={value('answer')}
        limit={ANSWER_LIMIT}
      />
    );
  },
  reorienter: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <CodeChoice of={props} name="motive" label="staff.field.motive" room="motive" codes={MOTIVES} />
        <TextField {...field('target')} label={t('staff.field.target')} value={value('target')} />
      </>
    );
  },
  accepter: (props) => {
    const { t, value, field } = typedOf(props);
    const { view, quarters, errors } = props;
    const isSent = 'by' in props.answers;
    // What an organisation said stands there to be put right; what was unticked stays so.
    const known = {
      ...(view.domain ? { domain: view.domain } : {}),
      ...(isSent ? {} : { natures: view.situation.natures }),
    };
    const suggested = { ...props, answers: { ...known, ...props.answers } };
    return (
      <>
        <CodeChoice of={suggested} name="domain" label="staff.field.domain" room="domain" codes={DOMAINS} row />
        <CodeChoice
          of={props}
          name="complexity"
          label="staff.field.complexity"
          room="complexity"
          codes={COMPLEXITIES}
          row
        />
        <Choice
          {...field('natures')}
          kind="checkbox"
          optional
          label={t('referrals.natures')}
          hint={t('referrals.natures.hint')}
          chosen={typedOf(suggested).chosen('natures')}
          options={NATURES.map((code) => ({ value: code, label: t(`referrals.nature.${code}`) }))}
        />
        <SingleCheckbox
          {...field('preventive')}
          label={t('staff.field.preventive')}
          checked={value('preventive') === 'yes'}
        />
        <CodeChoice of={props} name="tension" label="staff.field.tension" room="tension" codes={TENSIONS} />
        {(view.quarter === null || errors['quarter']) && (
          <SelectField
            {...field('quarter')}
            label={t('staff.field.quarter')}
            empty={t('staff.case.none')}
            value={value('quarter')}
            options={quarters.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
      </>
    );
  },
} satisfies Record<string, FieldsOf>;

import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { SafetyNumbers } from '../ui/safety-numbers.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { DANGER_DECISIONS, LEGAL_GROUNDS } from './danger-acts.form.ts';
import { VisitSafety } from './visit-safety.tsx';

export const DANGER_FIELDS = {
  danger: (props) => {
    const { t, value, field } = typedOf(props);
    return <SingleCheckbox {...field('family')} label={t('staff.field.family')} checked={value('family') === 'yes'} />;
  },
  famille: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <TextArea
        {...field('reason')}
        label={t('staff.field.reason')}
        hint={t('staff.field.familyReason.hint')}
        value={value('reason')}
        limit={NOTE_LIMIT}
      />
    );
  },
  visite: (props) => {
    const { t, value, chosen, field } = typedOf(props);
    return (
      <>
        <VisitSafety t={t} view={props.view} />
        <Choice
          {...field('visitAllowed')}
          kind="radio"
          row
          label={t('staff.field.visitAllowed')}
          chosen={chosen('visitAllowed')}
          options={[
            { value: 'yes', label: t('staff.yes') },
            { value: 'no', label: t('staff.no') },
          ]}
        />
        <TextArea
          {...field('reason')}
          label={t('staff.field.visitReason')}
          value={value('reason')}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
  decision: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <SafetyNumbers t={t} town={props.frame.town} minor={props.view.minor} />
        <CodeChoice of={props} name="decision" label="staff.field.decision" room="decision" codes={DANGER_DECISIONS} />
        <CodeChoice
          of={props}
          name="legalGround"
          label="staff.field.legalGround"
          hint={t('staff.field.legalGround.hint')}
          room="ground"
          codes={LEGAL_GROUNDS}
          optional
        />
        <TextArea
          {...field('reason')}
          label={t('staff.field.reason')}
          hint={t('staff.field.dangerReason.hint')}
          value={value('reason')}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
} satisfies Record<string, FieldsOf>;

import { DECLINE_REASONS } from '../cases/answer-assignment.command.ts';
import { BEFORE_MEDIATION } from '../cases/case-status.ts';
import { CONTACT_WAYS_TRIED } from '../cases/note-contact.command.ts';
import { RELATIONS } from '../requests/request-choices.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Card, Lines } from '../ui/card.tsx';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import type { MediatorChoice } from './mediators.query.ts';
import { callCare, reachOf } from './call-care.ts';
import { PartyChoice, partyName } from './party-choice.tsx';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { SCORES } from './course-acts.form.ts';
import { VisitSafety } from './visit-safety.tsx';

/** What speaks for or against, in words, never a score (R41, R100). */
function reasonsOf(t: Translate, mediator: MediatorChoice): string {
  const { qualified, languages, sector, load, declined, awayUntil } = mediator;
  return [
    t(qualified ? 'staff.mediator.qualified' : 'staff.mediator.notQualified'),
    ...languages.map((code) =>
      t('staff.mediator.speaks', { language: t(`request.language.${code}` as MessageKey).toLocaleLowerCase(t.tag) }),
    ),
    sector && t('staff.mediator.sector'),
    t('staff.mediator.load', { count: load }),
    declined && t('staff.mediator.declined', { reason: t(`staff.decline.${declined}`).toLocaleLowerCase(t.tag) }),
    awayUntil && t('staff.mediator.away', { day: t.longDate(awayUntil) }),
  ]
    .filter(Boolean)
    .join(', ');
}

const proposal: FieldsOf = (props) => {
  const { t, value, chosen, field } = typedOf(props);
  const { mediators } = props;
  const options = mediators.map((mediator) => ({
    value: mediator.id,
    label: mediator.name,
    hint: reasonsOf(t, mediator),
  }));
  return (
    <>
      <Choice
        {...field('mediator')}
        kind="radio"
        label={t('staff.field.mediator')}
        hint={t('staff.field.mediator.hint')}
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
};

export const ASSIGNMENT_FIELDS = {
  affecter: proposal,
  reaffecter: proposal,
  decliner: (props) => {
    return <CodeChoice of={props} name="decline" label="staff.field.decline" room="decline" codes={DECLINE_REASONS} />;
  },
  contact: (props) => {
    const { t, value, chosen, field } = typedOf(props);
    return (
      <>
        <VisitSafety t={t} view={props.view} />
        <HowToReach of={props} />
        {(props.view.parties.length > 1 || props.errors['party']) && (
          <PartyChoice of={props} among={props.view.parties.filter(({ ended }) => !ended)} optional />
        )}
        <CodeChoice of={props} name="way" label="staff.field.way" room="way" codes={CONTACT_WAYS_TRIED} row />
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
        {(BEFORE_MEDIATION.includes(props.view.state) || props.errors['relation'] || props.errors['score']) && (
          <RelationNow of={props} />
        )}
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
  },
} satisfies Record<string, FieldsOf>;

/** How each one asked to be reached, before anybody calls (R98). */
function HowToReach({ of }: { of: ActionPageProps }) {
  const { view } = of;
  const { t } = of.frame;
  const lines = view.parties
    .filter(({ ended }) => !ended)
    .flatMap((party) => {
      const care = callCare(t, reachOf(view, party));
      return care ? [t('staff.care.of', { who: partyName(t, party, view.identity.firstName), care })] : [];
    });
  return lines.length > 0 ? (
    <Card title={t('staff.care.title')}>
      <Lines lines={lines} />
    </Card>
  ) : null;
}

/** R10, R16: how the relation is before anything was tried, as this party says it. */
function RelationNow({ of }: { of: ActionPageProps }) {
  const { t, value, chosen, field } = typedOf(of);
  return (
    <>
      <Choice
        {...field('relation')}
        kind="radio"
        row
        label={t('staff.field.relation')}
        hint={t('staff.field.relation.hint')}
        optional
        chosen={chosen('relation')}
        options={RELATIONS.map((code) => ({ value: code, label: t(`request.relation.${code}`) }))}
      />
      <SelectField
        {...field('score')}
        label={t('staff.field.score')}
        optional
        empty={t('staff.case.none')}
        value={value('score')}
        options={SCORES.map((score) => ({ value: score, label: score }))}
      />
    </>
  );
}

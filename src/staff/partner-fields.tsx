import { mayAnswer } from '../partners/request-status.ts';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { DateField, TextField } from '../ui/text-field.tsx';
import { NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { REPLIES, URGENCIES } from './partner-acts.form.ts';

export const PARTNER_FIELDS = {
  solliciter: (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <SelectField
          {...field('organisation')}
          label={t('staff.field.organisation')}
          empty={t('staff.case.none')}
          value={value('organisation')}
          options={props.organisations.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <CodeChoice of={props} name="urgency" label="staff.field.urgency" room="urgency" codes={URGENCIES} />
        <TextArea
          {...field('question')}
          label={t('staff.field.partnerQuestion')}
          hint={t('staff.field.partnerQuestion.hint')}
          value={value('question')}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
  'reponse-partenaire': (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <RequestChoice of={props} />
        <Choice
          {...field('reply')}
          kind="radio"
          label={t('partners.reply')}
          chosen={[value('reply') ?? '']}
          options={REPLIES.map((reply) => ({ value: reply, label: t(`partners.reply.${reply}`) }))}
        />
        <DateField {...field('actionOn')} label={t('partners.actionOn')} optional value={value('actionOn')} />
        <TextField {...field('referTo')} label={t('partners.referTo')} optional value={value('referTo')} />
        <TextArea
          {...field('note')}
          label={t('partners.comment')}
          hint={t('partners.comment.hint')}
          optional
          rows={3}
          value={value('note')}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
  'annuler-demande': (props) => <RequestChoice of={props} />,
} satisfies Record<string, FieldsOf>;

/** Which request is meant; those that still wait for a word. */
function RequestChoice({ of }: { of: ActionPageProps }) {
  const { t, chosen, field } = typedOf(of);
  const open = of.view.requests.filter(({ state }) => mayAnswer(state, 'done'));
  return (
    <Choice
      {...field('request')}
      kind="radio"
      label={t('staff.field.request')}
      chosen={open.length === 1 ? open.map(({ id }) => id) : chosen('request')}
      options={open.map(({ id, organisation, state }) => ({
        value: id,
        label: organisation,
        hint: t(`staff.request.${state}`),
      }))}
    />
  );
}

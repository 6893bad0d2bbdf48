import type { PartnerRequestState } from '../db/tables/partner.ts';
import { UNENDED } from '../partners/request-status.ts';
import { POSITIONS } from '../partners/who-is-asked.ts';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
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
          hint={t('staff.field.organisation.askable')}
          options={props.view.organisations
            .filter(({ askable }) => askable)
            .map(({ id, name }) => ({ value: id, label: name }))}
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
        <RequestChoice of={props} states={UNENDED} />
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
        <TextField
          {...field('followUpContact')}
          label={t('partners.followUpContact')}
          hint={t('partners.followUpContact.hint')}
          optional
          value={value('followUpContact')}
        />
        <SingleCheckbox
          {...field('willTakePart')}
          label={t('partners.willTakePart')}
          checked={value('willTakePart') === 'yes'}
        />
      </>
    );
  },
  'informer-partenaire': (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <RequestChoice of={props} states={['needs_info']} />
        <TextArea
          {...field('information')}
          label={t('staff.field.information')}
          hint={t('staff.field.partnerQuestion.hint')}
          value={value('information')}
          limit={NOTE_LIMIT}
        />
      </>
    );
  },
  'absence-partenaire': (props) => {
    const { t, value, field } = typedOf(props);
    return (
      <>
        <RequestChoice of={props} states={UNENDED} />
        <CodeChoice of={props} name="position" label="staff.field.absent" room="position" codes={POSITIONS} />
        <DateField {...field('until')} label={t('staff.field.awayUntil')} value={value('until')} />
      </>
    );
  },
  'annuler-demande': (props) => <RequestChoice of={props} states={UNENDED} />,
} satisfies Record<string, FieldsOf>;

/** Which request is meant, of those that stand so. */
function RequestChoice({ of, states }: { of: ActionPageProps; states: readonly PartnerRequestState[] }) {
  const { t, chosen, field } = typedOf(of);
  const open = of.view.requests.filter(({ state }) => states.includes(state));
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

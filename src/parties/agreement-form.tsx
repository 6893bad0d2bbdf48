import type { Answers } from '../http/form-body.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { Card, Lines } from '../ui/card.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { type AgreementFault, MAY_SAY_LIMIT } from './agreement.form.ts';
import { EXPLANATIONS } from './write-agreement.ts';
import type { OwnAgreement } from './own-agreement.query.ts';

/** What is beside a field that is wrong. */
export function agreementFaults(t: Translate, wrong: readonly AgreementFault[]): { name: string; message: string }[] {
  return wrong.map((name) => ({
    name,
    message: name === 'may_say' ? t('parties.may_say.long', { limit: MAY_SAY_LIMIT }) : t('parties.missing'),
  }));
}

/** F3 by the code: what the person should know, then yes or no to each thing; the same for both sides (R29). */
export function AgreementForm(props: {
  t: Translate;
  action: string;
  side: OwnAgreement['side'];
  form: string;
  answers?: Answers;
  wrong?: readonly AgreementFault[];
}) {
  const { t, side, answers = {}, wrong = [] } = props;
  const faults = agreementFaults(t, wrong);
  const value = (name: string) => {
    const typed = answers[name];
    return typeof typed === 'string' ? typed : undefined;
  };
  const field = (name: AgreementFault | 'recontact') => ({
    t,
    name,
    error: faults.find((fault) => fault.name === name)?.message,
  });
  const yesNo = (name: 'take_part' | 'contact_other' | 'recontact', optional = false) => (
    <Choice
      {...field(name)}
      kind="radio"
      row
      optional={optional}
      label={t(`parties.${name}.${side}`)}
      chosen={[value(name) ?? '']}
      options={[
        { value: 'yes', label: t('parties.yes') },
        { value: 'no', label: t('parties.no') },
      ]}
    />
  );
  return (
    <form method="post" action={props.action} class="form" novalidate>
      <input type="hidden" name="form" value={props.form} />
      <Card title={t('parties.know')}>
        <Lines lines={EXPLANATIONS.map((what) => t(`parties.know.${what}`))} />
      </Card>
      <SingleCheckbox
        {...field('understood')}
        label={t('parties.understood')}
        checked={value('understood') === 'yes'}
      />
      {yesNo('take_part')}
      {side === 'requester' && yesNo('contact_other')}
      <TextArea
        {...field('may_say')}
        label={t('parties.may_say')}
        hint={t('parties.may_say.hint')}
        optional
        value={value('may_say')}
        rows={3}
        limit={MAY_SAY_LIMIT}
      />
      {yesNo('recontact', true)}
      <Buttons>
        <Button>{t('parties.answer')}</Button>
      </Buttons>
    </form>
  );
}

/** What was agreed, each thing with its own button to take it back. Taking part is taken back by stopping. */
export function GivenItems({ t, agreement, action }: { t: Translate; agreement: OwnAgreement; action: string }) {
  const kept = agreement.items.filter(({ takenBack }) => !takenBack);
  if (kept.length === 0) return null;
  return (
    <Card title={t('parties.given')}>
      <ul class="lines">
        {kept.map(({ item, ordinal, said, organisation }) => (
          <li>
            <p>{organisation ? t('parties.item.share', { organisation }) : t(`parties.item.${item}`)}</p>
            {said && <p class="written">{said}</p>}
            {item !== 'take_part' && agreement.agreementId && (
              <form method="post" action={action}>
                <input type="hidden" name="agreement" value={agreement.agreementId} />
                <input type="hidden" name="ordinal" value={String(ordinal)} />
                <Button kind="outline">{t('parties.takeBack')}</Button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

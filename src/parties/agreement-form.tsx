import { one } from '../http/typed-answers.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Card, Lines } from '../ui/card.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import { AGREEMENT_FORM_ID, type AgreementFormProps, mayAgreeHere, WithInterpreter } from './agreement-elsewhere.tsx';
import { type AgreementFault, MAY_SAY_LIMIT } from './agreement.form.ts';
import { EXPLANATIONS } from './write-agreement.ts';
import type { OwnAgreement } from './own-agreement.query.ts';

/** What is beside a field that is wrong. */
export function agreementFaults(
  t: PublicTranslate,
  wrong: readonly AgreementFault[],
): { name: string; message: string }[] {
  return wrong.map((name) => ({
    name,
    message: name === 'may_say' ? t('parties.may_say.long', { limit: MAY_SAY_LIMIT }) : t('parties.missing'),
  }));
}

/**
 * F3 by the code: what the person should know, then yes or no to each thing; the same for both sides (R29). Whoever speaks through an
 * interpreter reads that somebody calls with one: nobody agrees to a text in a language that is not theirs (R101).
 */
export function AgreementForm(props: AgreementFormProps) {
  const { t, agreement } = props;
  if (!mayAgreeHere(t, agreement)) return <WithInterpreter {...props} />;
  const { side, needs } = agreement;
  const { value, field } = typedOf(props);
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
    <form id={AGREEMENT_FORM_ID} method="post" action={props.action} class="form" novalidate>
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
      {needs.mandate && <SpeaksFor of={props} box="mandate" name="representative" />}
      {needs.legalRepresentative && (
        <SpeaksFor of={props} box="legal_representative" name="legal_representative_name" />
      )}
      {yesNo('contact_other', side === 'other')}
      <TextArea
        {...field('may_say')}
        label={t('parties.may_say')}
        hint={t('parties.may_say.hint')}
        optional
        value={value('may_say')}
        rows={3}
        limit={MAY_SAY_LIMIT}
      />
      <Share of={props} />
      {yesNo('recontact', true)}
      <Buttons>
        <Button>{t('parties.answer')}</Button>
      </Buttons>
    </form>
  );
}

function typedOf({ t, answers = {}, wrong = [] }: AgreementFormProps) {
  const faults = agreementFaults(t, wrong);
  return {
    value: (name: string) => one(answers, name),
    field: (name: string) => ({ t, name, error: faults.find((fault) => fault.name === name)?.message }),
  };
}

/** Who answers for an institution, or agrees for a minor: a box, and a name beside it. */
function SpeaksFor({ of, box, name }: { of: AgreementFormProps; box: AgreementFault; name: AgreementFault }) {
  const { t } = of;
  const { value, field } = typedOf(of);
  return (
    <>
      <SingleCheckbox {...field(box)} label={t(`parties.${box}` as PublicKey)} checked={value(box) === 'yes'} />
      <TextField {...field(name)} label={t(`parties.${name}` as PublicKey)} value={value(name)} />
    </>
  );
}

/** Item 4: one thing, one organisation, one purpose. Left empty, nothing is shared. */
function Share({ of }: { of: AgreementFormProps }) {
  const { t, agreement } = of;
  const { value, field } = typedOf(of);
  return (
    <>
      <SelectField
        {...field('share_with')}
        label={t('parties.share_with')}
        hint={t('parties.share_with.hint')}
        optional
        empty={t('parties.share_with.nobody')}
        value={value('share_with')}
        options={agreement.mayShareWith.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField {...field('share_what')} label={t('parties.share_what')} optional value={value('share_what')} />
      <TextField {...field('share_for')} label={t('parties.share_for')} optional value={value('share_for')} />
    </>
  );
}

/** What was agreed, each thing alone with its own way to take it back. Taking part is taken back by stopping, on a page that says what follows. */
export function GivenItems(props: { t: PublicTranslate; agreement: OwnAgreement; action: string; stop: string }) {
  const { t, agreement, action } = props;
  const kept = agreement.items.filter(({ takenBack }) => !takenBack);
  if (kept.length === 0) return null;
  return (
    <Card title={t('parties.given')}>
      <ul class="lines">
        {kept.map(({ item, ordinal, said, purpose, organisation }) => (
          <li>
            <p>{organisation ? t('parties.item.share', { organisation }) : t(`parties.item.${item}`)}</p>
            {said && (
              <p class="written" dir="auto">
                {[said, purpose].filter(Boolean).join(' – ')}
              </p>
            )}
            {item === 'take_part' && (
              <ButtonLink href={props.stop} kind="outline">
                {t('parties.takeBack')}
              </ButtonLink>
            )}
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

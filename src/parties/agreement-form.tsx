import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Card, Lines } from '../ui/card.tsx';
import { Choice, SingleCheckbox } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { LANGUAGE_FIELD } from '../ui/public-header.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import { AGREEMENT_FORM, type AgreementFault, MAY_SAY_LIMIT } from './agreement.form.ts';
import { InterpreterCard } from './interpreter-card.tsx';
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

export const AGREEMENT_FORM_ID = 'agreement';

/** Whether somebody may agree on this page alone: not through an interpreter, and not by a translation no person has checked (R101). */
export function mayAgreeHere(t: PublicTranslate, agreement: OwnAgreement): boolean {
  return !agreement.needs.interpreter && t.checked;
}

/** What was typed in the form, in a language in which it stands there; what its hidden `form` says is not typed. */
function typedBefore(answers: Answers | undefined): [name: string, typed: string][] {
  return AGREEMENT_FORM.one.flatMap((name) => {
    const typed = name === 'form' ? undefined : one(answers ?? {}, name);
    return typed ? [[name, typed] as const] : [];
  });
}

/** Whether the page has the form, to be filled or with what was typed before the language was changed. */
export function holdsAnswers(t: PublicTranslate, agreement: OwnAgreement, answers: Answers | undefined): boolean {
  return mayAgreeHere(t, agreement) || (!agreement.needs.interpreter && typedBefore(answers).length > 0);
}

/** Whether the form asks for a call with an interpreter in its place, with the card that does: not of somebody who reads French, put simply. */
export function namesInterpreter(t: PublicTranslate, { needs }: OwnAgreement): boolean {
  return !needs.interpreter && !t.checked && t.tag !== 'fr';
}

type FormProps = {
  t: PublicTranslate;
  action: string;
  /** Where a call with an interpreter is asked for. */
  askInterpreter: string;
  agreement: OwnAgreement;
  town: Pick<TownView, 'phone' | 'interpreters'>;
  form: string;
  answers?: Answers | undefined;
  wrong?: readonly AgreementFault[] | undefined;
};

/**
 * F3 by the code: what the person should know, then yes or no to each thing; the same for both sides (R29). Whoever speaks through an
 * interpreter reads that somebody calls with one: nobody agrees to a text in a language that is not theirs (R101).
 */
export function AgreementForm(props: FormProps) {
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

/** Somebody calls with an interpreter, where the town pays one; whoever reads French may answer there. */
function WithInterpreter(props: FormProps) {
  const { t, town, agreement, askInterpreter } = props;
  const otherWay = <p>{t('parties.otherWay', { phone: town.phone })}</p>;
  if (agreement.needs.interpreter)
    return town.interpreters ? (
      <p>{t('parties.interpreter', { phone: town.phone })}</p>
    ) : (
      <>
        <p>{t('parties.notHere')}</p>
        {otherWay}
      </>
    );
  const called = town.interpreters && namesInterpreter(t, agreement);
  return (
    <>
      <p>{t('parties.unchecked')}</p>
      {called ? <p>{t('parties.unchecked.call')}</p> : otherWay}
      <InFrench {...props} />
      {called && <InterpreterCard t={t} action={askInterpreter} />}
    </>
  );
}

/** On to the French text; what was typed in it before goes along, and says that it does. */
function InFrench({ t, action, form, answers }: FormProps) {
  const typed = typedBefore(answers);
  if (typed.length === 0)
    return (
      <Buttons>
        <ButtonLink href="/langue/fr" kind="outline">
          {t('parties.inFrench')}
        </ButtonLink>
      </Buttons>
    );
  return (
    <form id={AGREEMENT_FORM_ID} method="post" action={action}>
      <p>{t('parties.unchecked.kept')}</p>
      {[['form', form] as const, ...typed].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button kind="outline" name={LANGUAGE_FIELD} value="fr">
        {t('parties.inFrench')}
      </Button>
    </form>
  );
}

function typedOf({ t, answers = {}, wrong = [] }: FormProps) {
  const faults = agreementFaults(t, wrong);
  return {
    value: (name: string) => one(answers, name),
    field: (name: string) => ({ t, name, error: faults.find((fault) => fault.name === name)?.message }),
  };
}

/** Who answers for an institution, or agrees for a minor: a box, and a name beside it. */
function SpeaksFor({ of, box, name }: { of: FormProps; box: AgreementFault; name: AgreementFault }) {
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
function Share({ of }: { of: FormProps }) {
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

import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { LANGUAGE_FIELD } from '../ui/public-header.tsx';
import type { TownView } from '../ui/town-view.ts';
import { AGREEMENT_FORM, type AgreementFault } from './agreement.form.ts';
import { InterpreterCard } from './interpreter-card.tsx';
import type { OwnAgreement } from './own-agreement.query.ts';

// Where nobody agrees on the page alone (R101): through an interpreter, or by a translation no person has checked.

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

export type AgreementFormProps = {
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

/** Somebody calls with an interpreter, where the town pays one; whoever reads French may answer there. */
export function WithInterpreter(props: AgreementFormProps) {
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
function InFrench({ t, action, form, answers }: AgreementFormProps) {
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

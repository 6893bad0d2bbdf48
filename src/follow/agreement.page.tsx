import type { Answers } from '../http/form-body.ts';
import { AGREEMENT_FORM_ID, holdsAnswers } from '../parties/agreement-elsewhere.tsx';
import { AgreementForm, agreementFaults, GivenItems } from '../parties/agreement-form.tsx';
import type { AgreementFault } from '../parties/agreement.form.ts';
import type { OwnAgreement } from '../parties/own-agreement.query.ts';
import { BackLink } from '../ui/back.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import type { Frame } from './code.page.tsx';

/** The requester's own agreement (F3): asked, or given, thing by thing. */
export function AgreementPage(
  props: Frame & {
    number: string;
    agreement: OwnAgreement;
    form: string;
    answers?: Answers | undefined;
    wrong?: readonly AgreementFault[] | undefined;
    notice?: string | undefined;
    takenBack: boolean;
  },
) {
  const { t, town, agreement, wrong = [] } = props;
  const faults = agreementFaults(t, wrong);
  const asks = agreement.standing === 'asked' || wrong.length > 0 || props.notice !== undefined;
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('parties.agreement'), faults)}
      help={true}
      form={asks && holdsAnswers(t, agreement, props.answers) ? { id: AGREEMENT_FORM_ID } : undefined}
    >
      <BackLink href="/suivi/demande" label={t('follow.where')} />
      <p class="above-title">{t('follow.number', { number: props.number })}</p>
      <h1>{t('parties.agreement')}</h1>
      {props.takenBack && <Flash kind="done" main={t('parties.takenBack')} />}
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      {asks ? (
        <AgreementForm
          t={t}
          action="/suivi/accord"
          askInterpreter="/suivi/interprete"
          agreement={agreement}
          town={town}
          form={props.form}
          answers={props.answers}
          wrong={wrong}
        />
      ) : (
        <p>{t(`parties.state.${agreement.standing}`)}</p>
      )}
      {agreement.standing === 'yes' && (
        <GivenItems t={t} agreement={agreement} action="/suivi/accord/reprendre" stop="/suivi/arreter" />
      )}
    </PublicLayout>
  );
}

import { AttachmentsLink } from '../attachments/attachments-link.tsx';
import { holdsData, isActive } from '../cases/case-status.ts';
import type { Answers } from '../http/form-body.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { Appointments } from '../sessions/appointments.tsx';
import { OpinionCard } from '../evaluation/opinion-card.tsx';
import { DangerSaid } from '../follow/danger.page.tsx';
import { nextSentence } from '../follow/next-sentence.ts';
import { DeedDone, type OwnDeed } from '../follow/own-deed.tsx';
import { SayDanger } from '../follow/say-danger.tsx';
import { ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClosePage } from '../ui/close-page.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { StatusCard } from '../ui/status-card.tsx';
import type { TownView } from '../ui/town-view.ts';
import { WhoReads } from '../ui/who-reads.tsx';
import { AGREEMENT_FORM_ID, holdsAnswers, namesInterpreter } from './agreement-elsewhere.tsx';
import { AgreementForm, agreementFaults, GivenItems } from './agreement-form.tsx';
import type { AgreementFault } from './agreement.form.ts';
import { EndedSpace } from './ended-space.tsx';
import { NOTICE } from './notice.page.tsx';
import { InterpreterCard } from './interpreter-card.tsx';
import { OwnAccess } from './own-access.tsx';
import { OwnMessages } from './own-messages.tsx';
import { OwnCommitments } from './own-papers.tsx';
import type { PartySpace } from './party-view.query.ts';
import { SPACE } from './space-address.ts';
import { WRITE_FORM, WriteToTeam } from './write-to-team.tsx';

type Frame = { t: PublicTranslate; town: TownView };

export type SpaceProps = Frame & {
  space: PartySpace;
  form: string;
  answers?: Answers;
  wrong?: readonly AgreementFault[];
  notice?: string | undefined;
  messageError?: string | undefined;
  voiceError?: string | undefined;
  typed?: string | undefined;
  /** A danger was just said, and when the team opens if it is closed. */
  danger?: { opensAt: Date | undefined } | undefined;
  deed?: OwnDeed | undefined;
};

const INTERPRETER = `${SPACE}/interprete`;
const CASE_SENTENCES = ['agreements', 'support', 'mediation', 'follow_up', 'evaluation', 'closed'];

/**
 * The other party's own space, as complete as the requester's: what it was told, its answer, its commitments, its messages, the way to stop. Of
 * the requester there is nothing but what may be said (spec §3.3).
 */
export function PartyPage(props: SpaceProps) {
  const { t, town, space, wrong = [] } = props;
  const { agreement } = space;
  if (agreement.ended) return <EndedSpace {...props} />;
  const faults = [
    ...agreementFaults(t, wrong),
    ...(props.messageError ? [{ name: 'message', message: props.messageError }] : []),
    ...(props.voiceError ? [{ name: 'voice', message: props.voiceError }] : []),
  ];
  const active = isActive(space.state);
  const asked = agreement.standing === 'asked' && active;
  const asks = asked || wrong.length > 0 || props.notice !== undefined;
  const writes = holdsData(space.state) || props.messageError !== undefined || props.voiceError !== undefined;
  const answering = asks && holdsAnswers(t, agreement, props.answers) ? AGREEMENT_FORM_ID : undefined;
  const form = answering ?? (writes ? WRITE_FORM : undefined);
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('parties.title'), faults)}
      help={true}
      asksHere={active}
      form={form ? { id: form } : undefined}
    >
      <p class="above-title">{t('parties.number', { number: space.number })}</p>
      <h1>{t('parties.title')}</h1>
      {props.danger && <DangerSaid t={t} {...props.danger} />}
      <DeedDone t={t} deed={props.deed} party />
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      <StatusCard
        t={t}
        today={t('follow.today', { date: t.longDate(space.now) })}
        state={t(`parties.state.${agreement.standing}`)}
        next={CASE_SENTENCES.includes(space.state) ? t(`parties.case.${space.state}` as PublicKey) : undefined}
        questions={questionsOf(t, space, town.phone)}
      />
      {active && agreement.standing !== 'yes' && (
        <>
          <p>{t('parties.welcome')}</p>
          <p>{t('parties.free')}</p>
        </>
      )}
      <p>
        <a href={NOTICE}>{t('parties.notice.link')}</a>
      </p>
      {space.saidToYou && (
        <Card title={t('parties.said')}>
          <p class="written" dir="auto">
            {space.saidToYou}
          </p>
        </Card>
      )}
      {asks && (
        <>
          <h2>{t('parties.agreement')}</h2>
          <AgreementForm
            t={t}
            action={`${SPACE}/accord`}
            askInterpreter={INTERPRETER}
            agreement={agreement}
            town={town}
            form={props.form}
            answers={props.answers}
            wrong={wrong}
          />
        </>
      )}
      {agreement.standing === 'yes' && (
        <GivenItems t={t} agreement={agreement} action={`${SPACE}/reprendre`} stop={`${SPACE}/arreter`} />
      )}
      <Appointments t={t} appointments={space.appointments} />
      {space.opinionAsked && <OpinionCard t={t} />}
      <OwnCommitments t={t} commitments={space.commitments} paper={space.hasPaper ? `${SPACE}/papier` : undefined} />
      <OwnMessages t={t} messages={space.messages} />
      {writes && (
        <WriteToTeam
          t={t}
          action={`${SPACE}/message`}
          form={props.form}
          reader={space.reader}
          ended={!active}
          error={props.messageError}
          voiceError={props.voiceError}
          typed={props.typed}
          kind={asked ? 'outline' : 'filled'}
          within={answering}
        />
      )}
      {isActive(space.state) && <AttachmentsLink t={t} href={`${SPACE}/pieces`} />}
      {isActive(space.state) && <SayDanger t={t} href={`${SPACE}/danger`} />}
      {active && (
        <>
          <h2>{t('parties.stop.title')}</h2>
          <p>{t('parties.stop.text')}</p>
          <Buttons>
            <ButtonLink href={`${SPACE}/arreter`} kind="stop">
              {t('parties.stop.button')}
            </ButtonLink>
          </Buttons>
        </>
      )}
      {active && town.interpreters && !(asks && namesInterpreter(t, agreement)) && (
        <InterpreterCard t={t} action={INTERPRETER} />
      )}
      <WhoReads t={t} of="other" />
      <OwnAccess
        t={t}
        reach={active ? `${SPACE}/joindre` : undefined}
        replace={`${SPACE}/remplacer`}
        email={`${SPACE}/courriel`}
        hasEmail={space.hasEmail}
      />
      <ClosePage t={t} />
    </PublicLayout>
  );
}

/** What happens next, before when, and what if nobody acts (design §1). */
function questionsOf(t: PublicTranslate, space: PartySpace, phone: string): { question: string; answer: string }[] {
  const { agreement, answerBy } = space;
  if (!isActive(space.state)) return [];
  if (agreement.standing === 'asked' && answerBy)
    return [
      { question: t('parties.next'), answer: t('parties.next.asked', { day: t.longDate(answerBy) }) },
      { question: t('parties.otherwise'), answer: t('parties.otherwise.asked') },
    ];
  const next = space.next && nextSentence(t, space.next, phone);
  return [
    ...(next ? [{ question: t('parties.next'), answer: next }] : []),
    { question: t('follow.otherwise.title'), answer: t('follow.otherwise.text', { phone }) },
  ];
}

import { AttachmentsLink } from '../attachments/attachments-link.tsx';
import { type CaseState, holdsData } from '../cases/case-status.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Appointments } from '../sessions/appointments.tsx';
import { OpinionCard } from '../evaluation/opinion-card.tsx';
import { InterpreterCard } from '../parties/interpreter-card.tsx';
import { OwnAccess } from '../parties/own-access.tsx';
import { OwnMessages } from '../parties/own-messages.tsx';
import { OwnCommitments } from '../parties/own-papers.tsx';
import { WRITE_FORM, WriteToTeam } from '../parties/write-to-team.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClosePage } from '../ui/close-page.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { StatusCard } from '../ui/status-card.tsx';
import { WhoReads } from '../ui/who-reads.tsx';
import type { Frame } from './code.page.tsx';
import { DangerSaid } from './danger.page.tsx';
import type { FollowView } from './follow.query.ts';
import { nextSentence } from './next-sentence.ts';
import { DeedDone, type OwnDeed } from './own-deed.tsx';
import { SayDanger } from './say-danger.tsx';

/** Which of the six planks the case stands on. */
const PLANK: Partial<Record<CaseState, number>> = {
  received: 1,
  in_triage: 1,
  more_info_needed: 1,
  accepted: 2,
  assigned: 2,
  first_contact: 2,
  agreements: 3,
  support: 4,
  mediation: 4,
  follow_up: 5,
  evaluation: 5,
};
const PLANK_LABELS = ['received', 'read', 'call', 'agreements', 'mediation', 'news'] as const;

/** How it ended, in a sentence, and where else to go. */
function endingOf(t: PublicTranslate, view: FollowView): string | undefined {
  const how = view.outcome && t(`follow.outcome.${view.outcome}`);
  const where = view.redirectedTo && t('follow.redirected.to', { target: view.redirectedTo });
  return [how, where].filter(Boolean).join(' ') || undefined;
}

/** The follow page: state in plain words, who does what before when, messages, the way to stop. */
export function FollowPage(
  props: Frame & {
    view: FollowView;
    active: boolean;
    /** The person may write and stop. */
    open: boolean;
    error?: string | undefined;
    voiceError?: string | undefined;
    typed?: string | undefined;
    /** The id of the form that writes: a second click is answered like the first. */
    form: string;
    deed?: OwnDeed | undefined;
    /** A danger was just said, and when the team opens if it is closed. */
    danger?: { opensAt: Date | undefined } | undefined;
  },
) {
  const { t, town, view } = props;
  const faults = [
    ...(props.error ? [{ name: 'message', message: props.error }] : []),
    ...(props.voiceError ? [{ name: 'voice', message: props.voiceError }] : []),
  ];
  const writes = holdsData(view.state) || faults.length > 0;
  const plank = PLANK[view.state];
  const next = view.next && nextSentence(t, view.next, town.phone);
  const ending = view.alone ? t(`follow.alone.${view.alone}`) : endingOf(t, view);
  return (
    <PublicLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('follow.where'), faults)}
      help={true}
      asksHere={props.open}
      form={writes ? { id: WRITE_FORM } : undefined}
    >
      <p class="above-title">{t('follow.number', { number: view.number })}</p>
      <h1>{t('follow.where')}</h1>
      {props.danger && <DangerSaid t={t} {...props.danger} />}
      <DeedDone t={t} deed={props.deed} />
      <ErrorSummary t={t} errors={faults} />
      <StatusCard
        t={t}
        today={t('follow.today', { date: t.longDate(view.now) })}
        state={t(`follow.state.${view.state}`)}
        next={[ending, next].filter(Boolean).join(' ') || undefined}
        steps={
          plank === undefined
            ? undefined
            : { labels: PLANK_LABELS.map((label) => t(`follow.step.${label}`)), current: plank }
        }
        questions={
          next
            ? [{ question: t('follow.otherwise.title'), answer: t('follow.otherwise.text', { phone: town.phone }) }]
            : []
        }
      />
      {props.active && (view.agreement === 'asked' || view.agreement === 'yes') && (
        <Card title={t(view.agreement === 'asked' ? 'parties.agreement.requester' : 'parties.given')}>
          <ButtonLink href="/suivi/accord" kind={view.agreement === 'asked' ? 'filled' : 'outline'}>
            {t(view.agreement === 'asked' ? 'parties.agreement.link' : 'parties.agreement.see')}
          </ButtonLink>
        </Card>
      )}
      <Appointments t={t} appointments={view.appointments} />
      {view.opinionAsked && <OpinionCard t={t} />}
      <OwnCommitments t={t} commitments={view.commitments} paper={view.hasPaper ? '/suivi/accord/papier' : undefined} />
      {view.reopenUntil && (
        <Card title={t('parties.reopen.title')}>
          <p>{t('parties.reopen.text', { day: t.longDate(view.reopenUntil) })}</p>
          <form method="post" action="/suivi/rouvrir">
            <input type="hidden" name="form" value={props.form} />
            <Button kind="outline">{t('parties.reopen.button')}</Button>
          </form>
        </Card>
      )}
      <OwnMessages t={t} messages={view.messages} />
      {writes && (
        <WriteToTeam
          t={t}
          action="/suivi/message"
          form={props.form}
          answers={view.state === 'more_info_needed'}
          reader={view.reader}
          ended={!props.open}
          error={props.error}
          voiceError={props.voiceError}
          typed={props.typed}
        />
      )}
      {props.open && <AttachmentsLink t={t} href="/suivi/pieces" />}
      {props.open && (
        <>
          <SayDanger t={t} href="/suivi/danger" />
          <h2>{t('follow.stop.title')}</h2>
          <p>{t('follow.stop.text')}</p>
          <Buttons>
            <ButtonLink href="/suivi/arreter" kind="stop">
              {t('follow.stop.button')}
            </ButtonLink>
          </Buttons>
        </>
      )}
      {props.open && town.interpreters && <InterpreterCard t={t} action="/suivi/interprete" />}
      <WhoReads t={t} />
      <OwnAccess
        t={t}
        reach="/suivi/joindre"
        replace="/suivi/remplacer"
        email="/suivi/courriel"
        hasEmail={view.hasEmail}
      />
      <ClosePage t={t} />
    </PublicLayout>
  );
}

import type { CaseState } from '../cases/case-status.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { Confirmation } from '../ui/confirmation.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import { MessageList } from '../ui/message-list.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { StatusCard } from '../ui/status-card.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import type { FollowView } from './follow.query.ts';

type Frame = { t: Translate; town: TownView };
export const MESSAGE_LIMIT = 1_500;

/** /suivi: the code is typed, never in an address (C-4). */
export function CodePage({
  t,
  town,
  error,
  notice,
  typed,
  message,
}: Frame & {
  error?: string | undefined;
  notice?: string | undefined;
  typed?: string | undefined;
  /** A message that was being sent when the page closed: given back once the code is typed. */
  message?: string | undefined;
}) {
  const faults = error ? [{ name: 'code', message: error }] : [];
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, t('follow.title'), faults)} help={true}>
      <h1>{t('follow.title')}</h1>
      {notice && <Flash kind="changed" main={notice} />}
      <ErrorSummary t={t} errors={faults} />
      <form method="post" action="/suivi" class="form">
        {message && <input type="hidden" name="message" value={message} />}
        <TextField
          t={t}
          name="code"
          value={typed}
          label={t('follow.code')}
          hint={t('follow.code.hint')}
          error={error}
          width="medium"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
        <Buttons>
          <Button>{t('follow.code.button')}</Button>
        </Buttons>
      </form>
    </PublicLayout>
  );
}

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
const NEXT = new Set(['triage', 'more_info', 'assignment', 'mediator_answer', 'first_contact']);

/** The follow page: state in plain words, who does what before when, messages, the way to stop. */
export function FollowPage(
  props: Frame & {
    view: FollowView;
    active: boolean;
    error?: string | undefined;
    typed?: string | undefined;
    sent: boolean;
    stopped: boolean;
  },
) {
  const { t, town, view } = props;
  const faults = props.error ? [{ name: 'message', message: props.error }] : [];
  const plank = PLANK[view.state];
  // Only kinds in NEXT have a sentence.
  const next =
    view.wait && NEXT.has(view.wait.kind)
      ? t(`follow.next.${view.wait.kind}` as MessageKey, { date: t.longDate(view.wait.dueDay) })
      : undefined;
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, t('follow.where'), faults)} help={true}>
      <p class="above-title">{t('follow.number', { number: view.number })}</p>
      <h1>{t('follow.where')}</h1>
      {props.stopped && (
        <Flash kind="done" main={t('follow.stopped')}>
          {t('follow.stopped.detail')}
        </Flash>
      )}
      {props.sent && (
        <Flash kind="done" main={t('follow.sent')}>
          {t('follow.sent.detail')}
        </Flash>
      )}
      <ErrorSummary t={t} errors={faults} />
      <StatusCard
        t={t}
        today={t('follow.today', { date: t.longDate(view.now) })}
        state={t(`follow.state.${view.state}`)}
        next={next ?? (view.redirectedTo ? t('follow.redirected.to', { target: view.redirectedTo }) : undefined)}
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
      <h2>{t('follow.messages')}</h2>
      <MessageList
        t={t}
        messages={view.messages.map((message) => ({
          ...message,
          from: t('follow.team'),
          at: t.dateTime(message.at),
          datetime: message.at.toISOString(),
        }))}
      />
      {/* What was typed stays, also when the request has just ended. */}
      {(props.active || props.error) && (
        <form method="post" action="/suivi/message" class="form">
          <TextArea
            t={t}
            name="message"
            label={t(view.state === 'more_info_needed' ? 'follow.answer' : 'follow.write')}
            hint={t('follow.write.hint')}
            error={props.error}
            value={props.typed}
            limit={MESSAGE_LIMIT}
          />
          <Buttons>
            <Button>{t('follow.write.button')}</Button>
          </Buttons>
        </form>
      )}
      {props.active && (
        <>
          <h2>{t('follow.stop.title')}</h2>
          <p>{t('follow.stop.text')}</p>
          <Buttons>
            <ButtonLink href="/suivi/arreter" kind="stop">
              {t('follow.stop.button')}
            </ButtonLink>
          </Buttons>
        </>
      )}
      <form method="post" action="/suivi/fermer">
        <Button kind="outline" small>
          {t('follow.close')}
        </Button>
      </form>
    </PublicLayout>
  );
}

/** The confirmation page of a withdrawal: opening it changes nothing, nothing is chosen beforehand. */
export function StopPage({ t, town, error }: Frame & { error?: string | undefined }) {
  const faults = error ? [{ name: 'choice', message: error }] : [];
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, t('follow.stop.question'), faults)} help={true}>
      <ErrorSummary t={t} errors={faults} />
      <Confirmation
        question={t('follow.stop.question')}
        consequences={{
          title: t('follow.stop.if'),
          lines: [t('follow.stop.1'), t('follow.stop.2'), t('follow.stop.3'), t('follow.stop.4')],
        }}
      >
        <form method="post" action="/suivi/arreter" class="form">
          <Choice
            t={t}
            name="choice"
            kind="radio"
            label={t('follow.stop.choice')}
            error={error}
            options={[
              { value: 'stop', label: t('follow.stop.yes') },
              { value: 'go_on', label: t('follow.stop.no') },
            ]}
          />
          <Buttons>
            <Button kind="stop">{t('follow.stop.confirm')}</Button>
          </Buttons>
        </form>
      </Confirmation>
    </PublicLayout>
  );
}

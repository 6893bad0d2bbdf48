import { DangerSaid } from '../follow/danger.page.tsx';
import { SayDanger } from '../follow/say-danger.tsx';
import type { Answers } from '../http/form-body.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { Flash } from '../ui/flash.tsx';
import type { TownView } from '../ui/town-view.ts';
import { AnswerForm, type AnswerFormProps, faultOf } from './answer-fields.tsx';
import type { CancelledRequest, RequestForPartner } from './own-requests.query.ts';
import { mayAcknowledge, mayAnswer, REPLIES } from './request-status.ts';
import { PartnerLayout } from './partner-layout.tsx';

export type RequestPageProps = AnswerFormProps & {
  town: TownView;
  notice?: string | undefined;
  done?: 'answered' | 'received' | undefined;
  /** A danger was just said, and when the team opens if it is closed. */
  danger?: { opensAt: Date | undefined } | undefined;
};

/** F5: what is asked, until when, and the answer on one screen; nothing of the people but what one of them allowed (§3.3, R63). */
export function RequestPage(props: RequestPageProps) {
  const { t, town, request, wrong = [] } = props;
  const faults = wrong.map((name) => ({ name, message: faultOf(t, name) }));
  const open = REPLIES.some((reply) => mayAnswer(request.state, reply));
  return (
    <PartnerLayout
      t={t}
      town={town}
      title={titleWithErrors(t, t('partners.request', { number: request.number }), faults)}
    >
      <BackLink href="/partenaire" label={t('partners.list')} />
      <p class="above-title">{request.organisation}</p>
      <h1>{t('partners.request', { number: request.number })}</h1>
      {props.danger && <DangerSaid t={t} {...props.danger} />}
      {props.done && <Flash kind="done" main={t(`partners.done.${doneAs(props.done, request.state)}`)} />}
      {props.notice && <Flash kind="changed" main={props.notice} />}
      <ErrorSummary t={t} errors={faults} />
      {request.asksOpinion && (
        <Card title={t('partners.opinion')}>
          <p>{t('partners.opinion.text')}</p>
          <Buttons>
            <ButtonLink href={`/partenaire/demandes/${request.id}/avis`}>{t('partners.opinion.give')}</ButtonLink>
          </Buttons>
        </Card>
      )}
      <Card>
        <DefinitionList
          items={[
            { term: t('partners.state'), says: t(`partners.state.${request.state}`) },
            { term: t('partners.due'), says: t.longDate(request.dueDay) },
            {
              term: t('partners.topic'),
              says: request.categories.map((code) => t(`request.category.${code}` as MessageKey)).join(', '),
            },
            ...(request.quarter ? [{ term: t('partners.place'), says: request.quarter }] : []),
          ]}
        />
        <h2>{t('partners.question')}</h2>
        <p class="written">{request.question}</p>
        {request.shared.map(({ what, purpose }) => (
          <>
            {what && <p class="written">{t('partners.shared', { what })}</p>}
            {purpose && <p class="written">{t('partners.shared.purpose', { purpose })}</p>}
          </>
        ))}
      </Card>
      <Answered t={t} request={request} />
      {mayAcknowledge(request.state) && wrong.length === 0 && !props.notice && (
        <form method="post" action={`/partenaire/demandes/${request.id}/recu`}>
          <input type="hidden" name="form" value={props.form} />
          <Buttons>
            <Button kind="outline">{t('partners.received')}</Button>
          </Buttons>
        </form>
      )}
      {open ? <AnswerForm {...props} /> : <Written t={t} answers={props.answers} />}
      <SayDanger t={t} href={dangerOf(request)} />
      <SignOut t={t} />
    </PartnerLayout>
  );
}

/** A request that was cancelled: its number, its state, and what its reader was just writing (R30). */
export function CancelledRequestPage({
  t,
  town,
  request,
  answers,
  danger,
}: Pick<RequestPageProps, 't' | 'town' | 'answers' | 'danger'> & { request: CancelledRequest }) {
  return (
    <PartnerLayout t={t} town={town} title={t('partners.request', { number: request.number })}>
      <BackLink href="/partenaire" label={t('partners.list')} />
      <p class="above-title">{request.organisation}</p>
      <h1>{t('partners.request', { number: request.number })}</h1>
      {danger && <DangerSaid t={t} {...danger} />}
      <Flash kind="changed" main={t('partners.cancelled')} />
      <Card>
        <DefinitionList items={[{ term: t('partners.state'), says: t('partners.state.cancelled') }]} />
      </Card>
      <Written t={t} answers={answers} />
      <SayDanger t={t} href={dangerOf(request)} />
      <SignOut t={t} />
    </PartnerLayout>
  );
}

/** What comes after the answer: the action is asked about on its day, information is given; otherwise nothing more comes. */
function doneAs(done: 'answered' | 'received', state: RequestForPartner['state']) {
  return done === 'answered' && (state === 'in_hand' || state === 'needs_info') ? state : done;
}

/** A danger can be said whatever became of the request. */
const dangerOf = ({ id }: { id: string }): string => `/partenaire/demandes/${id}/danger`;

/** What was typed on a page that takes no answer any more: to read and to copy. */
function Written({ t, answers = {} }: { t: Translate; answers?: Answers | undefined }) {
  const typed = WRITTEN.flatMap((name) => {
    const text = answers[name];
    return typeof text === 'string' && text.trim() ? [text] : [];
  });
  if (typed.length === 0) return null;
  return (
    <Card title={t('partners.written')}>
      {typed.map((text) => (
        <p class="written">{text}</p>
      ))}
    </Card>
  );
}

const WRITTEN = ['comment', 'refer_to', 'follow_up_contact'] as const;

function Answered({ t, request }: { t: Translate; request: RequestForPartner }) {
  return (
    <>
      {request.answers.length > 0 && (
        <Card title={t('partners.answers')}>
          {request.answers.map(({ reply, at, actionOn, comment }) => (
            <p class="written">
              {[t.dateTime(at), t(`partners.reply.${reply}`), actionOn && t.longDate(actionOn), comment]
                .filter(Boolean)
                .join(' · ')}
            </p>
          ))}
        </Card>
      )}
      {request.informed.length > 0 && (
        <Card title={t('partners.informed')}>
          {request.informed.map(({ at, said }) => (
            <p class="written">{[t.dateTime(at), said].join(' · ')}</p>
          ))}
        </Card>
      )}
    </>
  );
}

/** The page of a shared desk is closed by its reader. */
export function SignOut({ t }: { t: Translate }) {
  return (
    <form method="post" action="/partenaire/sortir">
      <Button kind="outline">{t('partners.signOut')}</Button>
    </form>
  );
}

import type { Child } from 'hono/jsx';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { ButtonLink } from '../ui/button.tsx';
import { mixesScripts } from '../privacy/script-mix.ts';
import { Card } from '../ui/card.tsx';
import { StatusChip } from '../ui/chips.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { Flash } from '../ui/flash.tsx';
import { NowPanel } from '../ui/now-panel.tsx';
import { Timeline } from '../ui/timeline.tsx';
import { WorkLayout } from '../ui/work-layout.tsx';
import type { ActionSlug } from './action-slugs.ts';
import { actionsFor } from './case-actions.ts';
import { caseStory } from './case-story.ts';
import { DangerCard } from './danger-card.tsx';
import { correctableParties } from './act-choices.ts';
import type { CaseView } from './case-view.query.ts';
import type { PossibleDuplicate } from './possible-duplicates.query.ts';
import { urgedActs } from './expected-acts.ts';
import { FollowUpCard } from './follow-up-card.tsx';
import { GroupedCard } from './grouped-card.tsx';
import { MergedCard } from './merged-card.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { ReferralCard } from './referral-card.tsx';
import { CourseCard } from './course-card.tsx';
import { SituationList } from './situation-list.tsx';
import { RightsCard } from './rights-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { MessagesCard } from './messages-card.tsx';
import { AttachmentsCard } from './attachments-card.tsx';
import { MinorCard } from './minor-card.tsx';
import { PartnersCard } from './partners-card.tsx';
import { PartiesCard } from './parties-card.tsx';
import { PossibleDuplicates } from './possible-duplicates.tsx';
import { readableEmail } from './readable-email.ts';
import { readablePhone } from './readable-phone.ts';
import { heldWords } from './held-words.ts';
import { nextWait } from './next-wait.ts';
import { waitedFor } from './waited-for.ts';
import { WaitsCard } from './waits-card.tsx';
import { VisitSafety } from './visit-safety.tsx';
import { WorkCard } from './work-card.tsx';
import { waitNameOn } from './wait-name.ts';
import type { StaffFrame } from './staff-frame.tsx';

/** A case: who is waited for now, what the person told, what may be done, and the whole story, mails not sent included. */
export function CasePage({
  frame,
  view,
  alike = [],
  done,
}: {
  frame: StaffFrame;
  view: CaseView;
  alike?: readonly PossibleDuplicate[];
  done: boolean;
}) {
  const { t } = frame;
  const categories = view.categories.map((code) => t(`request.category.${code}` as MessageKey));
  const actions = actionsFor(view);
  const wait = nextWait(view.waits);
  const [first, ...others] = urgedActs(actions, wait?.kind);
  const href = (action: ActionSlug) => `/equipe/demandes/${view.id}/${action}`;
  return (
    <WorkLayout {...frame} title={view.number}>
      {done && <Flash kind="done" main={t('staff.done')} />}
      <p class="above-title">
        {[...categories, view.quarter, t('staff.case.received', { date: t.shortDateTime(view.receivedAt) })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <h1 class="case-title">{view.number}</h1>
      <p class="case-chips">
        <StatusChip kind="done">{t(`staff.state.${view.state}`)}</StatusChip>
        {view.outcome && <StatusChip>{t(`staff.outcome.${view.outcome}` as MessageKey)}</StatusChip>}
        {view.danger && <StatusChip kind="danger">{t('staff.chip.danger')}</StatusChip>}
        {view.late && <StatusChip kind="waiting">{t('staff.chip.late')}</StatusChip>}
        {view.suspended && <StatusChip kind="waiting">{t('staff.chip.suspended')}</StatusChip>}
        {view.waitingForPartner && <StatusChip kind="waiting">{t('staff.chip.waiting')}</StatusChip>}
        {view.minor && <StatusChip kind="waiting">{t('staff.chip.minor')}</StatusChip>}
        {view.interpreter && <StatusChip>{t('staff.chip.interpreter')}</StatusChip>}
        {view.doubtful && <StatusChip kind="waiting">{t('staff.chip.doubtful')}</StatusChip>}
        {mixesScripts(view.identity.firstName) && (
          <StatusChip kind="waiting">{t('staff.chip.mixedScripts')}</StatusChip>
        )}
        {view.tension !== null && <StatusChip>{t('staff.chip.tension', { level: view.tension })}</StatusChip>}
        <span>{view.mediator ? t('staff.case.mediator', { name: view.mediator }) : t('staff.case.noMediator')}</span>
      </p>
      <DangerCard t={t} town={frame.town} view={view} />
      <VisitSafety t={t} view={view} />
      <NowPanel
        t={t}
        wait={
          wait && {
            waitingFor: { main: waitedFor(t, view, wait), detail: waitNameOn(t, view, wait) },
            due: { main: wait.held ? t('staff.held') : t.longDate(wait.dueDay) },
            otherwise: {
              main: wait.nextAt ? t.shortDateTime(wait.nextAt) : t('staff.case.none'),
              detail: wait.held
                ? heldWords(t, view)
                : wait.nextAction
                  ? t(`staff.then.${wait.nextAction}`)
                  : t('staff.otherwise.none'),
            },
          }
        }
      >
        {first && <ButtonLink href={href(first)}>{t(`staff.action.${first}`)}</ButtonLink>}
        {others.map((action) => (
          <ButtonLink href={href(action)} kind="outline">
            {t(`staff.action.${action}`)}
          </ButtonLink>
        ))}
      </NowPanel>
      <div class="case-columns">
        <div>
          <Card title={t('staff.case.story')}>
            <p class="written">{view.story ?? t('staff.case.noStory')}</p>
            <SituationList t={t} view={view} />
            <p class="hint">{t('staff.case.readers')}</p>
            {actions.includes('masquer') && (
              <p>
                <a href={href('masquer')}>{t('staff.action.masquer')}</a>
              </p>
            )}
            {view.led && (
              <p>
                <a href={`/equipe/demandes/${view.id}/lectures`}>{t('staff.reads.link')}</a>
              </p>
            )}
          </Card>
          <MessagesCard t={t} view={view} mayWrite={actions.includes('ecrire')} />
          <AttachmentsCard t={t} view={view} />
          <h2>{t('staff.case.history')}</h2>
          <Timeline t={t} entries={caseStory(t, view)} />
        </div>
        <div>
          <Card title={t('staff.case.can')}>
            <ul class="links">
              {actions.map((action) => (
                <li>
                  <a href={href(action)}>{t(`staff.action.${action}`)}</a>
                </li>
              ))}
            </ul>
          </Card>
          <WaitsCard t={t} view={view} first={wait} />
          <ProposalCard t={t} proposal={view.proposal} />
          <MergedCard t={t} view={view} />
          <ReferralCard t={t} referral={view.referral} />
          <MinorCard t={t} town={frame.town} view={view} />
          <PartiesCard
            t={t}
            view={view}
            mayCorrect={actions.includes('coordonnees') ? correctableParties(view, 'other') : []}
          />
          <RightsCard t={t} view={view} actions={actions} />
          <CourseCard t={t} view={view} />
          <SessionsCard t={t} view={view} actions={actions} />
          <FollowUpCard t={t} view={view} />
          <WorkCard t={t} view={view} />
          <PartnersCard t={t} requests={view.requests} today={view.today} />
          <GroupedCard t={t} view={view} />
          <PossibleDuplicates t={t} found={alike} />
          <Card title={t('staff.case.person')}>
            <DefinitionList items={person(t, view)} />
          </Card>
        </div>
      </div>
    </WorkLayout>
  );
}

function person(t: Translate, { identity }: CaseView): { term: string; says: Child }[] {
  if (identity.ways.length === 0) return [{ term: t('staff.case.firstName'), says: t('referrals.case.nobody') }];
  const items: [MessageKey, string | undefined][] = [
    ['staff.case.firstName', identity.firstName],
    ['staff.case.ways', identity.ways.map((way) => t(`request.way.${way}` as MessageKey)).join(', ')],
    ['staff.case.phone', identity.phone && readablePhone(identity.phone)],
    ['staff.case.email', identity.email && readableEmail(identity.email)],
    ['staff.case.post', identity.postalAddress],
    ['staff.case.trusted', identity.trustedPerson],
    [
      'staff.case.care',
      [...identity.precautions.map((code) => t(`request.precaution.${code}` as MessageKey)), identity.contactHours]
        .filter(Boolean)
        .join(', ') || undefined,
    ],
    [
      'staff.case.language',
      identity.spokenLanguage ? t(`request.language.${identity.spokenLanguage}` as MessageKey) : undefined,
    ],
  ];
  return items.flatMap(([term, says]) => (says ? [{ term: t(term), says }] : []));
}

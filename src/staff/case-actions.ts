import { AT_MOST_RESTS } from '../cases/suspend.command.ts';
import {
  ASKING,
  BEFORE_MEDIATION,
  type CaseState,
  GATHERING,
  holdsData,
  isActive,
  isOpenToPerson,
  TALKING,
  TRANSITIONS,
} from '../cases/case-status.ts';
import { mayAnswer } from '../partners/request-status.ts';
import { missingAgreements } from '../parties/agreement-status.ts';
import { ENDINGS } from '../journal/event-codes.ts';
import {
  codeHolders,
  columnsToWrite,
  correctableParties,
  mailsToResend,
  maskableTexts,
  openRights,
  plannedSessions,
  rightsToExtend,
  tasksToFinish,
} from './act-choices.ts';
import { ACTION_SLUGS, type ActionSlug } from './action-slugs.ts';
import type { CaseView } from './case-view.query.ts';

/** What this person may do on this case now, the most expected first. The commands ask again under the lock. */
export function actionsFor(view: CaseView): ActionSlug[] {
  const possible: Record<ActionSlug, boolean> = {
    ...roadActs(view),
    ...agreementActs(view),
    ...courseActs(view),
    ...partnerActs(view),
    ...sessionActs(view),
    ...rightsActs(view),
  };
  const acts = ACTION_SLUGS.filter((slug) => possible[slug] && !(view.familyDanger && OF_A_MEDIATION.includes(slug)));
  // Once they are gathered, another agreement is the exception.
  if (BEFORE_MEDIATION.includes(view.state) || !acts.includes('accord')) return acts;
  return [...acts.filter((slug) => slug !== 'accord'), 'accord'];
}

/** What leads to a mediation or to the other side: closed where somebody of the family is feared (spec §3.6). */
const OF_A_MEDIATION: readonly ActionSlug[] = [
  'accepter',
  'affecter',
  'ouvrir-accords',
  'demander-accord',
  'partie',
  'mediation',
  'reprendre-accords',
  'reaffecter',
  'regrouper',
];

/** From receipt to first contact, and the ends of a case. */
function roadActs(view: CaseView) {
  const active = isActive(view.state);
  const triage = view.state === 'received' || view.state === 'in_triage';
  const acts = view.led || view.isMediator;
  return {
    decision: view.led && ((view.danger && isOpenToPerson(view.state)) || has(view, 'danger')),
    valider: view.led && view.proposal !== undefined,
    prendre: view.isProposedToMe,
    accepter: view.led && triage,
    affecter: view.led && view.state === 'accepted',
    contact: acts && (TALKING.includes(view.state) || (view.led && view.state === 'more_info_needed')),
    // Whoever wrote after the end is answered too.
    ecrire: acts && (active || has(view, 'task_read_message')) && !view.danger,
    lire: view.led && view.state === 'received',
    question: view.led && triage,
    reponse: view.led && view.state === 'more_info_needed',
    reorienter: view.led && triage,
    decliner: view.isProposedToMe,
    renvoyer: view.led && view.proposal !== undefined,
    clore: acts && active && view.state !== 'received' && view.proposal === undefined,
    prolonger: view.led && active && has(view, 'task_close_or_extend'),
    courriel: acts && mailsToResend(view).length > 0,
    tache: acts && tasksToFinish(view).length > 0,
    arreter: acts && (active || view.state === 'merged'),
    danger: acts && active,
    famille: view.led && view.familyDanger,
    visite: view.led && active && view.visits.leaderDecides,
    corriger:
      view.led &&
      (view.state === 'closed' || view.state === 'redirected' || view.state === 'merged') &&
      !endedByPerson(view),
  };
}

/** Gathering agreements, until the mediation begins or somebody does not want it. */
function agreementActs(view: CaseView) {
  const acts = view.led || view.isMediator;
  const { state, parties } = view;
  const requester = parties.find(({ side }) => side === 'requester');
  const others = parties.filter(({ side, ended }) => side === 'other' && !ended);
  const asking = GATHERING.includes(state);
  const missing = missingAgreements(view, parties);
  return {
    accord: acts && TALKING.includes(state),
    'demander-accord': acts && (asking || state === 'first_contact'),
    'ouvrir-accords': acts && state === 'first_contact' && requester?.agreement === 'yes' && requester.takesPart,
    partie: acts && asking && requester?.given.includes('contact_other') === true,
    // As long as its data are kept, whether it takes part or not, and after the closing too (R77).
    informer: acts && (isActive(state) || has(view, 'art14_notice')) && parties.some(isUninformed),
    coordonnees: acts && correctableParties(view, 'other').length > 0,
    retrait: acts && isActive(state) && others.length > 0,
    'sans-reponse': acts && asking && others.some(({ agreement }) => agreement === 'asked'),
    partager: acts && isActive(state) && parties.some(({ agreement, ended }) => agreement === 'yes' && !ended),
    mediation: acts && state === 'agreements' && missing.length === 0,
    accompagner:
      acts && state === 'agreements' && others.every(({ agreement }) => agreement !== 'yes' && agreement !== 'asked'),
    'reprendre-accords': acts && state === 'support',
  };
}

function isUninformed({ side, informedAt, erased }: CaseView['parties'][number]): boolean {
  return side === 'other' && informedAt === null && !erased;
}

/** Once people talk: what came of it, news, evaluation; a rest, another mediator, opening again. */
function courseActs(view: CaseView) {
  const acts = view.led || view.isMediator;
  const { state } = view;
  const active = isActive(state);
  return {
    suivi: acts && (state === 'mediation' || state === 'support'),
    nouvelles: acts && view.begunChecks.length > 0,
    evaluation: acts && state === 'follow_up',
    ...workActs(view),
    pause: acts && view.rests < AT_MOST_RESTS && TALKING.includes(state),
    reprise: acts && active && view.suspended,
    rouvrir: acts && state === 'closed',
    reaffecter: view.led && REASSIGNED.includes(state),
    regrouper: view.led && (state === 'received' || state === 'in_triage'),
    point: view.led && has(view, 'case_review') && active,
  };
}

/** F9, from the evaluation on: the columns one may write, the common conclusion, the word that it was read. */
function workActs(view: CaseView) {
  const { columns, conclusion, mine } = view.work;
  const waited = has(view, 'leader_evaluation') || has(view, 'mediator_evaluation');
  const together = (view.state === 'evaluation' || view.state === 'closed') && columns.length === 2;
  return {
    bilan: (view.state === 'evaluation' || waited) && columnsToWrite(view).length > 0,
    conclusion: together && mine.includes('leader') && !conclusion?.confirmedAt,
    'avis-papier': mine.length > 0 && view.opinionsAsked.length > 0,
    'confirmer-bilan': together && mine.includes('mediator') && conclusion?.confirmedAt === null,
  };
}

/** Asking partners, from triage to the checks. */
function partnerActs(view: CaseView) {
  const acts = view.led || view.isMediator;
  const open = view.requests.some(({ state }) => mayAnswer(state, 'done'));
  return {
    solliciter: acts && ASKING.includes(view.state),
    'reponse-partenaire': acts && open,
    'informer-partenaire': acts && isActive(view.state) && view.requests.some(({ state }) => state === 'needs_info'),
    'absence-partenaire': acts && open,
    'annuler-demande': acts && open,
  };
}

/** Sessions and notes, as long as people talk. */
function sessionActs(view: CaseView) {
  const acts = view.led || view.isMediator;
  const planned = acts && isActive(view.state) && plannedSessions(view, false).length > 0;
  const begun = planned && plannedSessions(view, true).length > 0;
  return {
    rencontre: acts && TALKING.includes(view.state),
    // What was still planned when people are asked what they think is noted all the same.
    note: acts && (TALKING.includes(view.state) || (view.state === 'evaluation' && begun)),
    'confirmer-lien': acts && view.meetings.links.some(({ confirmedAt }) => confirmedAt === null),
    deplacer: planned,
    absence: begun,
    'annuler-rencontre': planned,
  };
}

/** What people ask about the data kept on them: whatever the case has become, as long as they are kept (R82). */
function rightsActs(view: CaseView) {
  const acts = view.led || view.isMediator;
  const open = openRights(view);
  return {
    droit: acts && holdsData(view.state),
    'nouveau-code': acts && codeHolders(view).length > 0,
    'repondre-droit': view.led && open.length > 0,
    'refuser-droit': view.led && open.length > 0,
    'prolonger-droit': view.led && rightsToExtend(view).length > 0,
    'retirer-droit': acts && open.length > 0,
    masquer: view.led && holdsData(view.state) && maskableTexts(view).length > 0,
    'coordonnees-personne': acts && correctableParties(view, 'requester').length > 0,
  };
}

const REASSIGNED: readonly CaseState[] = TRANSITIONS.T34.from;

/** Stopped with the code: nobody else takes that back (line 2 of architecture.md). */
function endedByPerson({ events }: CaseView): boolean {
  const ended = events.find(({ code }) => ENDINGS.some((ending) => ending === code));
  return ended?.code === 'request_withdrawn' && ended.person === null;
}

function has(view: CaseView, kind: string): boolean {
  return view.waits.some((wait) => wait.kind === kind);
}

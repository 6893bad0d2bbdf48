import type { DeadlineKind } from '../deadlines/kinds.ts';
import type { ActionSlug } from './action-slugs.ts';

/** What brings each wait to its end, the most expected first: what the team does itself, or writes down for whoever is waited for. */
const ACTS_OF: Record<DeadlineKind, readonly ActionSlug[]> = {
  triage: ['accepter', 'lire', 'question', 'reorienter'],
  more_info: ['reponse', 'contact'],
  assignment: ['affecter'],
  mediator_answer: ['prendre', 'decliner'],
  first_contact: ['contact'],
  contact_attempts: ['contact'],
  no_note: ['note'],
  next_step: ['mediation', 'accord', 'rencontre'],
  other_party_contact: ['partie', 'contact'],
  art14_notice: ['informer'],
  agreement: ['accord', 'sans-reponse'],
  first_session: ['rencontre', 'note'],
  suspension: ['reprise'],
  check_d10: ['nouvelles'],
  check_m1: ['nouvelles'],
  check_m3: ['nouvelles'],
  evaluation_to_open: ['evaluation'],
  closing_to_propose: ['clore'],
  session: ['deplacer', 'note'],
  session_note: ['note', 'absence'],
  partner_ack: ['reponse-partenaire'],
  partner_answer_urgent: ['reponse-partenaire'],
  partner_answer_standard: ['reponse-partenaire'],
  partner_answer_works: ['reponse-partenaire'],
  partner_action: ['reponse-partenaire'],
  evaluation: ['avis-papier', 'clore'],
  opinions: ['avis-papier'],
  partner_opinion: [],
  mediator_evaluation: ['bilan'],
  leader_evaluation: ['bilan'],
  common_conclusion: ['conclusion'],
  conclusion_to_confirm: ['confirmer-bilan'],
  case_review: ['point'],
  long_case: ['point', 'clore'],
  closure_validation: ['valider', 'renvoyer'],
  rights_request: ['repondre-droit', 'prolonger-droit', 'refuser-droit'],
  danger: ['decision'],
  task_call_requester: ['tache', 'contact'],
  task_call_party: ['tache', 'contact'],
  task_party_withdrew: ['accompagner', 'reprendre-accords', 'clore', 'tache'],
  task_party_answered: ['tache'],
  task_partner_answered: ['tache'],
  task_partner_silent: ['reponse-partenaire', 'annuler-demande', 'tache'],
  task_partner_action: ['reponse-partenaire', 'tache'],
  task_close_or_extend: ['prolonger', 'clore'],
  task_closing_returned: ['tache'],
  task_mail_uncertain: ['courriel', 'tache'],
  task_mail_refused: ['tache', 'contact'],
  task_step_blocked: ['reaffecter', 'tache'],
  task_grouped_requests: ['tache', 'regrouper'],
  task_safety_check: ['tache', 'annuler-rencontre'],
  task_read_message: ['ecrire', 'tache'],
  task_note_withdrawal: ['tache'],
  task_note_email_removed: ['tache', 'contact'],
};

/** What ends a case or a part in it, or says a danger: offered in the list, and first only when it is what is waited for. */
const NEVER_URGED: readonly ActionSlug[] = [
  'clore',
  'arreter',
  'retrait',
  'danger',
  'pause',
  'corriger',
  'decliner',
  'rouvrir',
  'refuser-droit',
  'prolonger-droit',
  'retirer-droit',
  'coordonnees-personne',
  'masquer',
  'nouveau-code',
  'droit',
];

/**
 * The few acts the top of a case offers: those that bring what it is waiting for, then those that follow most often.
 * @param possible what this person may do now, in the order of the page's list.
 * @param kind the wait the top of the page speaks of, where there is one.
 */
export function urgedActs(possible: readonly ActionSlug[], kind: string | undefined): ActionSlug[] {
  const known = kind !== undefined && kind in ACTS_OF ? ACTS_OF[kind as DeadlineKind] : [];
  const expected = known.filter((slug) => possible.includes(slug));
  const rest = possible.filter((slug) => !expected.includes(slug) && !NEVER_URGED.includes(slug));
  return [...expected, ...rest].slice(0, 4);
}

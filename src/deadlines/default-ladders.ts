import type { DeadlineKind } from './kinds.ts';
import type { LadderStepTable, LadderTable } from '../db/tables/town.ts';

type Target = Omit<LadderTable, 'town_id' | 'kind'>;
type Rung = Omit<LadderStepTable, 'town_id' | 'kind' | 'ordinal'>;

const workingDays = (n: number) => ({ target_unit: 'working_day', target_n: n }) as const;
const calendarDays = (n: number) => ({ target_unit: 'calendar_day', target_n: n }) as const;
const months = (n: number) => ({ target_unit: 'month', target_n: n }) as const;
const openHours = (n: number) => ({ target_unit: 'open_hour', target_n: n }) as const;
const after = (n: number) => ({ anchor: 'opened', offset_unit: 'working_day', offset_n: n }) as const;
const afterCalendarDays = (n: number) => ({ anchor: 'opened', offset_unit: 'calendar_day', offset_n: n }) as const;
const fromDue = (n: number) => ({ anchor: 'due', offset_unit: 'working_day', offset_n: n }) as const;
const afterHours = (n: number) => ({ anchor: 'opened', offset_unit: 'open_hour', offset_n: n }) as const;
/** Checks: the mediator on the day and three days later, then the leader. */
const CHECK_STEPS = [
  {
    anchor: 'due',
    offset_unit: 'working_day',
    offset_n: 0,
    audience: 'mediator',
    action: 'remind',
    template: 'check_due',
  },
  {
    anchor: 'due',
    offset_unit: 'working_day',
    offset_n: 3,
    audience: 'mediator',
    action: 'remind',
    template: 'check_due',
  },
  {
    anchor: 'due',
    offset_unit: 'working_day',
    offset_n: 7,
    audience: 'leader',
    action: 'escalate',
    template: 'check_late',
  },
] as const satisfies readonly Rung[];
/** Spec §4.4, the partner request ladder: the référent, with the substitute, with the head, then the next meeting of the group. */
const PARTNER_STEPS = [
  { ...fromDue(-2), audience: 'referent', action: 'remind', template: 'partner_reminder' },
  { ...fromDue(0), audience: 'referent', action: 'remind', template: 'partner_today' },
  { ...fromDue(3), audience: 'substitute', action: 'remind', template: 'partner_late' },
  { ...fromDue(7), audience: 'head', action: 'remind', template: 'partner_very_late' },
  { ...fromDue(12), audience: 'coordinator', action: 'next_agenda', template: 'partner_silent' },
] as const satisfies readonly Rung[];
/** A due day ends at 17:30: what follows from missing it happens on the next working day. */
const dayAfterDue = { anchor: 'due', offset_unit: 'working_day', offset_n: 1 } as const;

/** The reminder calendar of spec §4.4 as rows. A new town starts with these; changing them afterwards is an update, not a release. */
export const DEFAULT_LADDERS: Record<DeadlineKind, { target: Target; steps: readonly Rung[] }> = {
  triage: {
    target: { ...workingDays(2), waits_for: 'leader', pausable: false },
    steps: [
      { ...fromDue(0), audience: 'leader', action: 'remind', template: 'triage_due' },
      { ...fromDue(1), audience: 'deputy', action: 'escalate', template: 'triage_late' },
    ],
  },
  more_info: {
    target: { ...workingDays(10), waits_for: 'requester', pausable: false },
    steps: [
      { ...after(5), audience: 'requester', action: 'remind', template: 'question_reminder' },
      { ...dayAfterDue, audience: 'leader', action: 'close_incomplete', template: 'question_unanswered' },
    ],
  },
  assignment: {
    target: { ...workingDays(1), waits_for: 'leader', pausable: false },
    steps: [{ ...after(1), audience: 'leader', action: 'remind', template: 'assignment_due' }],
  },
  mediator_answer: {
    target: { ...workingDays(1), waits_for: 'mediator', pausable: false },
    steps: [
      { ...after(1), audience: 'mediator', action: 'remind', template: 'answer_due' },
      { ...after(2), audience: 'leader', action: 'return_assignment', template: 'assignment_returned' },
    ],
  },
  first_contact: {
    target: { ...workingDays(3), waits_for: 'mediator', pausable: true },
    steps: [
      { ...after(2), audience: 'mediator', action: 'remind', template: 'first_contact_due' },
      { ...after(4), audience: 'leader', action: 'escalate', template: 'first_contact_late' },
    ],
  },
  contact_attempts: {
    target: { ...workingDays(15), waits_for: 'mediator', pausable: true },
    steps: [
      { ...after(10), audience: 'mediator', action: 'remind', template: 'attempts_due' },
      { ...dayAfterDue, audience: 'leader', action: 'ask_leader', template: 'not_reached' },
    ],
  },
  no_note: {
    target: { ...workingDays(15), waits_for: 'mediator', pausable: true },
    steps: [
      { ...after(15), audience: 'mediator', action: 'remind', template: 'note_due' },
      { ...after(20), audience: 'leader', action: 'escalate', template: 'note_late' },
    ],
  },
  // The day the mediator wrote in the last note (F4).
  next_step: {
    target: { ...workingDays(1), waits_for: 'mediator', pausable: true },
    steps: [
      { ...fromDue(0), audience: 'mediator', action: 'remind', template: 'next_step_due' },
      { ...fromDue(3), audience: 'leader', action: 'escalate', template: 'next_step_late' },
    ],
  },
  other_party_contact: {
    target: { ...workingDays(10), waits_for: 'mediator', pausable: true },
    steps: [
      { ...after(7), audience: 'mediator', action: 'remind', template: 'other_party_due' },
      { ...after(11), audience: 'leader', action: 'escalate', template: 'other_party_late' },
    ],
  },
  art14_notice: {
    target: { ...months(1), waits_for: 'mediator', pausable: false },
    steps: [
      { ...afterCalendarDays(20), audience: 'mediator', action: 'remind', template: 'notice_due' },
      { ...afterCalendarDays(27), audience: 'leader', action: 'escalate', template: 'notice_late' },
    ],
  },
  agreement: {
    target: { ...workingDays(20), waits_for: 'party', pausable: true },
    steps: [
      { ...after(7), audience: 'party', action: 'remind', template: 'agreement_reminder' },
      { ...after(14), audience: 'party', action: 'remind', template: 'agreement_reminder' },
      { ...dayAfterDue, audience: 'leader', action: 'ask_leader', template: 'agreement_unanswered' },
    ],
  },
  // Fifteen working days after the last agreement, which may lie before the mediation began: reminded on the twelfth.
  first_session: {
    target: { ...workingDays(15), waits_for: 'mediator', pausable: true },
    steps: [
      { ...fromDue(-3), audience: 'mediator', action: 'remind', template: 'session_due' },
      { ...dayAfterDue, audience: 'leader', action: 'escalate', template: 'session_late' },
    ],
  },
  suspension: {
    target: { ...workingDays(30), waits_for: 'service', pausable: false },
    steps: [
      { ...fromDue(0), audience: 'mediator', action: 'remind', template: 'suspension_ends' },
      { ...fromDue(1), audience: 'mediator', action: 'resume', template: 'suspension_ended' },
    ],
  },
  check_d10: { target: { ...calendarDays(10), waits_for: 'mediator', pausable: true }, steps: CHECK_STEPS },
  check_m1: { target: { ...months(1), waits_for: 'mediator', pausable: true }, steps: CHECK_STEPS },
  check_m3: { target: { ...months(3), waits_for: 'mediator', pausable: true }, steps: CHECK_STEPS },
  // What the news says comes next, so that nothing rests with nobody (T27, T33).
  evaluation_to_open: {
    target: { ...workingDays(5), waits_for: 'mediator', pausable: true },
    steps: [
      { ...after(4), audience: 'mediator', action: 'remind', template: 'evaluation_to_open' },
      { ...dayAfterDue, audience: 'leader', action: 'escalate', template: 'evaluation_to_open' },
    ],
  },
  closing_to_propose: {
    target: { ...workingDays(5), waits_for: 'mediator', pausable: true },
    steps: [
      { ...fromDue(-1), audience: 'mediator', action: 'remind', template: 'closing_to_propose' },
      { ...dayAfterDue, audience: 'leader', action: 'escalate', template: 'closing_to_propose' },
    ],
  },
  session: {
    target: { ...workingDays(1), waits_for: 'party', pausable: false },
    steps: [{ ...fromDue(-1), audience: 'party', action: 'remind', template: 'session_reminder' }],
  },
  session_note: {
    target: { ...workingDays(2), waits_for: 'mediator', pausable: false },
    steps: [
      { ...fromDue(0), audience: 'mediator', action: 'remind', template: 'session_note_due' },
      { ...fromDue(3), audience: 'leader', action: 'escalate', template: 'session_note_late' },
    ],
  },
  partner_ack: {
    target: { ...workingDays(3), waits_for: 'referent', pausable: false },
    steps: [{ ...after(3), audience: 'referent', action: 'remind', template: 'partner_received' }],
  },
  partner_answer_urgent: {
    target: { ...workingDays(2), waits_for: 'referent', pausable: false },
    steps: PARTNER_STEPS,
  },
  partner_answer_standard: {
    target: { ...workingDays(10), waits_for: 'referent', pausable: false },
    steps: PARTNER_STEPS,
  },
  partner_answer_works: {
    target: { ...workingDays(20), waits_for: 'referent', pausable: false },
    steps: PARTNER_STEPS,
  },
  // « Prise en charge » has an end: on its day the organisation is asked where the action stands, then the mediator asks (spec §4.3).
  partner_action: {
    target: { ...workingDays(20), waits_for: 'referent', pausable: false },
    steps: [
      { ...fromDue(0), audience: 'referent', action: 'remind', template: 'partner_action' },
      { ...fromDue(3), audience: 'mediator', action: 'escalate', template: 'partner_action_late' },
    ],
  },
  // Opinions are asked two days after, reminded of once, and never block longer than this (T28).
  evaluation: {
    target: { ...workingDays(10), waits_for: 'leader', pausable: false },
    steps: [
      { ...after(2), audience: 'party', action: 'send_questionnaires', template: 'questionnaire' },
      { ...after(10), audience: 'party', action: 'send_questionnaires', template: 'questionnaire_reminder' },
      { ...dayAfterDue, audience: 'leader', action: 'remind', template: 'closing_due' },
    ],
  },
  // The same after a closing without an evaluation (T20, T22, T33): nothing waits for it.
  opinions: {
    target: { ...workingDays(10), waits_for: 'party', pausable: false },
    steps: [
      { ...after(2), audience: 'party', action: 'send_questionnaires', template: 'questionnaire' },
      { ...after(10), audience: 'party', action: 'send_questionnaires', template: 'questionnaire_reminder' },
      { ...dayAfterDue, audience: 'service', action: 'end_questionnaires', template: 'opinions_over' },
    ],
  },
  // Sent two days after, reminded of twice, then none (spec §4.4); it outlives the closing and holds nothing back.
  partner_opinion: {
    target: { ...workingDays(10), waits_for: 'referent', pausable: false },
    steps: [
      { ...after(2), audience: 'referent', action: 'send_questionnaires', template: 'partner_opinion' },
      { ...after(5), audience: 'referent', action: 'send_questionnaires', template: 'partner_opinion_reminder' },
      { ...after(10), audience: 'referent', action: 'send_questionnaires', template: 'partner_opinion_reminder' },
      { ...dayAfterDue, audience: 'service', action: 'end_questionnaires', template: 'partner_opinion_over' },
    ],
  },
  mediator_evaluation: {
    target: { ...workingDays(10), waits_for: 'mediator', pausable: false },
    steps: [
      { ...after(8), audience: 'mediator', action: 'remind', template: 'evaluation_due' },
      { ...after(12), audience: 'mediator', action: 'remind', template: 'evaluation_due' },
    ],
  },
  // Once both columns are there: they meet, the leader writes what both conclude, the mediator says that it was read (R57).
  common_conclusion: {
    target: { ...workingDays(10), waits_for: 'leader', pausable: false },
    steps: [
      { ...after(8), audience: 'leader', action: 'remind', template: 'conclusion_due' },
      { ...after(12), audience: 'leader', action: 'remind', template: 'conclusion_due' },
    ],
  },
  conclusion_to_confirm: {
    target: { ...workingDays(5), waits_for: 'mediator', pausable: false },
    steps: [
      { ...after(4), audience: 'mediator', action: 'remind', template: 'conclusion_to_confirm' },
      { ...dayAfterDue, audience: 'leader', action: 'remind', template: 'conclusion_to_confirm' },
    ],
  },
  leader_evaluation: {
    target: { ...workingDays(10), waits_for: 'leader', pausable: false },
    steps: [
      { ...after(8), audience: 'leader', action: 'remind', template: 'evaluation_due' },
      { ...after(12), audience: 'leader', action: 'remind', template: 'evaluation_due' },
    ],
  },
  // At sixty days open, then every thirty: counted from the review that was held, or from the day it was due when nobody held it.
  case_review: {
    target: { ...workingDays(60), waits_for: 'leader', pausable: false },
    steps: [
      { ...fromDue(0), audience: 'leader', action: 'remind', template: 'review_due' },
      { ...fromDue(30), audience: 'leader', action: 'review_again', template: 'review_due' },
    ],
  },
  // The alarm of a long case, whatever reviews were held before.
  long_case: {
    target: { ...workingDays(85), waits_for: 'leader', pausable: false },
    steps: [{ ...fromDue(0), audience: 'leader', action: 'escalate', template: 'case_long' }],
  },
  closure_validation: {
    target: { ...workingDays(5), waits_for: 'leader', pausable: false },
    steps: [
      { ...after(4), audience: 'leader', action: 'remind', template: 'validation_due' },
      { ...dayAfterDue, audience: 'deputy', action: 'escalate', template: 'decision_late' },
    ],
  },
  // What a person asks about their own data is answered within a month (GDPR art. 12, R82): the leader, earlier and earlier, then the coordinator.
  rights_request: {
    target: { ...months(1), waits_for: 'leader', pausable: false },
    steps: [
      { ...fromDue(-10), audience: 'leader', action: 'remind', template: 'rights_due' },
      { ...fromDue(-3), audience: 'leader', action: 'remind', template: 'rights_due' },
      { ...fromDue(0), audience: 'leader', action: 'remind', template: 'rights_due' },
      { ...dayAfterDue, audience: 'coordinator', action: 'escalate', template: 'rights_late' },
    ],
  },
  danger: {
    target: { ...openHours(1), waits_for: 'leader', pausable: false },
    steps: [
      { ...afterHours(1), audience: 'leader', action: 'remind', template: 'danger_waiting' },
      { ...afterHours(4), audience: 'leader', action: 'remind', template: 'danger_waiting' },
    ],
  },
  // Whoever came back from a tense visit is asked how it went (R43).
  task_safety_check: {
    target: { ...workingDays(1), waits_for: 'leader', pausable: false },
    steps: [
      { ...after(1), audience: 'leader', action: 'remind', template: 'safety_check' },
      { ...dayAfterDue, audience: 'deputy', action: 'escalate', template: 'decision_late' },
    ],
  },
  task_call_requester: {
    target: { ...workingDays(2), waits_for: 'leader', pausable: false },
    steps: [{ ...after(2), audience: 'leader', action: 'remind', template: 'call_due' }],
  },
  task_call_party: {
    target: { ...workingDays(2), waits_for: 'mediator', pausable: false },
    steps: [{ ...after(2), audience: 'mediator', action: 'remind', template: 'call_due' }],
  },
  task_party_withdrew: {
    target: { ...workingDays(5), waits_for: 'mediator', pausable: false },
    steps: [
      { ...after(4), audience: 'mediator', action: 'remind', template: 'party_withdrew' },
      { ...dayAfterDue, audience: 'leader', action: 'escalate', template: 'party_withdrew' },
    ],
  },
  task_party_answered: {
    target: { ...workingDays(2), waits_for: 'mediator', pausable: false },
    steps: [
      { ...after(2), audience: 'mediator', action: 'remind', template: 'party_answered' },
      { ...dayAfterDue, audience: 'leader', action: 'escalate', template: 'party_answered' },
    ],
  },
  task_partner_answered: {
    target: { ...workingDays(2), waits_for: 'mediator', pausable: false },
    steps: [
      { ...after(2), audience: 'mediator', action: 'remind', template: 'partner_answered' },
      { ...dayAfterDue, audience: 'leader', action: 'escalate', template: 'partner_answered' },
    ],
  },
  task_partner_action: {
    target: { ...workingDays(3), waits_for: 'mediator', pausable: false },
    steps: [{ ...dayAfterDue, audience: 'leader', action: 'escalate', template: 'partner_action_late' }],
  },
  task_partner_silent: {
    target: { ...workingDays(5), waits_for: 'leader', pausable: false },
    steps: [{ ...dayAfterDue, audience: 'deputy', action: 'escalate', template: 'decision_late' }],
  },
  task_close_or_extend: {
    target: { ...workingDays(5), waits_for: 'leader', pausable: false },
    steps: [{ ...dayAfterDue, audience: 'deputy', action: 'escalate', template: 'decision_late' }],
  },
  task_closing_returned: {
    target: { ...workingDays(2), waits_for: 'mediator', pausable: false },
    steps: [
      { ...after(2), audience: 'mediator', action: 'remind', template: 'closing_returned' },
      { ...dayAfterDue, audience: 'leader', action: 'escalate', template: 'closing_returned' },
    ],
  },
  task_mail_uncertain: {
    target: { ...workingDays(1), waits_for: 'leader', pausable: false },
    steps: [],
  },
  task_mail_refused: {
    target: { ...workingDays(1), waits_for: 'leader', pausable: false },
    steps: [],
  },
  task_step_blocked: {
    target: { ...workingDays(2), waits_for: 'leader', pausable: false },
    steps: [{ ...dayAfterDue, audience: 'deputy', action: 'escalate', template: 'decision_late' }],
  },
  // Many requests about one place within an hour: read together, once (B-39).
  task_grouped_requests: {
    target: { ...workingDays(1), waits_for: 'leader', pausable: false },
    steps: [
      { ...after(1), audience: 'leader', action: 'remind', template: 'grouped_requests' },
      { ...dayAfterDue, audience: 'deputy', action: 'escalate', template: 'decision_late' },
    ],
  },
  task_read_message: {
    target: { ...workingDays(2), waits_for: 'leader', pausable: false },
    steps: [{ ...after(2), audience: 'leader', action: 'remind', template: 'message_received' }],
  },
  task_note_withdrawal: {
    target: { ...workingDays(1), waits_for: 'mediator', pausable: false },
    steps: [],
  },
  task_note_email_removed: {
    target: { ...workingDays(2), waits_for: 'mediator', pausable: false },
    steps: [],
  },
};

/** Mails to a person who asked for help: number and the address of /suivi, never the code, never a category (line 3). */
export const REQUESTER_TEMPLATES = [
  'acknowledgement',
  'referred',
  'question',
  'question_reminder',
  'redirected',
  'closed',
  'party_closed',
  'merged',
  'party_invited',
  'agreement_asked',
  'agreement_reminder',
  'mediation_stopped',
  'participation_stopped',
  'team_message',
  'support_begun',
  'reopened',
  'questionnaire',
  'questionnaire_reminder',
  'session_invited',
  'session_moved',
  'session_cancelled',
  'session_reminder',
  'code_replaced',
  'rights_received',
  'rights_extended',
  'rights_answered',
] as const;
/** About somebody's own data: owed whether they take part or not, and told otherwise where no mail may leave (R82). */
export const RIGHTS_NEWS: readonly string[] = [
  'rights_received',
  'rights_extended',
  'rights_answered',
] satisfies RequesterTemplate[];
/** First news of a request: nobody calls in their place. */
export const FIRST_NEWS: readonly string[] = [
  'acknowledgement',
  'referred',
] satisfies (typeof REQUESTER_TEMPLATES)[number][];
/**
 * Mails to residents that keep the hours in which messages leave (spec §4.4): reminders and invitations, whatever a timer or a plan decided to
 * say. The others leave at once: receipts and first news, a question, an answer or a decision on their request, what somebody of the team has just
 * written, what they did themselves, codes, their rights. That a meeting is off leaves when `newsInTime` says so.
 */
const IN_HOURS: readonly string[] = [
  'question_reminder',
  'party_invited',
  'agreement_asked',
  'agreement_reminder',
  'questionnaire',
  'questionnaire_reminder',
  'session_invited',
  'session_moved',
  'session_reminder',
] satisfies RequesterTemplate[];

export function keepsHours(template: string): boolean {
  return IN_HOURS.includes(template);
}
/** News that leave although whoever had to do something about them has done it meanwhile: they are for somebody else. */
export const OWED_NEWS: readonly string[] = [...FIRST_NEWS, 'mediation_stopped' satisfies RequesterTemplate];
/**
 * What may still reach somebody who has left: that it is so, that the case they left with has ended, that a session in their calendar is off, the
 * way back to their own page, their rights.
 */
export const LAST_WORDS: readonly string[] = [
  'participation_stopped',
  'party_closed',
  'session_cancelled',
  'short_code',
  'code_replaced',
  ...RIGHTS_NEWS,
];
/** What leaves although the person, or the case, has come to an end meanwhile. */
export const NEVER_STOPPED: readonly string[] = ['session_cancelled', ...RIGHTS_NEWS];
export type RequesterTemplate = (typeof REQUESTER_TEMPLATES)[number];

/** The mail of a short code, to a person who lost the case code: it holds no link (C-5), and lives ten minutes. */
export type CodeTemplate = 'short_code';

/** Somebody is or may be in danger: at once in opening hours, otherwise at the next opening (spec §4.4). */
export const ALERTS = ['danger_alert', 'danger_waiting', 'safety_alert'] as const;
export type Alert = (typeof ALERTS)[number];

export function isAlert(template: string): template is Alert {
  return ALERTS.some((alert) => alert === template);
}

/** Mails to staff that leave alone, without waiting for the mail of the day. */
export const STAFF_NOW_TEMPLATES = [...ALERTS, 'assignment', 'invitation'] as const;
export type StaffNowTemplate = (typeof STAFF_NOW_TEMPLATES)[number];

/** Lines of the one mail a partner's contact gets on a day, with all its requests in it (spec §4.4); of one request, later is stronger. */
export const PARTNER_ITEMS = [
  'partner_request',
  'partner_informed',
  'partner_received',
  'partner_reminder',
  'partner_today',
  'partner_late',
  'partner_very_late',
  'partner_action',
  'partner_opinion',
  'partner_opinion_reminder',
] as const;
/** Lines about a questionnaire (F8), not about an answer that is due. */
export const OPINION_ITEMS = [
  'partner_opinion',
  'partner_opinion_reminder',
] as const satisfies readonly (typeof PARTNER_ITEMS)[number][];
export type PartnerItem = (typeof PARTNER_ITEMS)[number];
/** A question that stands from now on: its line is never held back, neither by the hour nor by a mail that has left. */
export const FIRST_LINES = ['partner_request', 'partner_informed'] as const satisfies readonly PartnerItem[];

export function isFirstLine(template: string): boolean {
  return FIRST_LINES.some((first) => first === template);
}

/** Lines of the one reminder mail a person gets on a day. */
export const DAY_ITEMS = [
  'new_request',
  'minor_request',
  'grouped_requests',
  'question_answered',
  'message_received',
  'assignment_declined',
  'assignment_returned',
  'closing_proposed',
  'closing_returned',
  'request_withdrawn',
  'mail_uncertain',
  'mail_refused',
  'step_blocked',
  'reassigned',
  'second_named',
  'case_reopened',
  'party_answered',
  'party_withdrew',
  'partner_answered',
  'partner_silent',
  'partner_action_late',
  'other_party_due',
  'other_party_late',
  'notice_due',
  'notice_late',
  'agreement_unanswered',
  'session_due',
  'session_late',
  'session_note_due',
  'session_note_late',
  'closing_due',
  'evaluation_due',
  'conclusion_due',
  'conclusion_to_confirm',
  'suspension_ends',
  'suspension_ended',
  'check_due',
  'check_late',
  'evaluation_to_open',
  'closing_to_propose',
  'review_due',
  'case_long',
  'triage_due',
  'triage_late',
  'question_unanswered',
  'assignment_due',
  'answer_due',
  'first_contact_due',
  'first_contact_late',
  'attempts_due',
  'not_reached',
  'note_due',
  'next_step_due',
  'next_step_late',
  'note_late',
  'validation_due',
  'call_due',
  'decision_late',
  'safety_check',
  'rights_asked',
  'rights_due',
  'rights_late',
] as const;
export type DayItem = (typeof DAY_ITEMS)[number];

/** Lines of the same mail that are about no request. */
export const TOWN_ITEMS = ['interpreter_calls'] as const;
export type TownItem = (typeof TOWN_ITEMS)[number];

/** The one mail a person gets on a day, with everything in it; it keeps the hours. */
export function isGathered(template: string): template is 'day' | 'partner_day' {
  return template === 'day' || template === 'partner_day';
}

export type MailTemplate = RequesterTemplate | CodeTemplate | StaffNowTemplate | 'day' | 'partner_day' | 'partner_code';

/** What can be waited for. A kind that begins with `task_` is a thing to do; the others are waits of the procedure (spec §4.4). */
export const WAIT_KINDS = [
  'triage',
  'more_info',
  'assignment',
  'mediator_answer',
  'first_contact',
  'contact_attempts',
  'no_note',
  'other_party_contact',
  'art14_notice',
  'agreement',
  'first_session',
  'suspension',
  'check_d10',
  'check_m1',
  'check_m3',
  'partner_ack',
  'partner_answer_urgent',
  'partner_answer_standard',
  'partner_answer_works',
  'case_review',
  'closure_validation',
  'danger',
] as const;
export const TASK_KINDS = [
  'task_call_requester',
  'task_call_party',
  'task_party_withdrew',
  'task_party_answered',
  'task_partner_answered',
  'task_partner_silent',
  'task_close_or_extend',
  'task_mail_uncertain',
  'task_mail_refused',
  'task_step_blocked',
  'task_read_message',
  'task_note_withdrawal',
  'task_note_email_removed',
] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];
export type TaskKind = (typeof TASK_KINDS)[number];
export type DeadlineKind = WaitKind | TaskKind;

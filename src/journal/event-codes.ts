/** Every change a case can know. One journal line, one outbox row and one signal carry the same code and the same seq. */
export type EventCode =
  | 'request_received'
  | 'danger_raised'
  | 'danger_decided'
  | 'triage_started'
  | 'question_asked'
  | 'question_answered'
  | 'closed_incomplete'
  | 'case_redirected'
  | 'case_accepted'
  | 'mediator_proposed'
  | 'assignment_declined'
  | 'assignment_returned'
  | 'assignment_accepted'
  | 'contact_attempted'
  | 'message_received'
  | 'closing_proposed'
  | 'closing_returned'
  | 'case_closed'
  | 'request_withdrawn'
  | 'mistake_corrected'
  | 'deadline_extended'
  | 'task_done'
  | 'code_asked'
  | 'code_replaced'
  | 'email_removed'
  | 'step_taken'
  | 'step_skipped'
  | 'mail_settled';

/** Those after which nobody is waited for. */
export const ENDINGS = [
  'case_closed',
  'case_redirected',
  'closed_incomplete',
  'request_withdrawn',
] as const satisfies EventCode[];

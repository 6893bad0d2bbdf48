import type { StepTable } from '../db/tables/deadline.ts';

/** A step whose instant has come, with what its deadline says. */
export type PendingStep = Pick<
  StepTable,
  'case_id' | 'deadline_id' | 'ordinal' | 'audience' | 'action' | 'template'
> & {
  id: string;
  at: Date;
  partyId: string | null;
  streamId: string;
  dueDay: string;
  kind: string;
};

/** What a step came to, as a code people read on the case. */
export type StepOutcome =
  | 'written'
  | 'returned'
  | 'closed'
  | 'task_made'
  /** Somebody was away or is not there: the next one of the ladder was asked. */
  | 'passed_on'
  | 'on_agenda'
  /** Questionnaires nobody is reminded of any more. */
  | 'ended'
  | 'nobody_to_tell'
  | 'overtaken'
  /** A stronger step of the ladder came on that day or before it: dropped when the ladder was planned. */
  | 'too_close'
  | 'already_queued'
  | 'danger'
  | 'minor'
  | 'asked_not_to_write'
  | 'no_address';

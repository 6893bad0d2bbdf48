/** Why an expected refusal happened. Closed: `error-pages` and the pages' texts know each of them. */
export type DomainCode =
  | 'not_found'
  | 'unknown_choice'
  | 'not_allowed_now'
  | 'not_built'
  /** The person stopped it: only they may take that back. */
  | 'ended_by_person'
  | 'not_qualified'
  /** This mediator declined this very case for a conflict of interests: the leader says why all the same. */
  | 'conflict_declared'
  /** A case rests twice in a cycle, no more (T24). */
  | 'rested_twice'
  | 'not_your_case'
  | 'too_late'
  | 'changed_meanwhile'
  /** This very form was sent before and did what it says. */
  | 'already_done'
  /** The passage does not stand in the text it is to be masked in (R79). */
  | 'not_in_text'
  | 'not_a_day'
  | 'day_passed'
  /** Something that was done cannot have been done on a day that has not come. */
  | 'day_to_come'
  | 'not_an_hour'
  /** A meeting that has not begun is neither held nor missed. */
  | 'not_begun'
  /** Apart, or one after the other: bringing sides together needs every agreement. */
  | 'one_at_a_time'
  | 'already_open'
  /** This column of the evaluation is written (F9). */
  | 'already_evaluated'
  /** A mediation resumes from the follow-up only (T26), or by a reopening within its months (T29). */
  | 'no_resuming'
  | 'no_reopening'
  /** The contact of this party is erased (§3.5): it is written down anew. */
  | 'contact_erased'
  /** The tries of a cycle are made (R33). */
  | 'tried_enough'
  /** Somebody's agreement is needed first (R29, line 2 of architecture.md). */
  | 'agreement_missing'
  /** A danger was said and nobody has decided on it yet: that comes first (R85). */
  | 'danger_undecided'
  /** Somebody of the family or the partner is feared: safety and orientation only (spec §3.6). */
  | 'out_of_mediation'
  /** At tension 4 the leader decides before any visit (R43). */
  | 'visit_undecided'
  /** As many files as one side may send are there (R97). */
  | 'files_enough'
  /** A step that has to come first; `lacking` says which. */
  | 'step_missing';

/** An expected refusal: nothing was written. `code` chooses the words a person reads; the message never holds personal data. */
export class DomainError extends Error {
  override name = 'DomainError';
  readonly code: DomainCode;
  /** The field that is meant, where one is. */
  readonly field: string | undefined;
  /** What is still missing, as codes that have their words on the page. */
  readonly lacking: readonly string[];
  constructor(code: DomainCode, options?: ErrorOptions & { field?: string; lacking?: readonly string[] }) {
    super(code, options);
    this.code = code;
    this.field = options?.field;
    this.lacking = options?.lacking ?? [];
  }
}

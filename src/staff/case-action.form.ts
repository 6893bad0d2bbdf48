import type { ActionSlug } from './case-actions.ts';
import { type Act, ANSWER_LIMIT, LINE_LIMIT, NOTE_LIMIT } from './act.form.ts';
import { ASSIGNMENT_ACTS } from './assignment-acts.form.ts';
import { CLOSING_ACTS } from './closing-acts.form.ts';
import { TRIAGE_ACTS } from './triage-acts.form.ts';

/** Each act of the case page: its fields, how they are read, and the one command it calls. */
export const CASE_ACTIONS: Record<ActionSlug, Act> = { ...TRIAGE_ACTS, ...ASSIGNMENT_ACTS, ...CLOSING_ACTS };

/** Fields a person writes in: what stands there is given back whatever happened meanwhile. */
export const WRITTEN_FIELDS = ['question', 'answer', 'target', 'override', 'note', 'reason'];

/** Those that hold no more than a line, or as much as the person may write; the others are notes. */
const LIMITS: Record<string, number> = { answer: ANSWER_LIMIT, target: LINE_LIMIT };

/** How long a text may be, for the words that say so. */
export function limitOf(field: string): number {
  return LIMITS[field] ?? NOTE_LIMIT;
}

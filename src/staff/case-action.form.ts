import type { ActionSlug } from './action-slugs.ts';
import { type Act, ANSWER_LIMIT, LINE_LIMIT, NOTE_LIMIT } from './act.form.ts';
import { AGREEMENT_ACTS } from './agreement-acts.form.ts';
import { ASSIGNMENT_ACTS } from './assignment-acts.form.ts';
import { CLOSING_ACTS } from './closing-acts.form.ts';
import { COURSE_ACTS } from './course-acts.form.ts';
import { DANGER_ACTS } from './danger-acts.form.ts';
import { PARTY_ACTS } from './party-acts.form.ts';
import { PARTNER_ACTS } from './partner-acts.form.ts';
import { RIGHTS_ACTS } from './rights-acts.form.ts';
import { MASK_ACTS } from './mask-act.form.ts';
import { SESSION_ACTS } from './session-acts.form.ts';
import { EVALUATION_ACTS } from './evaluation-acts.form.ts';
import { TRIAGE_ACTS } from './triage-acts.form.ts';

/** Each act of the case page: its fields, how they are read, and the one command it calls. */
export const CASE_ACTIONS: Record<ActionSlug, Act> = {
  ...TRIAGE_ACTS,
  ...ASSIGNMENT_ACTS,
  ...AGREEMENT_ACTS,
  ...PARTY_ACTS,
  ...COURSE_ACTS,
  ...PARTNER_ACTS,
  ...SESSION_ACTS,
  ...EVALUATION_ACTS,
  ...CLOSING_ACTS,
  ...DANGER_ACTS,
  ...RIGHTS_ACTS,
  ...MASK_ACTS,
};

/** Those that hold no more than a line; the others are notes, or as long as what a person may write. */
const LINES = [
  'followUpContact',
  'target',
  'shareWhat',
  'shareFor',
  'name',
  'interpreterRef',
  'phone',
  'email',
  'postalAddress',
  'contactHours',
  'trustedPerson',
  'representative',
  'legalRepresentativeName',
  'into',
  'until',
  'hoursSpent',
  'metOn',
  'day',
  'hour',
  'place',
  'nextStep',
  'nextOn',
  'promised',
  'promisedFor',
  'minutes',
  'participants',
  'actionOn',
  'referTo',
  'receivedOn',
];

/** How long a text may be, for the words that say so. */
export function limitOf(field: string): number {
  if (field === 'answer' || field === 'message' || field === 'passage') return ANSWER_LIMIT;
  return LINES.includes(field.replace(/\d+$/, '')) ? LINE_LIMIT : NOTE_LIMIT;
}

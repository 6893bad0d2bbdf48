import type { ActionPageProps, FieldsOf } from './act-fields.tsx';
import { AGREEMENT_FIELDS } from './agreement-fields.tsx';
import { ASSIGNMENT_FIELDS } from './assignment-fields.tsx';
import type { ActionSlug } from './action-slugs.ts';
import { COURSE_FIELDS } from './course-fields.tsx';
import { DANGER_FIELDS } from './danger-fields.tsx';
import { CLOSING_FIELDS } from './closing-fields.tsx';
import { PARTY_FIELDS } from './party-fields.tsx';
import { PARTNER_FIELDS } from './partner-fields.tsx';
import { RIGHTS_FIELDS } from './rights-fields.tsx';
import { MASK_FIELDS } from './mask-fields.tsx';
import { SESSION_FIELDS } from './session-fields.tsx';
import { EVALUATION_FIELDS } from './evaluation-fields.tsx';
import { TRIAGE_FIELDS } from './triage-fields.tsx';

/** Acts that ask nothing have no fields: their page says what follows. */
const FIELDS: Partial<Record<ActionSlug, FieldsOf>> = {
  ...TRIAGE_FIELDS,
  ...ASSIGNMENT_FIELDS,
  ...AGREEMENT_FIELDS,
  ...PARTY_FIELDS,
  ...COURSE_FIELDS,
  ...PARTNER_FIELDS,
  ...SESSION_FIELDS,
  ...EVALUATION_FIELDS,
  ...CLOSING_FIELDS,
  ...DANGER_FIELDS,
  ...RIGHTS_FIELDS,
  ...MASK_FIELDS,
};

/** The fields of one act, with what was typed. */
export function ActionFields(props: ActionPageProps) {
  return FIELDS[props.slug]?.(props) ?? null;
}

/** An act of one button: its form has no field. */
export function asksNothing(slug: ActionSlug): boolean {
  return FIELDS[slug] === undefined;
}

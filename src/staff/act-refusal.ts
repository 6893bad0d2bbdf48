import type { DomainCode, DomainError } from '../errors.ts';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import type { Fault, Faults } from './act.form.ts';
import type { ActionSlug } from './action-slugs.ts';

/** What an act's page says beside its fields: why it was not done, which act comes before, that what came before was kept. */
export type Said = { status?: 409 | 422; refusal?: string; first?: ActionSlug; done?: boolean };

/** How the page says what a command refused: beside the field it is about, or above the form. */
export function refusedAs(t: Translate, error: DomainError): { errors: Faults; said: Said } {
  if (error.field) return beside(error.field, FAULT_OF[error.code] ?? 'missing');
  if (error.code === 'not_qualified') return beside('override', 'reasonNeeded');
  if (error.code === 'conflict_declared') return beside('override', 'conflict');
  const first = FIRST[error.code];
  return { errors: {}, said: { status: 409, refusal: refusalOf(t, error), ...(first ? { first } : {}) } };
}

function beside(field: string, fault: Fault): { errors: Faults; said: Said } {
  return { errors: { [field]: fault }, said: { status: 422 } };
}

/** A field's own words for what a command found wrong with it. */
const FAULT_OF: Partial<Record<DomainCode, Fault>> = {
  not_a_day: 'notADay',
  day_passed: 'dayPassed',
  not_an_hour: 'notAHour',
  not_begun: 'notBegun',
  one_at_a_time: 'oneAtATime',
  day_to_come: 'dayToCome',
  no_resuming: 'noResuming',
  no_reopening: 'noReopening',
  contact_erased: 'contactErased',
  tried_enough: 'triedEnough',
  already_open: 'alreadyAsked',
  not_in_text: 'notInText',
};

/** What has to be done before, where an act of its own does it. */
const FIRST: Partial<Record<DomainCode, ActionSlug>> = {
  danger_undecided: 'decision',
  out_of_mediation: 'famille',
  visit_undecided: 'visite',
};

/** Why nothing was done; where an agreement is missing, what it is that is missing. */
function refusalOf(t: Translate, { code, lacking }: DomainError): string {
  const what = lacking.map((missing) => t(`staff.lacks.${missing}` as MessageKey));
  return [t(`staff.refused.${code}`), ...what].join(' ');
}

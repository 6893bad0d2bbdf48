import { addMonths } from '../calendar/day.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import type { CaseState } from './case-status.ts';

/** States a person reaches only after somebody spoke with them: such a case may come back for six months, another for three (T29). */
const AFTER_A_FIRST_CONTACT: readonly CaseState[] = [
  'first_contact',
  'agreements',
  'support',
  'mediation',
  'follow_up',
  'evaluation',
];

/** The last local day on which a closed case may be opened again. */
export function reopenUntil(policy: TownPolicy, theCase: { closedAt: Date; formerState: CaseState | null }): string {
  const spoken = theCase.formerState !== null && AFTER_A_FIRST_CONTACT.includes(theCase.formerState);
  return addMonths(localDay(policy.calendar, theCase.closedAt), spoken ? 6 : 3);
}

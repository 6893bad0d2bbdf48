import type { Day } from '../calendar/day.ts';
import { typedDay, typedPast, typedPastOrComing } from '../cases/typed-day.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import type { Reply } from './request-status.ts';

/**
 * The day of an answer, as it was typed: what is done lies behind, what will be done lies ahead.
 * @throws DomainError not_a_day, day_passed, day_to_come, with the field it stands in.
 */
export function answerDay(policy: TownPolicy, now: Date, reply: Reply, typed: string, field: string): Day {
  if (reply === 'done') return typedPast(policy, now, typed, field);
  if (reply === 'in_hand') return typedDay(policy, now, typed, field);
  return typedPastOrComing(policy, now, typed, field);
}

import { addMonths } from '../calendar/day.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

/**
 * The last local day on which a closed case may be opened again (T29): for six months when the person was once spoken with, for three when
 * nobody reached them.
 */
export function reopenUntil(policy: TownPolicy, theCase: { closedAt: Date; reachedAt: Date | null }): string {
  return addMonths(localDay(policy.calendar, theCase.closedAt), theCase.reachedAt === null ? 3 : 6);
}

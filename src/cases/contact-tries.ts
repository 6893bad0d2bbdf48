import { localDay, type TownCalendar } from '../calendar/town-calendar.ts';
import { localTimeOf } from '../calendar/zone.ts';
import type { ContactAttemptTable } from '../db/tables/case.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

const TRIES = 3;

type Try = Pick<ContactAttemptTable, 'way' | 'at' | 'reached'>;

/** The tries to reach one other party, or the requester, in this cycle and since that person last answered; whoever made them (R33). */
export async function triesInVain(
  tx: StaffTx,
  theCase: { id: string; cycle: number },
  partyId?: string,
): Promise<Try[]> {
  const tries = await tx.db
    .selectFrom('contact_attempt')
    .select(['way', 'at', 'reached'])
    .where('case_id', '=', theCase.id)
    .where('cycle', '=', theCase.cycle)
    .where('party_id', partyId ? '=' : 'is', partyId ?? null)
    .orderBy('at')
    .execute();
  return tries.slice(tries.findLastIndex(({ reached }) => reached) + 1);
}

/**
 * Would one more be one too many (R33)? A second letter is; so is a fourth try, unless the three were made on too few days or all at the same hour,
 * and this one is on another day or at another hour: else T13 could never be met.
 * @param made what reached nobody so far, since somebody was last reached.
 */
export function isOneTooMany({ calendar }: TownPolicy, made: readonly Try[], next: Pick<Try, 'way' | 'at'>): boolean {
  if (next.way === 'letter') return made.some(({ way }) => way === 'letter');
  const spoken = made.filter(({ way }) => way !== 'letter');
  if (spoken.length < TRIES) return false;
  const [before, after] = [spread(calendar, spoken), spread(calendar, [...spoken, next])];
  const enough = before.days >= TRIES && before.hours > 1;
  return enough || (before.days === after.days && before.hours === after.hours);
}

/**
 * R33: three tries on different days and hours, and a letter; none of them reached anybody. Whoever asked not to be written to gets no letter: the
 * tries are then all there is (R98).
 */
export function wasTriedEnough({ calendar }: TownPolicy, tries: readonly Try[], mayGetLetter: boolean): boolean {
  const spoken = tries.filter(({ way }) => way !== 'letter');
  const { days, hours } = spread(calendar, spoken);
  return days >= TRIES && hours > 1 && (!mayGetLetter || tries.some(({ way }) => way === 'letter'));
}

/** On how many days, at how many hours of the day. */
function spread(calendar: TownCalendar, tries: readonly Pick<Try, 'at'>[]): { days: number; hours: number } {
  return {
    days: new Set(tries.map(({ at }) => localDay(calendar, at))).size,
    hours: new Set(tries.map(({ at }) => localTimeOf(calendar.timeZone, at).slice(0, 2))).size,
  };
}

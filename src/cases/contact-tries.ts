import { localDay } from '../calendar/town-calendar.ts';
import { localTimeOf } from '../calendar/zone.ts';
import type { ContactAttemptTable } from '../db/tables/case.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

const TRIES = 3;

type Try = Pick<ContactAttemptTable, 'way' | 'at' | 'reached'>;

/** The tries to reach the requester since the mediator of now took the case, and since somebody last answered. */
export async function contactTries(tx: StaffTx, caseId: string): Promise<Try[]> {
  const taken = await tx.db
    .selectFrom('case_event')
    .select('at')
    .where('case_id', '=', caseId)
    .where('code', '=', 'assignment_accepted')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!taken) return [];
  const tries = await tx.db
    .selectFrom('contact_attempt')
    .select(['way', 'at', 'reached'])
    .where('case_id', '=', caseId)
    .where('party_id', 'is', null)
    .where('at', '>=', taken.at)
    .orderBy('at')
    .execute();
  return tries.slice(tries.findLastIndex(({ reached }) => reached) + 1);
}

/** R33: three tries on different days and hours, and a letter; none of them reached anybody. */
export function wasTriedEnough({ calendar }: TownPolicy, tries: readonly Try[]): boolean {
  const spoken = tries.filter(({ way }) => way !== 'letter');
  const days = new Set(spoken.map(({ at }) => localDay(calendar, at)));
  const hours = new Set(spoken.map(({ at }) => localTimeOf(calendar.timeZone, at).slice(0, 2)));
  return days.size >= TRIES && hours.size > 1 && tries.some(({ way }) => way === 'letter');
}

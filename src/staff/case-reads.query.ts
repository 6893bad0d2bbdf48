import { sql } from 'kysely';
import { lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import { DomainError } from '../errors.ts';
import type { StaffPerson } from './staff-person.query.ts';

/** One person's readings of the case on one day of the town. */
export type CaseReads = { person: string; day: string; first: Date; last: Date; times: number };
export type ReadsOfCase = { number: string; reads: CaseReads[] };

const DAYS = 400;

/**
 * Who read this case, and when (R88): for whoever leads it. Looking is written down like any other reading (line 7 of architecture.md).
 * @throws DomainError not_found for everybody else.
 */
export async function caseReads(ctx: CommandContext, person: StaffPerson, caseId: string): Promise<ReadsOfCase> {
  const { calendar } = await ctx.policies.of(person.townId);
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    if (!theCase.led) throw new DomainError('not_found');
    const found = await sql<CaseReads>`
      select p.first_name || ' ' || p.last_name as person, (r.at at time zone ${calendar.timeZone})::date as day,
        min(r.at) as first, max(r.at) as last, count(*)::integer as times
      from case_read r join person p on p.id = r.person_id
      where r.case_id = ${caseId} group by p.id, day order by last desc limit ${DAYS}`.execute(tx.db);
    await noteRead(tx, { kind: 'journal_viewed', caseId });
    return { number: theCase.number, reads: found.rows };
  });
}

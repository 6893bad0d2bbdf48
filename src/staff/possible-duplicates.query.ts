import { sql } from 'kysely';
import type { CaseState } from '../cases/case-status.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import type { CaseView } from './case-view.query.ts';
import type { StaffPerson } from './staff-person.query.ts';

/** A request that may be about the same situation, and every reason why it is shown (line 9: suggestions explain themselves). */
export type PossibleDuplicate = {
  id: string;
  number: string;
  state: CaseState;
  receivedAt: Date;
  samePhone: boolean;
  sameEmail: boolean;
  samePlace: boolean;
  /** Categories both have; at least one with `samePlace`. */
  categories: string[];
};

/** About as long as a mediation lasts before somebody asks why (85 days, spec §4.4). */
const WINDOW = '90 days';
const MOST = 5;
const TRIAGE: ReadonlySet<CaseState> = new Set(['received', 'in_triage']);

/**
 * Requests received within 90 days of this one, with the same phone or e-mail address (by keyed hash), or the same place, or
 * quarter and kind of place, and subject (R37). For whoever leads the case, while it is read; only among the cases this person sees anyway. Decrypts
 * nothing, decides nothing; that the list was seen is written down (R88).
 */
export async function possibleDuplicates(
  ctx: CommandContext,
  person: StaffPerson,
  view: Pick<CaseView, 'id' | 'state' | 'led'>,
): Promise<PossibleDuplicate[]> {
  if (!view.led || !TRIAGE.has(view.state)) return [];
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const found = await sql<PossibleDuplicate>`
      with me as (
        select c.id, c.town_id, c.quarter_code, c.place_id, c.place_type, c.categories, c.received_at, i.phone_hash, i.email_hash
        from mediation_case c join case_identity i on i.case_id = c.id where c.id = ${view.id}
      ), alike as (
        select i.case_id as id from case_identity i join me on i.town_id = me.town_id and i.phone_hash = me.phone_hash
        union
        select i.case_id from case_identity i join me on i.town_id = me.town_id and i.email_hash = me.email_hash
        union
        select c.id from mediation_case c join me on c.town_id = me.town_id and c.quarter_code = me.quarter_code
          and c.received_at > me.received_at - ${WINDOW}::interval and c.place_type = me.place_type and c.categories && me.categories
        union
        select c.id from mediation_case c join me on c.place_id = me.place_id and c.received_at > me.received_at - ${WINDOW}::interval
          and c.categories && me.categories
      )
      select o.id, o.number, o.state, o.received_at as "receivedAt", i.phone_hash = me.phone_hash is true as "samePhone",
        i.email_hash = me.email_hash is true as "sameEmail",
        ((o.place_id = me.place_id or (o.quarter_code = me.quarter_code and o.place_type = me.place_type)) and o.categories && me.categories) is true as "samePlace",
        array(select unnest(o.categories) intersect select unnest(me.categories) order by 1) as categories
      from me join alike on alike.id <> me.id join mediation_case o on o.id = alike.id join case_identity i on i.case_id = o.id
      where o.received_at between me.received_at - ${WINDOW}::interval and me.received_at + ${WINDOW}::interval
      order by (i.phone_hash = me.phone_hash is true or i.email_hash = me.email_hash is true) desc, o.received_at desc, o.number
      limit ${MOST}`.execute(tx.db);
    if (found.rows.length > 0) {
      await noteRead(tx, { kind: 'list_viewed', groups: ['possible_duplicates'] });
    }
    return found.rows;
  });
}

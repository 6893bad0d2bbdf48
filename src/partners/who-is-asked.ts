import type { WorkerTx } from '../db/transaction.ts';
import type { Audience } from '../db/tables/town.ts';
import type { Day } from '../calendar/day.ts';

export type Rung = Extract<Audience, 'referent' | 'substitute' | 'head'>;
const UP: readonly Rung[] = ['referent', 'substitute', 'head'];

/** Who of an organisation a rung of the ladder speaks to today. `instead`: somebody was away or is not there, the next one is asked. */
export type Asked = { contacts: string[]; instead: boolean };

/**
 * The référent alone; with the substitute; with the head (spec §4.4). Whoever is away, or is not there at all, is passed over: the step
 * goes to the next person of the ladder. Empty when nobody of the organisation is there.
 */
export async function whoIsAsked(tx: WorkerTx, organisationId: string, rung: Rung, today: Day): Promise<Asked> {
  const contacts = await tx.db
    .selectFrom('organisation_contact as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .select(['c.id', 'c.position'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('contact_absence as a')
          .select('a.id')
          .whereRef('a.contact_id', '=', 'c.id')
          .where('a.from_day', '<=', today)
          .where('a.to_day', '>=', today),
      ).as('away'),
    )
    .where('c.organisation_id', '=', organisationId)
    .where('o.ended_at', 'is', null)
    .execute();
  const here = (position: Rung) => contacts.find((contact) => contact.position === position && !contact.away)?.id;
  const meant = UP.slice(0, UP.indexOf(rung) + 1);
  const found = meant.flatMap((position) => here(position) ?? []);
  const instead = meant.some((position) => here(position) === undefined);
  if (found.length === meant.length) return { contacts: found, instead: false };
  // Somebody is missing: the first one above who is there is asked with the others.
  const next = UP.slice(UP.indexOf(rung) + 1)
    .map(here)
    .find((id) => id !== undefined);
  return { contacts: next && (found.length === 0 || rung === 'referent') ? [...found, next] : found, instead };
}

import type { WorkerTx } from '../db/transaction.ts';
import type { Audience } from '../db/tables/town.ts';
import type { Day } from '../calendar/day.ts';

/** Contacts of an organisation, from the first that is asked upwards (R5). */
export const POSITIONS = ['referent', 'substitute', 'head'] as const satisfies readonly Audience[];
export type Rung = (typeof POSITIONS)[number];

/** Who of an organisation a rung of the ladder speaks to today. `instead`: somebody was away or is not there, the next one is asked. */
export type Asked = { contacts: string[]; instead: boolean };

/**
 * The référent alone; with the substitute; with the head (spec §4.4). Whoever is away, or is not there at all, is passed over: the step
 * goes to the next person of the ladder. Empty when nobody of the organisation is there.
 */
export async function whoIsAsked(tx: WorkerTx, organisationId: string, rung: Rung, today: Day): Promise<Asked> {
  const people = await contactsOf(tx, organisationId, today);
  const here = (position: Rung) => people.find((contact) => contact.position === position && !contact.away);
  const meant = POSITIONS.slice(0, POSITIONS.indexOf(rung) + 1);
  const found = meant.flatMap((position) => here(position) ?? []);
  // The one this rung adds is missing: the first above is asked in their place. Who is missing below has somebody above already.
  const next = here(rung)
    ? undefined
    : POSITIONS.slice(POSITIONS.indexOf(rung) + 1)
        .map(here)
        .find((one) => one !== undefined);
  const asked = next ? [...found, next] : found;
  const above = (position: Rung) => asked.some((one) => POSITIONS.indexOf(one.position) > POSITIONS.indexOf(position));
  return {
    contacts: asked.map(({ id }) => id),
    instead: meant.some((position) => !here(position) && above(position)),
  };
}

/** The next person of the ladder above one of its contacts, who is there today; undefined after the last. */
export async function nextAbove(
  tx: WorkerTx,
  organisationId: string,
  contactId: string,
  today: Day,
): Promise<string | undefined> {
  const people = await contactsOf(tx, organisationId, today);
  const from = people.find(({ id }) => id === contactId);
  if (!from) return undefined;
  return POSITIONS.slice(POSITIONS.indexOf(from.position) + 1)
    .map((position) => people.find((contact) => contact.position === position && !contact.away)?.id)
    .find((id) => id !== undefined);
}

type Contact = { id: string; position: Rung; away: boolean };

async function contactsOf(tx: WorkerTx, organisationId: string, today: Day): Promise<Contact[]> {
  const found = await tx.db
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
  return found.map(({ away, ...contact }) => ({ ...contact, away: away === true }));
}

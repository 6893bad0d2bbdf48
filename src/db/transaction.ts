import { sql } from 'kysely';
import type { Db, RawTransaction } from './database.ts';

/**
 * Who acts. The database role and its row-level security follow from it. A guest (the other party, a partner) has a role of its own, with
 * no right on what the requester told; the case and the request are set after a look-up of what was typed. `form` is the id of the page's form that was sent, by which
 * a second click is recognised.
 */
export type Actor =
  | { role: 'app_public'; townId: string; caseId?: string; form?: string }
  | { role: 'app_party'; townId: string; caseId: string; partyId: string; form?: string }
  | { role: 'app_partner'; townId: string; organisationId: string; contactId: string; caseId?: string; form?: string }
  | { role: 'app_staff'; townId: string; personId: string; form?: string }
  | { role: 'app_worker'; townId: string }
  | { role: 'app_relay' };

/** The person of a staff transaction before anybody is known: leads nothing, sees no case. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The form that is being sent, where one is. */
export function formOf(actor: Actor): string | null {
  return 'form' in actor ? (actor.form ?? null) : null;
}

/** An open transaction with its actor and the town's business time (architecture.md, "Two kinds of time"). */
export type Tx<A extends Actor = Actor> = { db: RawTransaction; actor: A; now: Date };
export type TownTx = Tx<Exclude<Actor, { role: 'app_relay' }>>;
export type StaffTx = Tx<Extract<Actor, { role: 'app_staff' }>>;
export type PublicTx = Tx<Extract<Actor, { role: 'app_public' }>>;
export type PartyTx = Tx<Extract<Actor, { role: 'app_party' }>>;
/** Of whoever typed a code, on either side. */
export type HolderTx = Tx<Extract<Actor, { role: 'app_public' | 'app_party' }>>;
export type PartnerTx = Tx<Extract<Actor, { role: 'app_partner' }>>;
export type WorkerTx = Tx<Extract<Actor, { role: 'app_worker' }>>;

/**
 * The one door to the data (C-7): opens a transaction, takes the actor's role and town for its length, commits or rolls back.
 * Nothing of the actor outlives the transaction on the pooled connection (T-36, T-37).
 */
export async function inTransaction<A extends Actor, T>(db: Db, actor: A, run: (tx: Tx<A>) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .execute(async (transaction) => run({ db: transaction, actor, now: await enter(transaction, actor) }));
}

async function enter(db: RawTransaction, actor: Actor): Promise<Date> {
  const entered = await entry(actor).execute(db);
  const now = entered.rows[0]?.now;
  if (!now) throw new Error('unknown town');
  return now;
}

function entry(actor: Actor) {
  type Entered = { now: Date | null };
  switch (actor.role) {
    case 'app_relay':
      return sql<Entered>`select set_config('role', 'app_relay', true), clock_timestamp() as now`;
    case 'app_public':
      return sql<Entered>`select set_config('role', 'app_public', true), set_config('app.town', ${actor.townId}, true),
        set_config('app.case', ${actor.caseId ?? ''}, true), business_now(${actor.townId}::uuid) as now`;
    case 'app_party':
      return sql<Entered>`select set_config('role', 'app_party', true), set_config('app.town', ${actor.townId}, true),
        set_config('app.case', ${actor.caseId}, true), set_config('app.party', ${actor.partyId}, true),
        business_now(${actor.townId}::uuid) as now`;
    case 'app_partner':
      return sql<Entered>`select set_config('role', 'app_partner', true), set_config('app.town', ${actor.townId}, true),
        set_config('app.case', ${actor.caseId ?? ''}, true), set_config('app.organisation', ${actor.organisationId}, true),
        set_config('app.contact', ${actor.contactId}, true), business_now(${actor.townId}::uuid) as now`;
    case 'app_worker':
      return sql<Entered>`select set_config('role', 'app_worker', true), set_config('app.town', ${actor.townId}, true),
        business_now(${actor.townId}::uuid) as now`;
    case 'app_staff':
      return sql<Entered>`select set_config('role', 'app_staff', true), set_config('app.town', ${actor.townId}, true),
        set_config('app.person', ${actor.personId}, true), set_config('app.leads', leads_in_town(${actor.personId}::uuid)::text, true),
        set_config('app.teams', teams_led_by(${actor.personId}::uuid, t.now)::text, true),
        set_config('app.granted_cases', cases_granted_to(${actor.personId}::uuid, t.now)::text, true), t.now
        from (select business_now(${actor.townId}::uuid) as now) t`;
  }
}

/**
 * Keeps a case the person sees now in sight until the transaction ends: declining ends one's own right to see it, and PostgreSQL
 * refuses to write a row its writer could not read.
 */
export async function keepInSight(tx: StaffTx, caseId: string): Promise<void> {
  await sql`select set_config('app.granted_cases', array_append(app_granted_cases(), ${caseId}::uuid)::text, true)`.execute(
    tx.db,
  );
}

/** A case that somebody of the team begins in this transaction: they may write it, and see it until the transaction ends. */
export async function beginCase(tx: StaffTx, caseId: string): Promise<void> {
  await sql`select set_config('app.case', ${caseId}, true)`.execute(tx.db);
  await keepInSight(tx, caseId);
}

/**
 * Refuses a login that could step over row-level security.
 * @throws Error when the session, or any role it can take, is superuser or BYPASSRLS.
 */
export async function refusePrivilegedLogin(db: Db): Promise<void> {
  const risky = await sql<{ rolname: string }>`
    select rolname from pg_roles
    where (rolsuper or rolbypassrls) and (rolname = session_user or pg_has_role(session_user, oid, 'MEMBER'))`.execute(
    db,
  );
  if (risky.rows.length > 0) {
    throw new Error('The database login is superuser or bypasses row-level security: refusing to start');
  }
}

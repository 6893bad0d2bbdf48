import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { type Config, ConfigError } from '../config.ts';
import { type Db, openDatabase } from '../db/database.ts';
import { refusePrivilegedLogin } from '../db/transaction.ts';
import { TownPolicies } from '../deadlines/town-policy.ts';
import type { Log } from '../log.ts';
import { verifyKeyCheck } from '../privacy/field-encryption.ts';
import { type KeyRing, parseKeyRing } from '../privacy/key-ring.ts';

/** Ends a role cleanly: what is under way is finished, connections are given back. */
export type Stop = () => Promise<void>;

/** @throws Error when the login could step over row-level security. */
export async function openRoleDatabase(config: Config, log: Log): Promise<Db> {
  const db = openDatabase(config.databaseUrl, { onIdleError: (error) => log.error('database_connection_lost', error) });
  await refusePrivilegedLogin(db);
  return db;
}

export async function openRole(config: Config, role: 'app_public' | 'app_worker', log: Log): Promise<CommandContext> {
  const db = await openRoleDatabase(config, log);
  return { db, keys: parseKeyRing(config.keys), policies: new TownPolicies(db, role) };
}

/** Where people reach this installation, without a slash at its end. */
export function publicAddress(config: Config): string {
  return (config.publicOrigin ?? `http://${config.host}:${config.port}`).replace(/\/$/, '');
}

/** Refuses an unknown kid, a wrong key under a known one, and a demo mode beside a town that is not a demo. */
export async function checkTowns(db: Db, keys: KeyRing, demo: boolean): Promise<void> {
  const towns = await db.transaction().execute(async (tx) => {
    await sql`select set_config('role', 'app_public', true)`.execute(tx);
    return tx.selectFrom('town').select(['kid', 'key_check', 'is_demo']).execute();
  });
  for (const town of towns) verifyKeyCheck(keys, town.kid, town.key_check);
  if (demo && towns.some((town) => !town.is_demo))
    throw new ConfigError('PASSERELLE_DEMO is refused beside a town that is not a demo');
}

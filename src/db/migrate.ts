import { promises as fs } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Kysely, PostgresDialect } from 'kysely';
import { FileMigrationProvider, Migrator } from 'kysely/migration';
import pg from 'pg';

const RUNTIME_ROLES = [
  'app_public',
  'app_party',
  'app_partner',
  'app_staff',
  'app_worker',
  'app_relay',
  'app_auth',
  'app_entry',
] as const;

/** Which runtime roles each login may take; `app_entry` (reading the clock, entering a transaction) is the only inherited one. */
const LOGINS: Record<string, readonly string[]> = {
  passerelle_web: ['app_public', 'app_party', 'app_partner', 'app_staff'],
  passerelle_worker: ['app_worker'],
  passerelle_relay: ['app_relay'],
  passerelle_auth: ['app_auth'],
};

/**
 * Creates the roles, then brings the schema to the newest migration, as `passerelle_owner`. Safe to run again, and by two at once.
 * @param adminUrl a login that may create roles. @param passwords password per login; logins not named are left as they are.
 */
export async function migrate(adminUrl: string, passwords: Record<string, string>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    // One migrator per cluster at a time: roles are shared by all databases of a cluster.
    await admin.query('select pg_advisory_lock(727301)');
    await createRoles(admin, passwords);
    await migrateToLatest(adminUrl);
  } finally {
    await admin.end();
  }
}

async function createRoles(admin: pg.Client, passwords: Record<string, string>): Promise<void> {
  for (const role of ['passerelle_owner', ...RUNTIME_ROLES]) await createRole(admin, role, 'nologin');
  await admin.query('grant passerelle_owner to current_user');
  for (const [login, roles] of Object.entries(LOGINS)) {
    const password = passwords[login];
    if (password === undefined) continue;
    await createRole(admin, login, 'login noinherit');
    await admin.query(`alter role ${login} password ${admin.escapeLiteral(password)}`);
    for (const role of roles) {
      await admin.query(`grant ${role} to ${login} with inherit ${role === 'app_auth' ? 'true' : 'false'}, set true`);
    }
    await admin.query(`grant app_entry to ${login} with inherit true, set false`);
  }
  const database = admin.escapeIdentifier(admin.database ?? 'postgres');
  await admin.query(`
    revoke create on schema public from public;
    grant create, connect on database ${database} to passerelle_owner;
    grant create, usage on schema public to passerelle_owner;
    grant usage on schema public to app_public, app_party, app_partner, app_staff, app_worker, app_relay, app_entry;
    create schema if not exists auth authorization passerelle_owner;
    grant usage on schema auth to app_auth;`);
}

async function createRole(admin: pg.Client, name: string, kind: string): Promise<void> {
  const known = await admin.query('select 1 from pg_roles where rolname = $1', [name]);
  if (known.rowCount === 0) await admin.query(`create role ${name} ${kind}`);
}

async function migrateToLatest(adminUrl: string): Promise<void> {
  const pool = new pg.Pool({
    connectionString: adminUrl,
    max: 2,
    options: '-c role=passerelle_owner -c lock_timeout=10s',
  });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrationFolder = fileURLToPath(new URL('../../migrations', import.meta.url));
    const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder }) });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
  } finally {
    await db.destroy();
  }
}

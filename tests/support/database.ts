import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import type { Db } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { adminUrl } from './parts.ts';

export type Login = 'passerelle_web' | 'passerelle_worker' | 'passerelle_relay' | 'passerelle_auth';
export type TestDatabase = { adminUrl: string; url(login: Login): string; drop(): Promise<void> };

const PASSWORDS = {
  passerelle_web: 'web',
  passerelle_worker: 'worker',
  passerelle_relay: 'relay',
  passerelle_auth: 'auth',
};
const TEMPLATE = 'passerelle_template';

/** A database of one's own, copied from a migrated template in some tens of milliseconds. */
export async function freshDatabase(name: string): Promise<TestDatabase> {
  const cluster = adminUrl();
  const database = `t_${name.replaceAll(/[^a-z0-9]/g, '_')}_${randomBytes(4).toString('hex')}`;
  const at = (db: string, user?: Login) => {
    const url = new URL(cluster);
    url.pathname = `/${db}`;
    if (user) [url.username, url.password] = [user, PASSWORDS[user]];
    return url.toString();
  };
  const admin = new pg.Client({ connectionString: cluster });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(727303)');
    const known = await admin.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (known.rowCount === 0) {
      await admin.query(`create database ${TEMPLATE}_new`);
      await migrate(at(`${TEMPLATE}_new`), PASSWORDS);
      await admin.query(`alter database ${TEMPLATE}_new rename to ${TEMPLATE}`);
    }
    await admin.query(`create database ${database} template ${TEMPLATE}`);
  } finally {
    await admin.end();
  }
  return {
    adminUrl: at(database),
    url: (login) => at(database, login),
    async drop() {
      const client = new pg.Client({ connectionString: cluster });
      await client.connect();
      await client.query(`drop database if exists ${database} with (force)`);
      await client.end();
    },
  };
}

/** How many connections to this database wait for a lock that another one holds. */
export async function blockedConnections(owner: Db): Promise<number> {
  const blocked = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`.execute(owner);
  return blocked.rows[0]?.n ?? 0;
}

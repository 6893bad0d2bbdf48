import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables/index.ts';

/** Works as the schema's owner, for the operator's commands only: creating a town, its first administrator, demo accounts. */
export async function withOwner<T>(adminUrl: string, run: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 2, options: '-c role=passerelle_owner' });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await run(db);
  } finally {
    await db.destroy();
  }
}

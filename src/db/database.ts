import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Tables } from './tables/index.ts';

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export type Db = Kysely<Tables>;
export type RawTransaction = Transaction<Tables>;

/**
 * Opens a pool for one process. Queries outside `inTransaction` see nothing: the login owns nothing and inherits nothing but a few functions (docs/decisions/0021).
 * @param onIdleError called when a connection is lost, idle or in use; without it Node would exit (57P01).
 */
export function openDatabase(url: string, options: { max?: number; onIdleError: (error: Error) => void }): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  pool.on('error', options.onIdleError);
  // A connection that dies while a transaction holds it has no listener of the pool's: the query fails, the process must not.
  pool.on('connect', (client) => client.on('error', options.onIdleError));
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

import { sql } from 'kysely';
import type { Db } from '../../src/db/database.ts';

/** What may grow without anything having been stored: counters of attempts, signs of life, the journal of readings. */
const ASIDE = ['rate_limit', 'heartbeat', 'case_read', 'migration', 'migration_lock'];

/**
 * How many rows each table of the product holds, as one text to compare before and after. Partitions count in their parent; what is
 * in ASIDE does not count.
 */
export async function rowCounts(owner: Db): Promise<string> {
  const tables = await sql<{ name: string }>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'auth') order by 1`.execute(
    owner,
  );
  const names = tables.rows.map(({ name }) => name).filter((name) => !ASIDE.some((aside) => name.includes(aside)));
  const counts = names.map((name) => sql`select ${sql.lit(name)} as name, count(*) as n from ${sql.raw(name)}`);
  const found = await sql<{ name: string; n: string }>`${sql.join(counts, sql` union all `)}`.execute(owner);
  return found.rows.map(({ name, n }) => `${name} ${n}`).join('\n');
}

/** Every name of a column of the product, or of the tables named like this: what mass assignment would guess (T-23, B-21). */
export async function columnNames(owner: Db, tables = '%'): Promise<string[]> {
  const found = await sql<{ name: string }>`
    select distinct column_name as name from information_schema.columns where table_schema in ('public', 'auth') and table_name like ${tables} order by 1`.execute(
    owner,
  );
  return found.rows.map(({ name }) => name);
}

/** Every row the product holds of one case, as one text to compare before and after: a digest a table, the journal of readings aside. */
export async function caseRows(owner: Db, caseId: string): Promise<string> {
  const tables = await sql<{ name: string }>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = 'public' order by 1`.execute(owner);
  const keys = tables.rows.filter(({ name }) => name !== 'case_read').map(({ name }) => [name, 'case_id']);
  const digests = [['mediation_case', 'id'], ...keys].map(
    ([name = '', key = '']) =>
      sql`select ${sql.lit(name)} as name, md5(string_agg(t::text, '|' order by t::text)) as rows
        from ${sql.table(name)} t where ${sql.ref(key)} = ${caseId}`,
  );
  const found = await sql<{ name: string; rows: string | null }>`${sql.join(digests, sql` union all `)}`.execute(owner);
  return found.rows.map(({ name, rows }) => `${name} ${rows ?? '-'}`).join('\n');
}

import { type Kysely, sql } from 'kysely';

// The table of reads belongs to every town of the database, and a town of the demonstration may be a year ahead: what is dropped is old
// for all of them.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter function drop_read_partitions(date) rename to drop_partitions_of_reads;
    create function drop_read_partitions(kept_months integer) returns integer
      language sql security definer set search_path = public, pg_temp as $$
        select drop_partitions_of_reads((min(business_now(id)) - make_interval(months => kept_months))::date) from town $$;
    revoke execute on function drop_partitions_of_reads(date) from app_worker, public;
    revoke execute on function drop_read_partitions(integer) from public;
    grant execute on function drop_read_partitions(integer) to app_worker;
  `.execute(db);
}

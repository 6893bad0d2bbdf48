import { type Kysely, sql } from 'kysely';

// The banner of people at work: something has waited for more than five real minutes. Only two yes or no leave the function.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function waiting_too_long(in_town uuid) returns table (mails boolean, changes boolean)
      language sql stable security definer set search_path = public, pg_temp as $$
      select
        exists (select 1 from mail
                where town_id = in_town and state in ('queued', 'sending')
                  and created_at < clock_timestamp() - interval '5 minutes'
                  and not_before < business_now(in_town) - interval '5 minutes'),
        exists (select 1 from outbox
                where town_id = in_town and delivered_at is null and created_at < clock_timestamp() - interval '5 minutes')
    $$;
    revoke all on function waiting_too_long(uuid) from public;
    grant execute on function waiting_too_long(uuid) to app_staff;
  `.execute(db);
}

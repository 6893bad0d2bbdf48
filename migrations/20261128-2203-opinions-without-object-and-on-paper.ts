import { type Kysely, sql } from 'kysely';

// F7: « sans objet » is an answer of its own to « on se parle mieux ». A questionnaire may be filled on paper: a typed token printed on the copy
// opens it once; only its hash is kept, and whoever types it learns neither the case nor the person (docs/decisions/0010).
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table questionnaire_answer add column talk_better_without_object boolean not null default false
      check (not talk_better_without_object or talk_better is null);
    alter table questionnaire add column paper_hash bytea unique;
    grant update (paper_hash) on questionnaire to app_staff;
    create function find_questionnaire_by_paper(in_town uuid, in_hash bytea)
      returns table (case_id uuid, party_id uuid, side text, answered boolean, open_until date)
      language sql stable security definer set search_path = public, pg_temp as $$
      select q.case_id, q.party_id, p.side, q.answered, q.closes_on from questionnaire q join party p on p.id = q.party_id
      where q.town_id = in_town and q.paper_hash = in_hash and in_town = app_town()
    $$;
    revoke execute on function find_questionnaire_by_paper(uuid, bytea) from public;
    grant execute on function find_questionnaire_by_paper(uuid, bytea) to app_public;
  `.execute(db);
}

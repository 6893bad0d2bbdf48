import { type Kysely, sql } from 'kysely';

// Which of its tables hold anything about one case, in one look: the page of a case reads those only. Answered to whoever may see the case, by the
// same words as its row-level security (policy « staff » on mediation_case). The indexes of each table by case serve it.
const TABLES = [
  'closing_proposal', 'suspension', 'danger_decision', 'rights_request', 'mediation_session', 'session_note', 'commitment', 'link_made',
  'tension_mark', 'relation_mark', 'mediation_result', 'follow_up_check', 'case_evaluation', 'evaluation_conclusion', 'questionnaire',
  'partner_referral', 'partner_request', 'case_message', 'party_message', 'attachment', 'contact_attempt', 'agreement', 'agreement_item',
]; // prettier-ignore

export async function up(db: Kysely<unknown>): Promise<void> {
  const looks = TABLES.map(
    (table) => `select '${table}' where exists (select 1 from ${table} where case_id = in_case)`,
  );
  await sql`
    create function tables_of_case(in_case uuid) returns text[]
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      begin
        if not exists (
          select 1 from mediation_case c
          where c.id = in_case and c.town_id = app_town()
            and (c.team_id = any (app_teams()) or (c.team_id is null and app_leads())
                 or c.lead_id = app_person() or c.second_id = app_person() or c.id = any (app_granted_cases()))
        ) then
          return '{}';
        end if;
        return array(
          ${sql.raw(looks.join('\n          union all '))}
          union all select 'merged' where exists (
            select 1 from mediation_case where merged_into = in_case or (id = in_case and merged_into is not null))
          union all select 'mail' where exists (
            select 1 from mail where case_id = in_case and person_id is null and state = 'queued'));
      end $$;
    revoke execute on function tables_of_case(uuid) from public;
    grant execute on function tables_of_case(uuid) to app_staff;
  `.execute(db);
}

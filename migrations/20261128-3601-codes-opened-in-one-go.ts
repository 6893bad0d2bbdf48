import { type Kysely, sql } from 'kysely';

// C-3, T-21: a code is looked up and what it opens is written in one transaction. The case is held meanwhile, against every command that replaces a
// code (they lock it), and the code is looked at again once it is held: after a replacement nothing of the old code opens.
// `access_by_token` and the two indexes of mail codes by browser serve them.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function open_follow_session(in_town uuid, in_code bytea, in_token bytea, in_seconds integer) returns boolean
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare of_case uuid;
      begin
        select find_case_by_code(in_town, in_code) into of_case;
        if of_case is null then return false; end if;
        perform 1 from mediation_case where id = of_case for key share;
        insert into access (town_id, case_id, purpose, token_hash, expires_at)
        select in_town, of_case, 'follow_session', in_token, clock_timestamp() + make_interval(secs => in_seconds)
        where find_case_by_code(in_town, in_code) = of_case;
        return found;
      end $$;
    create function open_party_session(in_town uuid, in_code bytea, in_token bytea, in_seconds integer, in_language text) returns boolean
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare of_case uuid; seat uuid;
      begin
        select party_id, case_id into seat, of_case from find_party_by_access(in_town, 'party_code', in_code);
        if seat is null then return false; end if;
        perform 1 from mediation_case where id = of_case for key share;
        insert into access (town_id, case_id, party_id, purpose, token_hash, expires_at)
        select in_town, f.case_id, f.party_id, 'party_session', in_token, clock_timestamp() + make_interval(secs => in_seconds)
        from find_party_by_access(in_town, 'party_code', in_code) f where f.party_id = seat;
        if not found then return false; end if;
        update party set ui_language = in_language where id = seat;
        return true;
      end $$;
    -- One browser asks for one person at a time: of the two looks only one can count as a try.
    create function open_replace_permit(in_town uuid, in_browser bytea, in_hash bytea, max_tries integer, in_token bytea, in_seconds integer)
      returns text
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare of_case uuid; seat uuid;
      begin
        perform 1 from mediation_case where id in (
          select case_id from access where town_id = in_town and purpose = 'mail_code' and browser_hash = in_browser
          union all
          select case_id from access where town_id = in_town and purpose = 'party_mail_code' and browser_hash = in_browser
        ) order by id for key share;
        select use_mail_code(in_town, in_browser, in_hash, max_tries) into of_case;
        if of_case is null then
          select party_id, case_id into seat, of_case from use_party_mail_code(in_town, in_browser, in_hash, max_tries);
        end if;
        if of_case is null then return null; end if;
        insert into access (town_id, case_id, party_id, purpose, token_hash, expires_at)
        values (in_town, of_case, seat, case when seat is null then 'replace_permit' else 'party_permit' end, in_token,
                clock_timestamp() + make_interval(secs => in_seconds));
        return case when seat is null then 'requester' else 'party' end;
      end $$;
    revoke execute on function open_follow_session(uuid, bytea, bytea, integer), open_party_session(uuid, bytea, bytea, integer, text),
      open_replace_permit(uuid, bytea, bytea, integer, bytea, integer) from public;
    grant execute on function open_follow_session(uuid, bytea, bytea, integer), open_party_session(uuid, bytea, bytea, integer, text),
      open_replace_permit(uuid, bytea, bytea, integer, bytea, integer) to app_public;
    revoke execute on function use_mail_code(uuid, bytea, bytea, integer), use_party_mail_code(uuid, bytea, bytea, integer) from app_public;
  `.execute(db);
}

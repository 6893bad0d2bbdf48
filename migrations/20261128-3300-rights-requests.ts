import { type Kysely, sql } from 'kysely';

// What a person asks about the data kept on them (F15, R82; GDPR art. 12, 15–18, 21): one row a request, with a stream of its own and a month
// to answer in. The words are sealed. A copy of one's data is sealed here when the leader has read it: whoever holds the code reads that copy,
// and gets no further right on the tables it was made from.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rights_request (
      id uuid primary key default gen_random_uuid(),
      case_id uuid not null references mediation_case,
      town_id uuid not null references town,
      party_id uuid not null references party,
      right_asked text not null check (right_asked in ('access', 'correct', 'erase', 'restrict', 'object')),
      about bytea,
      reply_way text not null check (reply_way in ('page', 'phone', 'post')),
      channel text not null check (channel in ('web', 'phone', 'desk', 'letter')),
      -- How we know that it is this person, no more than needed: by the code, or by what was checked when somebody else typed it in.
      identity text not null check (identity in ('code', 'number_and_code', 'known_phone', 'known_address', 'known_in_person')),
      recorded_by uuid references person,
      -- The month is counted from this local day.
      received_on date not null,
      received_at timestamptz not null,
      due_day date not null,
      state text not null default 'received' check (state in ('received', 'extended', 'answered', 'refused', 'taken_back')),
      extended_at timestamptz,
      extension_reason bytea,
      settled_at timestamptz,
      settled_by uuid references person,
      answer bytea,
      refusal_ground text check (refusal_ground in ('excessive', 'not_identified', 'legal_duty', 'public_mission', 'others_rights')),
      erased text[] not null default '{}' check (erased <@ array['story', 'messages', 'email', 'contact']),
      contact_erased_at timestamptz,
      copy bytea,
      constraint typed_in_by_somebody check ((channel = 'web') = (recorded_by is null)),
      constraint longer_once_with_a_reason check ((extended_at is null) = (extension_reason is null)),
      constraint a_refusal_says_why check ((state = 'refused') = (refusal_ground is not null))
    );
    -- What one case's people asked, in the order they did: its page, and their own.
    create index rights_by_case on rights_request (case_id, received_at);
    -- Asked twice, it is one question while it waits for its answer.
    create unique index one_open_right on rights_request (party_id, right_asked) where state in ('received', 'extended');
    -- The night's look for contacts to erase.
    create index rights_to_erase on rights_request (town_id) where erased && array['email', 'contact'] and contact_erased_at is null;

    alter table rights_request enable row level security;
    alter table rights_request force row level security;
    create policy owner_all on rights_request to passerelle_owner using (true) with check (true);
    create policy of_a_visible_case on rights_request to app_staff
      using (exists (select 1 from mediation_case c where c.id = case_id))
      with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id));
    create policy worker on rights_request to app_worker using (town_id = app_town()) with check (town_id = app_town());
    create policy requester on rights_request to app_public
      using (case_id = app_case() and party_id in (select id from party where case_id = app_case() and side = 'requester'))
      with check (case_id = app_case() and town_id = app_town());
    create policy own on rights_request to app_party using (party_id = app_party_id())
      with check (party_id = app_party_id() and case_id = app_case() and town_id = app_town());
    grant select, insert on rights_request to app_staff, app_public, app_party;
    grant update (state, settled_at) on rights_request to app_staff, app_public, app_party;
    grant update (due_day, extended_at, extension_reason, settled_by, answer, refusal_ground, erased, copy) on rights_request to app_staff;
    grant select on rights_request to app_worker;
    grant update (contact_erased_at, about, answer, copy) on rights_request to app_worker;

    -- What the leader erases with the answer, and the night once the answer has left.
    grant update (story, place_text) on case_story to app_staff;
    create policy words_erased on case_situation for update to app_staff
      using (exists (select 1 from mediation_case c where c.id = case_id))
      with check (town_id = app_town() and exists (select 1 from mediation_case c where c.id = case_id));
    grant update (hopes_text, service_text, transport_line, transport_stop) on case_situation to app_staff;
    grant delete on case_message, party_message to app_staff;
    grant update (first_name, phone, email, postal_address, trusted_person, contact_hours, phone_hash, email_hash, contact_ways, precautions,
                  spoken_language, accept_evaluation) on case_identity to app_worker;
    -- A contact put right by the team.
    grant update (first_name, phone, email, postal_address, contact_hours, phone_hash, email_hash, contact_ways, precautions, spoken_language)
      on case_identity to app_staff;
  `.execute(db);

  // The same two functions as before, which know one more subject.
  await sql`
    alter table stream drop constraint stream_id_check;
    alter table stream add constraint stream_id_check
      check (id ~ '^(referral|daily|partner-request|session|rights-request)/[0-9a-f-]{36}$');
    drop function read_stream(uuid, text);
    create function read_stream(in_town uuid, in_stream text)
      returns table (last_seq integer, closed boolean, offset_ms bigint, case_state text, request_state text, rights_state text, step_id uuid,
                     step_at timestamptz)
      language plpgsql volatile security invoker as $$
      begin
        perform set_config('role', 'app_worker', true), set_config('app.town', in_town::text, true);
        perform 1 from stream s where s.id = in_stream and s.town_id = in_town for update;
        return query
          with found as (
            select s.id, c.state as of_case, r.state as of_request, q.state as of_rights, next.id as next_id, next.at as next_at
            from stream s
            left join mediation_case c on c.id = s.subject_id
            left join partner_request r on r.id = s.subject_id
            left join rights_request q on q.id = s.subject_id
            left join lateral (
              select step.id, step.at from step where step.stream_id = s.id and step.state = 'pending'
              order by step.at, step.ordinal, step.id limit 1
            ) next on true
            where s.id = in_stream and s.town_id = in_town
          ), seen as (
            update stream s set acked_seq = s.last_seq, acked_at = clock_timestamp(),
              read_state = coalesce(found.of_case, found.of_request, found.of_rights), read_closed = s.closed, read_next = found.next_at
            from found where s.id = found.id
            returning s.last_seq, s.closed, found.of_case, found.of_request, found.of_rights, found.next_id, found.next_at
          )
          select seen.last_seq, seen.closed, town_clock_offset(in_town), of_case, of_request, of_rights, next_id, next_at from seen;
      end $$;
    revoke execute on function read_stream(uuid, text) from public;
    grant execute on function read_stream(uuid, text) to app_entry;
    create or replace function quiet_changes(in_streams text[], in_seqs integer[]) returns setof text
      language sql volatile security definer set search_path = public, pg_temp as $$
      with known as (
        select s.id, q.seq, s.subject_id, s.read_state, s.read_next
        from stream s join unnest(in_streams, in_seqs) as q(id, seq) on q.id = s.id
        where s.acked_seq > 0 and s.acked_seq = q.seq - 1 and s.read_closed = s.closed
        for update of s skip locked
      )
      update stream s set acked_seq = known.seq, acked_at = clock_timestamp()
      from known
      left join mediation_case c on c.id = known.subject_id
      left join partner_request r on r.id = known.subject_id
      left join rights_request g on g.id = known.subject_id
      left join lateral (
        select min(step.at) as at from step where step.stream_id = known.id and step.state = 'pending'
      ) next on true
      where s.id = known.id and known.read_state is not distinct from coalesce(c.state, r.state, g.state)
        and ((next.at >= known.read_next and next.at > business_now(s.town_id)) or (next.at is null and known.read_next is null))
      returning s.id
    $$;
  `.execute(db);
}

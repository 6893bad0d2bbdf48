import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { declineAssignment } from '../../src/cases/answer-assignment.command.ts';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { openDatabase } from '../../src/db/database.ts';
import { type Actor, inTransaction, refusePrivilegedLogin } from '../../src/db/transaction.ts';
import { caseView } from '../../src/staff/case-view.query.ts';
import type { StaffPerson } from '../../src/staff/staff-person.query.ts';
import { namesForbiddenData, namesOffenceData } from '../support/forbidden-data.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('roles');
});
afterAll(() => town.close());

const staff = (ref: string): Actor => ({ role: 'app_staff', townId: town.townId, personId: town.person(ref) });
const leader = () => ({ townId: town.townId, personId: town.person('R1') });

async function sees(actor: Actor, caseId: string): Promise<boolean> {
  const login = actor.role === 'app_worker' ? 'passerelle_worker' : 'passerelle_web';
  return inTransaction(town.db(login), actor, async (tx) => {
    const found = await tx.db.selectFrom('mediation_case').select('id').where('id', '=', caseId).execute();
    return found.length === 1;
  });
}

describe('C-8: row-level security', () => {
  test('is enabled and forced on every table, and no runtime role owns, is superuser or bypasses', async () => {
    const loose = await sql<{ relname: string }>`
      select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname not like 'kysely%' and not (c.relrowsecurity and c.relforcerowsecurity)`.execute(town.owner);
    expect(loose.rows).toEqual([]);
    const owners = await sql<{ owner: string }>`
      select distinct pg_get_userbyid(relowner) as owner from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p')`.execute(town.owner);
    expect(owners.rows.map((row) => row.owner)).toEqual(['passerelle_owner']);
    const strong = await sql<{ rolname: string }>`
      select rolname from pg_roles where (rolname like 'app\\_%' or rolname like 'passerelle\\_%') and (rolsuper or rolbypassrls)`.execute(
      town.owner,
    );
    expect(strong.rows).toEqual([]);
  });

  test('a login outside a transaction sees nothing', async () => {
    const client = new pg.Client({ connectionString: town.database.url('passerelle_web') });
    await client.connect();
    await expect(client.query('select id from mediation_case')).rejects.toThrow('permission denied');
    await expect(client.query('set role app_worker')).rejects.toThrow('permission denied');
    await client.end();
  });

  test('T-37: nothing of an actor outlives the transaction, also after an error', async () => {
    const db = openDatabase(town.database.url('passerelle_web'), { max: 1, onIdleError: () => undefined });
    await inTransaction(db, staff('R1'), async () => undefined);
    await expect(
      inTransaction(db, staff('R1'), async () => {
        throw new Error('midway');
      }),
    ).rejects.toThrow('midway');
    const left = await sql<{ role: string; person: string | null }>`
      select current_user as role, nullif(current_setting('app.person', true), '') as person`.execute(db);
    expect(left.rows).toEqual([{ role: 'passerelle_web', person: null }]);
    await db.destroy();
  });

  test('a process refuses to start as superuser', async () => {
    const db = openDatabase(town.database.adminUrl, { max: 1, onIdleError: () => undefined });
    await expect(refusePrivilegedLogin(db)).rejects.toThrow('refusing to start');
    await db.destroy();
    await expect(refusePrivilegedLogin(town.db('passerelle_web'))).resolves.toBeUndefined();
  });

  test('security-definer functions are those of this list', async () => {
    const found = await sql<{ proname: string }>`
      select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'public' and prosecdef order by proname`.execute(town.owner);
    expect(found.rows.map((row) => row.proname)).toEqual([
      'add_contact_line',
      'add_day_line',
      'advance_clock',
      'business_now',
      'call_asked_with',
      'cancel_sessions',
      'case_begins',
      'cases_granted_to',
      'chain_case_event',
      'count_at_place',
      'danger_just_said',
      'deputies_now',
      'drop_attachment_content',
      'drop_partitions_of_reads',
      'drop_read_partitions',
      'end_agreed_items',
      'end_open_questions',
      'end_what_was_agreed',
      'find_case_by_code',
      'find_case_by_nonce',
      'find_case_by_number_and_email',
      'find_case_by_permit',
      'find_case_by_session',
      'find_partner_by_session',
      'find_partner_contact',
      'find_partner_pointer',
      'find_party_by_access',
      'find_party_by_number_and_email',
      'find_questionnaire_by_paper',
      'first_broken_event',
      'form_has_acted',
      'hand_code',
      'is_admin',
      'is_at_work',
      'late_streams',
      'leaders_now',
      'leads_in_town',
      'link_account',
      'make_read_partitions',
      'meets_the_other_side',
      'next_case_number',
      'next_instants',
      'observed_with',
      'open_follow_session',
      'open_party_session',
      'open_replace_permit',
      'other_leaders',
      'own_referral_number',
      'own_referrals',
      'own_request_number',
      'pair_of_case',
      'quiet_changes',
      'seal_day',
      'set_access',
      'settle_request',
      'share_stands',
      'staff_by_auth_user',
      'stop_asking_others',
      'stop_mails_to_people',
      'tables_of_case',
      'teams_led_by',
      'town_clock_offset',
      'unfinished_before',
      'use_mail_code',
      'use_partner_code',
      'use_party_mail_code',
      'waiting_too_long',
      'what_may_be_said',
      'what_was_agreed',
      'who_agreed',
      'why_alone',
    ]);
  });
});

describe('R42, line 4: who sees a case', () => {
  test('its leader, its mediator while proposed or in charge, nobody else; the relay has no right to ask', async () => {
    const { caseId } = await submit(town, { quarter: 'PEU' });
    expect(await Promise.all(['R1', 'R2', 'M1', 'C1', 'A1'].map((ref) => sees(staff(ref), caseId)))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    const web = town.context('passerelle_web');
    await acceptCase(web, leader(), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
    await assignMediator(web, leader(), { caseId, mediatorId: town.person('M1') });
    expect(await sees(staff('M1'), caseId)).toBe(true);
    await declineAssignment(web, { townId: town.townId, personId: town.person('M1') }, { caseId, reason: 'CHARGE' });
    expect(await sees(staff('M1'), caseId)).toBe(false);
    await expect(
      inTransaction(town.db('passerelle_relay'), { role: 'app_relay' }, (tx) =>
        tx.db.selectFrom('mediation_case').select('id').execute(),
      ),
    ).rejects.toThrow('permission denied');
  });

  test('without a quarter every leader sees it; a deputy sees the cases of an absent leader', async () => {
    const queued = await submit(town, { quarter: null });
    expect(await Promise.all(['R1', 'R2', 'M1'].map((ref) => sees(staff(ref), queued.caseId)))).toEqual([
      true,
      true,
      false,
    ]);
    const { caseId } = await submit(town, { quarter: 'PEU' });
    await town.owner
      .insertInto('absence')
      .values({ town_id: town.townId, person_id: town.person('R1'), from_day: '2027-01-11', to_day: '2027-01-11' })
      .execute();
    expect(await sees(staff('R2'), caseId)).toBe(true);
    await town.owner.deleteFrom('absence').execute();
    expect(await sees(staff('R2'), caseId)).toBe(false);
  });

  test('C-3: the code’s holder reads neither the story nor another case', async () => {
    const [mine, other] = [await submit(town), await submit(town)];
    const me: Actor = { role: 'app_public', townId: town.townId, caseId: mine.caseId };
    expect([await sees(me, mine.caseId), await sees(me, other.caseId)]).toEqual([true, false]);
    await expect(
      inTransaction(town.db('passerelle_web'), me, (tx) => tx.db.selectFrom('case_story').selectAll().execute()),
    ).rejects.toThrow('permission denied');
  });

  test('R40: M7 cannot lead without a reason of the leader, which is kept', async () => {
    const { caseId } = await submit(town);
    const web = town.context('passerelle_web');
    await acceptCase(web, leader(), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
    await expect(assignMediator(web, leader(), { caseId, mediatorId: town.person('M7') })).rejects.toThrow(
      'not_qualified',
    );
    await assignMediator(web, leader(), {
      caseId,
      mediatorId: town.person('M7'),
      overrideReason: 'Accompagné par M2.',
    });
    const row = await town.owner
      .selectFrom('assignment')
      .select('override_reason')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(row.override_reason).not.toBeNull();
    expect(row.override_reason?.includes('Accompagné')).toBe(false);
  });
});

describe('line 7: two journals', () => {
  test('R88: a professional’s view of a case is written down in the same transaction', async () => {
    const { caseId } = await submit(town);
    const person: StaffPerson = {
      townId: town.townId,
      personId: town.person('R1'),
      name: 'R1',
      roles: ['team_leader'],
    };
    await caseView(town.context('passerelle_web'), person, caseId);
    const reads = await town.owner
      .selectFrom('case_read')
      .select(['person_id', 'kind', 'groups'])
      .where('case_id', '=', caseId)
      .execute();
    expect(reads).toEqual([
      { person_id: town.person('R1'), kind: 'case_viewed', groups: ['identity', 'story', 'messages', 'notes'] },
    ]);
  });

  test('T-11: no runtime role changes or deletes a line, not even the owner', async () => {
    const { caseId } = await submit(town);
    for (const statement of [
      `update case_event set code = 'x' where case_id = '${caseId}'`,
      `delete from case_event where case_id = '${caseId}'`,
    ]) {
      for (const actor of [staff('R1'), { role: 'app_public', townId: town.townId, caseId } as const]) {
        await expect(
          inTransaction(town.db('passerelle_web'), actor, (tx) => sql.raw(statement).execute(tx.db)),
        ).rejects.toThrow('permission denied');
      }
      await expect(sql.raw(statement).execute(town.owner)).rejects.toThrow('journal_is_append_only');
    }
  });

  test('T-11: one changed byte of an old line is found, and where', async () => {
    const { caseId } = await submit(town);
    await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId });
    const broken = async () =>
      (await sql<{ n: number | null }>`select first_broken_event(${caseId}::uuid) as n`.execute(town.owner)).rows[0]?.n;
    expect(await broken()).toBeNull();
    await sql`alter table case_event disable trigger append_only`.execute(town.owner);
    await sql`update case_event set data = data || '{"minor": true}' where case_id = ${caseId} and seq = 1`.execute(
      town.owner,
    );
    await sql`alter table case_event enable trigger append_only`.execute(town.owner);
    expect(await broken()).toBe(1);
  });

  test('seq is the same in journal, outbox and stream, without a gap', async () => {
    const { caseId } = await submit(town);
    await acceptCase(town.context('passerelle_web'), leader(), {
      caseId,
      domain: 'social',
      complexity: 'simple',
      tension: 1,
    });
    const events = await town.owner
      .selectFrom('case_event')
      .select(['seq', 'code'])
      .where('case_id', '=', caseId)
      .orderBy('seq')
      .execute();
    const rows = await town.owner
      .selectFrom('outbox')
      .select(['seq', 'code'])
      .where('stream_id', '=', `referral/${caseId}`)
      .orderBy('seq')
      .execute();
    expect(rows).toEqual(events);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  });
});

describe('the clock', () => {
  test('only grows, and not at all outside a demo town', async () => {
    const set = (ms: string) =>
      sql`update town set clock_offset_ms = ${sql.raw(ms)} where id = ${town.townId}`.execute(town.owner);
    await expect(set('clock_offset_ms - 1')).rejects.toThrow('clock_only_grows');
    await expect(sql`update town set is_demo = false where id = ${town.townId}`.execute(town.owner)).rejects.toThrow(
      'clock_moves_only_in_demo',
    );
  });
});

describe('R78, R80: what is never kept has no column', () => {
  const columns = async () => {
    const { rows } = await sql<{ name: string }>`
      select table_name || '.' || column_name as name from information_schema.columns where table_schema in ('public', 'auth') order by 1`.execute(
      town.owner,
    );
    return rows.map(({ name }) => name);
  };

  test('R78: no origin, religion, health, opinion, sexuality, nationality or immigration status', async () => {
    // How a case was noticed (R36); everything called an opinion is about the mediation (F7, F8).
    const ABOUT_THE_SERVICE = ['mediation_case.origin'];
    const found = (await columns()).filter((name) => namesForbiddenData(name.replace(/^partner_opinion\./, '')));
    expect(found.toSorted()).toEqual(ABOUT_THE_SERVICE);
  });

  test('R80: of courts one column, of the case and of no party, that holds three answers', async () => {
    expect((await columns()).filter(namesOffenceData)).toEqual(['case_situation.procedure']);
    const keys = await sql<{ column: string }>`
      select column_name as column from information_schema.columns where table_name = 'case_situation' and column_name in ('party_id', 'case_id')`.execute(
      town.owner,
    );
    expect(keys.rows).toEqual([{ column: 'case_id' }]);
    const said = (word: string) =>
      sql`insert into case_situation (case_id, town_id, procedure) values (gen_random_uuid(), ${town.townId}, ${word})`.execute(
        town.owner,
      );
    await expect(said('Oui, une plainte')).rejects.toThrow(/procedure_check/);
  });
});

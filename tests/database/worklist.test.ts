import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishTask } from '../../src/cases/finish-task.command.ts';
import { redirectCase } from '../../src/cases/triage.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { openDeadline } from '../../src/deadlines/open-deadline.ts';
import { sendMessage } from '../../src/follow/send-message.command.ts';
import { worklist } from '../../src/staff/worklist.query.ts';
import { Carried } from '../support/agreements.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('worklist');
});
afterAll(() => town.close());

const web = () => town.context('passerelle_web');
const reader = (ref = 'R1') => ({ townId: town.townId, personId: town.person(ref), name: ref, roles: [] });
const list = (ref = 'R1') => worklist(web(), reader(ref));
/** Waits of this case for the person who asked, each due later than all that is ordinary. */
const manyWaits = (caseId: string, count: number, due: string) =>
  sql`insert into deadline (town_id, stream_id, case_id, kind, waits_for, pausable, opened_at, due_day, due_at)
      select ${town.townId}, 'referral/' || ${caseId}, ${caseId}, 'task_call_requester', 'requester', false, now(), ${due}::date, ${due}::timestamptz
      from generate_series(1, ${count})`.execute(town.owner);

test('what waits for its reader is always there, and danger; of what waits for others the first hundred, and how many more', async () => {
  const { caseId } = await submit(town);
  await manyWaits(caseId, 130, '2027-01-12');
  const late = await submit(town, { danger: true });
  await sql`update deadline set due_at = '2027-06-01', due_day = '2027-06-01' where case_id = ${late.caseId}`.execute(
    town.owner,
  );
  const { entries, more } = await list();
  expect(more).toBe(30);
  expect(entries.filter(({ waitsFor }) => waitsFor === 'requester')).toHaveLength(100);
  const mine = entries.filter((entry) => entry.mine).map(({ kind }) => kind);
  expect(mine.toSorted((a, b) => a.localeCompare(b))).toEqual(['danger', 'triage', 'triage']);
  expect(entries.map(({ dueAt }) => Number(dueAt))).toEqual(
    entries.map(({ dueAt }) => Number(dueAt)).toSorted((a, b) => a - b),
  );
  const visitor = new Visitor(await webApp(town));
  await visitor.post('/demo/entrer', { person: town.person('R1') });
  expect(await (await visitor.get('/equipe')).text()).toContain('30 autres attentes');
});

test('R42: what the leader has to decide is ticked off by the leader only; the mediator is not offered it', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const ctx = town.context('passerelle_worker');
  const policy = await ctx.policies.of(town.townId);
  await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, (tx) =>
    openDeadline(tx, policy, { caseId, kind: 'task_partner_silent' }),
  );
  const task = async () =>
    town.owner
      .selectFrom('deadline')
      .select(['id', 'state'])
      .where('case_id', '=', caseId)
      .where('kind', '=', 'task_partner_silent')
      .executeTakeFirstOrThrow();
  const { id } = await task();
  const mediator = new Visitor(await webApp(town));
  await mediator.post('/demo/entrer', { person: town.person('M1') });
  expect(await (await mediator.get(`/equipe/demandes/${caseId}/tache`)).text()).not.toContain(id);
  expect((await mediator.post(`/equipe/demandes/${caseId}/tache`, { task: id })).status).toBe(422);
  expect((await task()).state).toBe('open');
  await finishTask(web(), carried.leader(), { caseId, deadlineId: id });
  expect((await task()).state).toBe('met');
});

test('many messages are one thing to read', async () => {
  const { caseId } = await submit(town);
  for (const text of ['Un.', 'Deux.', 'Trois.']) await sendMessage(web(), { townId: town.townId, caseId }, text);
  const open = (await list()).entries.filter((entry) => entry.caseId === caseId).map(({ kind }) => kind);
  expect(open.filter((kind) => kind === 'task_read_message')).toHaveLength(1);
});

test('a withdrawal without a mediator waits for its leader, and for every leader where there is no team; they are told', async () => {
  for (const [quarter, readers] of [
    ['PEU', ['R1']],
    [null, ['R1', 'R2']],
  ] as const) {
    const { caseId, number } = await submit(town, { quarter });
    await withdrawByRequester(web(), { townId: town.townId, caseId });
    for (const ref of ['R1', 'R2']) {
      const found = (await list(ref)).entries.find((entry) => entry.number === number);
      expect({ quarter, ref, mine: found?.mine ?? false }).toEqual({
        quarter,
        ref,
        mine: readers.some((one) => one === ref),
      });
      const told = await sql`select 1 from mail_item i join mail m on m.id = i.mail_id
        where i.case_id = ${caseId} and i.template = 'request_withdrawn' and m.person_id = ${town.person(ref)}`.execute(
        town.owner,
      );
      expect({ ref, told: told.rows.length }).toEqual({ ref, told: readers.some((one) => one === ref) ? 1 : 0 });
    }
  }
});

test('C-16: where a person is sent stands sealed, and is read by that person', async () => {
  const { caseId, code = '' } = await submit(town);
  await redirectCase(web(), reader(), { caseId, motive: 'SOINS', target: 'Zcanari-Service' });
  const rows = await sql<{ whole: string }>`select encode(target, 'escape') as whole from redirection`.execute(
    town.owner,
  );
  expect(rows.rows.map(({ whole }) => whole).join()).not.toContain('Zcanari');
  const visitor = new Visitor(await webApp(town));
  await visitor.post('/suivi', { code });
  expect(await (await visitor.get('/suivi/demande')).text()).toContain('Zcanari-Service');
});

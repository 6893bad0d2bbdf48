import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishTask } from '../../src/cases/finish-task.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { ONE_BY_ONE } from '../../src/requests/place-flood.ts';
import { worklist } from '../../src/staff/worklist.query.ts';
import { openKinds } from '../support/case-rows.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// B-39, C-9: two hundred requests about one flat within an hour, from two hundred sources. All are accepted; the leader hears of it once, and
// decides; nobody is punished for living there.

let town: TestTown;
beforeAll(async () => {
  town = await testTown('floods');
});
afterAll(() => town.close());

const FLAT = { quarter: 'PEU', placeType: 'logement' } as const;
const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const todo = async () =>
  (await worklist(town.context('passerelle_web'), { ...leader(), name: 'R1', roles: ['team_leader'] })).entries;
const toldOf = async (caseId: string, template: string) =>
  (
    await town.owner
      .selectFrom('mail_item')
      .select('case_id')
      .where('case_id', '=', caseId)
      .where('template', '=', template)
      .execute()
  ).length;
const linesOf = async (template: string) =>
  (await town.owner.selectFrom('mail_item').select('case_id').where('template', '=', template).execute()).length;

test(
  'B-39: 200 posts about one flat from 200 sources are 200 requests and one task, told once',
  { timeout: 240_000 },
  async () => {
    const receipts = [];
    for (let from = 0; from < 200; from += 20)
      receipts.push(
        ...(await Promise.all(
          Array.from({ length: 20 }, async (_, index) => {
            const who = String(from + index).padStart(3, '0');
            const receipt = await submit(town, {
              ...FLAT,
              phone: `+336399${who}00`,
              email: `p${who}@courriel.example`,
            });
            return receipt;
          }),
        )),
      );
    expect(new Set(receipts.map(({ number }) => number)).size).toBe(200);
    expect(receipts.every(({ code }) => code !== undefined)).toBe(true);
    for (const { caseId } of receipts) await takeDueSteps(town, caseId);

    // Each has its acknowledgement and its own day of triage.
    const acknowledged = await town.owner
      .selectFrom('mail')
      .select('id')
      .where('template', '=', 'acknowledgement')
      .execute();
    expect(acknowledged).toHaveLength(200);
    const triages = await town.owner
      .selectFrom('deadline')
      .select('due_day')
      .where('kind', '=', 'triage')
      .where('state', '=', 'open')
      .execute();
    expect(triages).toHaveLength(200);

    expect([await linesOf('new_request'), await linesOf('grouped_requests')]).toEqual([ONE_BY_ONE, 1]);
    const entries = await todo();
    expect(entries.filter(({ kind }) => kind === 'triage')).toHaveLength(ONE_BY_ONE);
    const tasks = entries.filter(({ kind }) => kind === 'task_grouped_requests');
    expect(tasks).toMatchObject([{ mine: true, grouped: 200 - ONE_BY_ONE }]);
  },
);

test('the task is read on its page, leads to all of them, and once it is done each stands for itself', async () => {
  const app = await webApp(town);
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person('R1') });
  const [task] = (await todo()).filter(({ kind }) => kind === 'task_grouped_requests');
  const page = await (await visitor.get(`/equipe/demandes/${task?.caseId}`)).text();
  expect(page).toContain('Plusieurs demandes sur un même lieu');
  const href = /href="(\/equipe\/demandes\?lot=[^"]+)"/.exec(page)?.[1] ?? '';
  const list = await (await visitor.get(href)).text();
  expect((list.match(/MS-2027-\d{5}/g) ?? []).length).toBeGreaterThanOrEqual(50);
  expect(await (await visitor.get('/equipe')).text()).toContain('190 demandes à lire ensemble');

  const open = await town.owner
    .selectFrom('deadline')
    .select('id')
    .where('kind', '=', 'task_grouped_requests')
    .executeTakeFirstOrThrow();
  await finishTask(town.context('passerelle_web'), leader(), { caseId: task?.caseId ?? '', deadlineId: open.id });
  expect((await todo()).filter(({ kind }) => kind === 'triage').length).toBeGreaterThan(ONE_BY_ONE);
});

test('a danger and a minor in the middle of it are told as ever; another place, no place, the hour after are no flood', async () => {
  const other = { quarter: 'PEU', placeType: 'hall' } as const;
  for (let n = 0; n < ONE_BY_ONE; n += 1) await submit(town, other);
  const danger = await submit(town, { ...other, danger: true });
  expect(await openKinds(town, danger.caseId)).toEqual(['danger', 'triage']);
  await takeDueSteps(town, danger.caseId);
  expect(await toldOf(danger.caseId, 'new_request')).toBe(1);
  const minor = await submit(town, { ...other, ageGroup: 'minor' });
  await takeDueSteps(town, minor.caseId);
  expect(await toldOf(minor.caseId, 'minor_request')).toBe(1);
  expect(await openKinds(town, minor.caseId)).toContain('task_grouped_requests');

  for (const elsewhere of [
    { ...other, quarter: 'CEN' },
    { ...other, placeType: 'cour' },
    { ...other, placeType: null },
  ]) {
    const { caseId } = await submit(town, elsewhere);
    await takeDueSteps(town, caseId);
    expect(await toldOf(caseId, 'new_request')).toBe(1);
  }
  await new TownClock(town).forwardHours(1.01);
  const later = await submit(town, other);
  await takeDueSteps(town, later.caseId);
  expect(await toldOf(later.caseId, 'new_request')).toBe(1);
});

test('R81: a minor’s request in the middle of it stands on the worklist, whatever is hidden around it', async () => {
  const yard = { quarter: 'PEU', placeType: 'parc' } as const;
  for (let n = 0; n <= ONE_BY_ONE; n += 1) await submit(town, yard);
  const adult = await submit(town, yard);
  const minor = await submit(town, { ...yard, ageGroup: 'minor' });
  const toRead = (await todo()).filter(({ kind }) => kind === 'triage').map(({ caseId }) => caseId);
  expect([toRead.includes(adult.caseId), toRead.includes(minor.caseId)]).toEqual([false, true]);
});

const standing = async (caseIds: readonly string[]) =>
  (
    await town.owner
      .selectFrom('deadline')
      .select('case_id')
      .where('kind', '=', 'task_grouped_requests')
      .where('state', '=', 'open')
      .where('case_id', 'in', caseIds)
      .execute()
  ).map(({ case_id }) => case_id ?? '');

test('R30, B-39: whoever began it withdraws: the next request begins the task again, told once, also when several come at once', async () => {
  const shop = { quarter: 'PEU', placeType: 'parking' } as const;
  for (let n = 0; n < ONE_BY_ONE; n += 1) await submit(town, shop);
  const first = await submit(town, shop);
  expect(await standing([first.caseId])).toEqual([first.caseId]);
  await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId: first.caseId });
  const next = (await Promise.all(Array.from({ length: 5 }, () => submit(town, shop)))).map(({ caseId }) => caseId);
  const [begun = '', ...others] = await standing(next);
  expect([next.includes(begun), others]).toEqual([true, []]);
  for (const caseId of [first.caseId, ...next]) await takeDueSteps(town, caseId);
  expect(await toldOf(first.caseId, 'grouped_requests')).toBe(0);
  expect(await toldOf(begun, 'grouped_requests')).toBe(1);
});

test('R25, B-39: one place of the list, read by two teams, is a flood of each', async () => {
  const tram = await town.owner
    .selectFrom('place')
    .select('id')
    .where('town_id', '=', town.townId)
    .where('quarter_code', 'is', null)
    .executeTakeFirstOrThrow();
  const toldTo = async (caseId: string) =>
    (await town.owner.selectFrom('mail').innerJoin('mail_item', 'mail_item.mail_id', 'mail.id').select('mail.person_id').where('mail_item.case_id', '=', caseId).where('mail_item.template', '=', 'grouped_requests').execute()).map(({ person_id }) => person_id);
  for (const [quarter, ref] of [['PEU', 'R1'], ['CEN', 'R2']] as const) {
    const there = { placeId: tram.id, placeType: 'tram', quarter };
    for (let n = 0; n < ONE_BY_ONE; n += 1) {
      const { caseId } = await submit(town, there);
      await takeDueSteps(town, caseId);
      expect(await toldOf(caseId, 'new_request')).toBe(1);
    }
    const { caseId } = await submit(town, there);
    await takeDueSteps(town, caseId);
    expect(await toldTo(caseId)).toEqual([town.person(ref)]);
  }
}); // prettier-ignore

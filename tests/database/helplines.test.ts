import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { addMissingHelplines } from '../../src/towns/add-missing-helplines.ts';
import { TownDirectory } from '../../src/http/town-of-request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { TownClock } from '../support/town-clock.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// Spec §4.11: the numbers of the safety page are the town's settings, checked each year; 17, 112 and 114 stay whatever is written.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('helplines');
  app = await webApp(town);
});
afterAll(() => town.close());

async function entered(person: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(person) });
  return visitor;
}
const safety = async () => (await app.request('http://localhost/danger')).text();
const NUMBERS = '/administration/numeros';
const rowOf = (code: string) =>
  town.owner.selectFrom('helpline').selectAll().where('code', '=', code).executeTakeFirstOrThrow();
/** The fields of a number as its page would send them. */
async function fieldsOf(code: string): Promise<Record<string, string>> {
  const row = await rowOf(code);
  return {
    number: row.number,
    who: row.who ?? '',
    hours: row.hours ?? '',
    audience: row.audience,
    ordinal: String(row.ordinal),
    ...(row.shown ? { shown: 'yes' } : {}),
  };
}
async function set(visitor: Visitor, code: string, change: Record<string, string>, without: string[] = []) {
  const fields = { ...(await fieldsOf(code)), ...change };
  for (const name of without) delete fields[name];
  return visitor.post(`${NUMBERS}/${code}`, fields);
}

describe('every town has the numbers of §4.11', () => {
  test('from its file, and a release gives a town those it has not got; what it has stays', async () => {
    const page = await safety();
    for (const number of ['17', '112', '18', '15', '119', '3919', '3018', '3114', '116006', '3977', '115'])
      expect(page).toContain(`href="tel:${number}"`);
    expect(page).toContain('href="sms:114"');
    await town.owner.deleteFrom('helpline').where('code', '=', 'fire').execute();
    await town.owner.updateTable('helpline').set({ hours: 'nuit et jour' }).where('code', '=', 'medical').execute();
    await addMissingHelplines(town.database.adminUrl);
    await addMissingHelplines(town.database.adminUrl);
    expect(await rowOf('fire')).toMatchObject({ number: '18', shown: true, checked_on: null });
    expect((await rowOf('medical')).hours).toBe('nuit et jour');
    await town.owner.updateTable('helpline').set({ hours: null }).where('code', '=', 'medical').execute();
  });

  test('the page needs no database once the town was read; a town without rows still shows the numbers of the land', async () => {
    const towns = new TownDirectory(town.db('passerelle_web'));
    await towns.refresh();
    const [known] = towns.all;
    expect(known?.view.helplines).toHaveLength(12);
  });
});

describe('the settings page', () => {
  test('the coordinator hides one, gives another hours, adds one of the town, and the public page follows at once', async () => {
    const coordinator = await entered('C1');
    expect((await set(coordinator, 'homeless', {}, ['shown'])).status).toBe(303);
    expect((await set(coordinator, 'victim', { hours: 'de 9 h à 19 h' })).status).toBe(303);
    const own = {
      number: '01 99 00 77 77',
      who: 'CIDFF de la Vairelle',
      hours: '',
      audience: 'couples',
      ordinal: '65',
      shown: 'yes',
    };
    expect((await coordinator.post(`${NUMBERS}/nouveau`, own)).status).toBe(303);
    const page = await safety();
    expect(page).not.toContain('tel:115"');
    expect(page).toContain('de 9 h à 19 h');
    expect(page.indexOf('CIDFF de la Vairelle')).toBeGreaterThan(page.indexOf('tel:119"'));
    expect(page.indexOf('CIDFF de la Vairelle')).toBeLessThan(page.indexOf('tel:3919"'));
    expect((await set(coordinator, 'homeless', { shown: 'yes' })).status).toBe(303);
  });

  test('a number added with two clicks is one, with one line in the journal; a new page adds another', async () => {
    const coordinator = await entered('C1');
    const own = { number: '01 99 00 78 78', who: 'Le local FICTIF', audience: 'everybody', ordinal: '201' };
    const page = await (await coordinator.get(`${NUMBERS}/nouveau`)).text();
    const wrong = await coordinator.post(`${NUMBERS}/nouveau`, { ...own, form: hiddenOf(page, 'form'), number: 'x' });
    const form = hiddenOf(await wrong.text(), 'form');
    expect([wrong.status, form]).toEqual([422, hiddenOf(page, 'form')]);
    for (const answer of await Promise.all([1, 2].map(() => coordinator.post(`${NUMBERS}/nouveau`, { ...own, form }))))
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${NUMBERS}?fait`]);
    const added = () => town.owner.selectFrom('helpline').select('code').where('number', '=', own.number).execute();
    const [first] = await added();
    expect(await added()).toHaveLength(1);
    const lines = town.owner
      .selectFrom('helpline_event')
      .select('id')
      .where('code', '=', first?.code ?? '');
    expect(await lines.execute()).toHaveLength(1);
    expect((await coordinator.get(`${NUMBERS}/${first?.code}`)).status).toBe(200);
    const next = hiddenOf(await (await coordinator.get(`${NUMBERS}/nouveau`)).text(), 'form');
    await coordinator.post(`${NUMBERS}/nouveau`, { ...own, form: next });
    expect(await added()).toHaveLength(2);
  });

  test('each change is a line of the town’s journal, with what stood there; nobody changes or drops a line', async () => {
    const admin = await entered('A1');
    expect((await set(admin, 'suicide', { checked: 'yes' })).status).toBe(303);
    const lines = await town.owner.selectFrom('helpline_event').selectAll().where('code', '=', 'suicide').execute();
    expect(lines).toMatchObject([
      {
        person_id: town.person('A1'),
        change: { before: { checkedOn: '2026-10-15' }, after: { checkedOn: '2027-01-11' } },
      },
    ]);
    expect(await (await admin.get(`${NUMBERS}/suicide`)).text()).toContain('Sacha Delorient');
    for (const statement of [
      sql`update helpline_event set code = 'x'`,
      sql`delete from helpline_event`,
      sql`delete from helpline`,
    ])
      await expect(
        inTransaction(
          town.db('passerelle_web'),
          { role: 'app_staff', townId: town.townId, personId: town.person('A1') },
          (tx) => statement.execute(tx.db),
        ),
      ).rejects.toThrow('permission denied');
  });

  test('17, 112 and 114 stay: not hidden, not another number, by no form and by no statement', async () => {
    const coordinator = await entered('C1');
    for (const code of ['police', 'europe', 'sms']) {
      expect((await set(coordinator, code, {}, ['shown'])).status).toBe(409);
      expect((await set(coordinator, code, { number: '0199001234' })).status).toBe(409);
      for (const change of [{ shown: false }, { number: '19' }] as const)
        await expect(town.owner.updateTable('helpline').set(change).where('code', '=', code).execute()).rejects.toThrow(
          'emergency_numbers_stay',
        );
    }
    expect((await set(coordinator, 'police', { hours: 'jour et nuit' })).status).toBe(303);
    expect((await set(coordinator, 'police', { hours: '' })).status).toBe(303);
    const page = await safety();
    for (const address of ['tel:17"', 'tel:112"', 'sms:114"']) expect(page).toContain(address);
  });

  test('bad input stands beside its field, what was typed stays; nothing is written', async () => {
    const coordinator = await entered('C1');
    const before = await rowOf('child');
    for (const [name, value] of [
      ['number', 'appelez'],
      ['who', 'é'.repeat(121)],
      ['hours', 'é'.repeat(121)],
      ['audience', 'chats'],
      ['ordinal', '-1'],
      ['ordinal', '1000'],
      ['shown', 'peut-être'],
    ] as const) {
      const answer = await set(coordinator, 'child', { [name]: value });
      expect([name, answer.status]).toEqual([name, 422]);
      expect(await answer.text()).toContain(`id="${name}-error"`);
    }
    expect((await coordinator.post(`${NUMBERS}/child`, { ...(await fieldsOf('child')), town_id: 'x' })).status).toBe(
      422,
    );
    expect((await coordinator.post(`${NUMBERS}/nouveau`, { ...(await fieldsOf('child')), who: '' })).status).toBe(422);
    expect((await coordinator.get(`${NUMBERS}/nulle-part`)).status).toBe(404);
    expect(await rowOf('child')).toEqual(before);
  });

  test('for nobody else: a mediator and a leader find no such page, and their role writes nothing', async () => {
    for (const ref of ['M1', 'R1']) {
      const visitor = await entered(ref);
      for (const path of [NUMBERS, `${NUMBERS}/child`]) expect((await visitor.get(path)).status).toBe(404);
      expect((await set(visitor, 'child', { hours: 'jamais' })).status).toBe(404);
      const written = await inTransaction(
        town.db('passerelle_web'),
        { role: 'app_staff', townId: town.townId, personId: town.person(ref) },
        (tx) => tx.db.updateTable('helpline').set({ hours: 'jamais' }).executeTakeFirst(),
      );
      expect(written.numUpdatedRows).toBe(0n);
    }
  });

  test('R100: an administrator who sets the numbers still finds no case', async () => {
    const admin = await entered('A1');
    expect((await admin.get(NUMBERS)).status).toBe(200);
    expect((await admin.get('/equipe/demandes')).status).toBe(404);
  });
});

describe('a number that was not checked for twelve months', () => {
  test('reminds the coordinator on the worklist until somebody has; nobody else, and no mail', async () => {
    const coordinator = await entered('C1');
    const checkAll = async () => {
      for (const { code } of await town.owner.selectFrom('helpline').select('code').execute())
        expect((await set(coordinator, code, { checked: 'yes' })).status).toBe(303);
    };
    await checkAll();
    const todo = async (visitor: Visitor) => (await visitor.get('/equipe')).text();
    expect(await todo(coordinator)).not.toContain('Numéros à vérifier');
    await new TownClock(town).to(new Date('2028-01-14T10:00:00Z'));
    const mails = async () => (await town.owner.selectFrom('mail').select('id').execute()).length;
    const before = await mails();
    const page = await todo(coordinator);
    expect(page).toContain('Numéros à vérifier');
    expect(page).toContain(NUMBERS);
    expect(await todo(await entered('R1'))).not.toContain('Numéros à vérifier');
    await checkAll();
    expect(await todo(coordinator)).not.toContain('Numéros à vérifier');
    expect(await mails()).toBe(before);
  });
});

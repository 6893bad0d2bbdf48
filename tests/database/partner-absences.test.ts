import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Pump, startPump } from '../../src/mail/pump.ts';
import { whoIsAsked } from '../../src/partners/who-is-asked.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { contactVisitors } from '../support/contact-visitors.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext } from '../support/mails.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// Spec §4.4: an absent person's step goes to the next person of the ladder; who is away says so on the own page.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let server: LyingSmtp;
let pump: Pump;
beforeAll(async () => {
  town = await testTown('absences');
  app = await webApp(town);
  server = await startLyingSmtp();
  pump = startPump(mailContext(town, server.url), town.database.url('passerelle_worker'));
});
afterAll(async () => {
  await pump.stop();
  await server.close();
  await town.close();
});
const { enter } = contactVisitors(() => ({ app, server }));
const LANDLORD = 'damien.forcalquet@o11.val-riviere.example';
const OTHER = 'nathalie.serin@o12.val-riviere.example';

async function askedOn(day: string): Promise<string[]> {
  const { id } = await town.owner
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', 'O11')
    .executeTakeFirstOrThrow();
  const ctx = town.context('passerelle_worker');
  const { contacts } = await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, (tx) =>
    whoIsAsked(tx, id, 'referent', day),
  );
  const named = await town.owner
    .selectFrom('organisation_contact')
    .select('name')
    .where('id', 'in', contacts)
    .execute();
  return named.map(({ name }) => name);
}

test('§4.4: an absence noted on the own page passes the step on; taken back, it does not', async () => {
  const visitor = await enter(LANDLORD);
  const noted = await visitor.post('/partenaire/absence', { from_day: '18/01/2027', to_day: '22 janvier 2027' });
  expect([noted.status, noted.headers.get('location')]).toEqual([303, '/partenaire/absence']);
  const page = await (await visitor.get('/partenaire/absence')).text();
  expect(page).toContain('Du lundi 18 janvier au vendredi 22 janvier');
  expect(await askedOn('2027-01-15')).toEqual(['Damien Forcalquet']);
  expect(await askedOn('2027-01-20')).toEqual(['Brigitte Mounier']);
  const id = /action="\/partenaire\/absence\/([0-9a-f-]{36})"/.exec(page)?.[1] ?? '';
  // Nobody else takes it back.
  await (await enter(OTHER)).post(`/partenaire/absence/${id}`, {});
  expect(await askedOn('2027-01-20')).toEqual(['Brigitte Mounier']);
  await visitor.post(`/partenaire/absence/${id}`, {});
  expect(await askedOn('2027-01-20')).toEqual(['Damien Forcalquet']);
});

test('a day that is none, that is over, or an end before the beginning is said beside its field, the typed text kept', async () => {
  const visitor = await enter(LANDLORD);
  for (const [from_day, to_day, wrong] of [
    ['31/02/2027', '22/03/2027', 'from_day'],
    ['04/01/2027', '22/03/2027', 'from_day'],
    ['22/03/2027', '18/03/2027', 'to_day'],
    ['', '18/03/2027', 'from_day'],
    ['<b>x</b>', '18/03/2027', 'from_day'],
  ] as const) {
    const answer = await visitor.post('/partenaire/absence', { from_day, to_day });
    const page = await answer.text();
    expect([answer.status, page.includes(`id="${wrong}-error"`), page.includes(`value="${to_day}"`)]).toEqual([
      422,
      true,
      true,
    ]);
  }
  expect(await town.owner.selectFrom('contact_absence').selectAll().execute()).toEqual([]);
  expect((await new Visitor(app).get('/partenaire/absence')).status).toBe(403);
});

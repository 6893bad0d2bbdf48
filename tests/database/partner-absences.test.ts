import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Pump, startPump } from '../../src/mail/pump.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { cancelRequest } from '../../src/partners/staff-side.command.ts';
import { whoIsAsked } from '../../src/partners/who-is-asked.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { Carried } from '../support/agreements.ts';
import { contactVisitors } from '../support/contact-visitors.ts';
import { faultBeside } from '../support/form-page.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext } from '../support/mails.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
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

test('R5: what the team heard by phone counts as said by the contact, is read on the case, and is taken back on the contact’s page', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const organisation = await town.owner
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', 'O11')
    .executeTakeFirstOrThrow();
  const mediator = await StaffVisitor.enter(app, town, 'M1');
  const until = '22/01/2027';
  const away = { position: 'referent', until };
  expect(await mediator.page(caseId)).not.toContain('absence-partenaire');
  const ask = {
    caseId,
    organisationId: organisation.id,
    urgency: 'standard',
    question: 'Que prévoyez-vous ?',
  } as const;
  const requestId = await askPartner(carried.web, carried.mediator(), ask);
  for (const [wrong, beside] of [
    [{ position: 'referent', until: '31/02/2027' }, 'until'],
    [{ position: 'referent', until: '04/01/2027' }, 'until'],
    [{ position: 'colleague', until }, 'position'],
  ] as const) {
    const answer = await mediator.does(caseId, 'absence-partenaire', { request: requestId, ...wrong });
    expect([answer.status, faultBeside(await answer.text(), beside) !== undefined]).toEqual([422, true]);
  }
  // A request of another case, or of none, is none here: whom it asked cannot be called absent.
  const elsewhere = new Carried(town);
  await elsewhere.toFirstContact();
  const theirs = await askPartner(elsewhere.web, elsewhere.mediator(), { ...ask, caseId: elsewhere.caseId });
  expect((await mediator.does(caseId, 'absence-partenaire', { request: theirs, ...away })).status).toBe(422);
  expect(await town.owner.selectFrom('contact_absence').selectAll().execute()).toEqual([]);

  expect((await mediator.does(caseId, 'absence-partenaire', { request: requestId, ...away })).status).toBe(303);
  expect(await askedOn('2027-01-20')).toEqual(['Brigitte Mounier']);
  expect(await askedOn('2027-01-25')).toEqual(['Damien Forcalquet']);
  const page = await mediator.page(caseId);
  for (const said of ['Absence d’un contact notée', 'référent']) expect(page).toContain(said);
  const contact = await enter(LANDLORD);
  const own = await (await contact.get('/partenaire/absence')).text();
  const id = /action="\/partenaire\/absence\/([0-9a-f-]{36})"/.exec(own)?.[1] ?? '';
  await contact.post(`/partenaire/absence/${id}`, {});
  expect(await askedOn('2027-01-20')).toEqual(['Damien Forcalquet']);
  await cancelRequest(carried.web, carried.mediator(), { caseId, requestId });
  expect((await mediator.does(caseId, 'absence-partenaire', { request: requestId, ...away })).status).toBe(409);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerRight, extendRight } from '../../src/rights/settle-right.command.ts';
import { Carried, NO } from '../support/agreements.ts';
import { partyVisitor } from '../support/party-visitor.ts';
import { askedRight, nights, rightsRow } from '../support/rights.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// R82: the month of the law, and what goes on while it passes. In order: the clock of a town only goes forward.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('rights-months');
  app = await webApp(town);
});
afterAll(() => town.close());

async function opened() {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  return { carried, caseId, other: await carried.partyId('other') };
}

test.each([
  ['on the 29th of January: the last day of February is a Sunday', '2027-01-29', '2027-03-01'],
  ['on the 31st of March: the last day of April', '2027-03-31', '2027-04-30'],
  ['on the 1st of April: the 1st of May is a holiday, then a Sunday', '2027-04-01', '2027-05-03'],
])('%s', async (_name, on, due) => {
  const { caseId, other } = await opened();
  const clock = new TownClock(town);
  await clock.to(new Date(`${on}T10:00:00Z`));
  await askedRight(town, { caseId, partyId: other });
  const wait = town.owner.selectFrom('deadline').select('due_day as dueDay').where('case_id', '=', caseId);
  expect(await wait.where('kind', '=', 'rights_request').executeTakeFirstOrThrow()).toEqual({ dueDay: due });
});

test('R82: a party that said no may ask, and is answered; its contact waits for the answer, and a month for it to be read', async () => {
  const { carried, caseId, other } = await opened();
  await carried.says('other', NO);
  const visitor = await partyVisitor(app, town, carried);
  expect(await (await visitor.get('/suivi/participation')).text()).toContain('href="/suivi/droits"');
  expect((await visitor.post('/suivi/droits', { right: 'access', reply: 'page' })).status).toBe(303);
  const { id } = await town.owner.selectFrom('rights_request').select('id').where('party_id', '=', other).executeTakeFirstOrThrow(); // prettier-ignore
  await nights(town, 33);
  const contact = () => town.owner.selectFrom('party_identity').select(['email', 'erased_at as erasedAt']).where('party_id', '=', other).executeTakeFirstOrThrow(); // prettier-ignore
  expect((await contact()).email).not.toBeNull();
  await answerRight(carried.web, carried.leader(), {
    caseId,
    requestId: id,
    answer: 'Voici ce que nous gardons.',
    erase: [],
  });
  const mail = town.owner.selectFrom('mail').select(['state', 'party_id as partyId']).where('case_id', '=', caseId);
  expect(await mail.where('template', '=', 'rights_answered').execute()).toEqual([{ state: 'queued', partyId: other }]);
  await nights(town, 2);
  const again = await partyVisitor(app, town, carried);
  expect(await (await again.get('/suivi/droits')).text()).toContain('Voici ce que nous gardons.');
  await nights(town, 40);
  expect((await contact()).erasedAt).not.toBeNull();
});

test('§3.5, R82: with the contact of a party that refused go the copy it was given and the words of its request; fact and dates stay', async () => {
  const { carried, caseId, other } = await opened();
  const requestId = await askedRight(town, { caseId, partyId: other });
  await extendRight(carried.web, carried.leader(), { caseId, requestId, reason: 'Farid Aubertin attend.' });
  await answerRight(carried.web, carried.leader(), { caseId, requestId, answer: 'Bonjour Farid Aubertin.', erase: [] });
  const theirs = await askedRight(town, { caseId });
  await answerRight(carried.web, carried.leader(), { caseId, requestId: theirs, answer: 'Voici.', erase: [] });
  await carried.says('other', NO);
  const leader = await StaffVisitor.enter(app, town, 'R1');
  const paper = `papiers/droits/${requestId}`;
  expect((await leader.get(caseId, paper)).status).toBe(200);
  await nights(town, 33);
  expect(await rightsRow(town, requestId)).toMatchObject({
    copy: null,
    about: null,
    answer: null,
    extension_reason: null,
  });
  expect((await leader.get(caseId, paper)).status).toBe(404);
  const page = await leader.page(caseId);
  expect(page).not.toContain(paper);
  expect(page).toContain('Elle est effacée.');
  expect(await rightsRow(town, requestId)).toMatchObject({ state: 'answered', settled_at: expect.any(Date) });
  // The other side’s stay theirs.
  expect(await rightsRow(town, theirs)).toMatchObject({ copy: expect.any(Buffer), answer: expect.any(Buffer) });
  expect(page).toContain(`papiers/droits/${theirs}`);
});

test('GDPR art. 12: two more months are decided and told within the first: later it is too late', async () => {
  const { carried, caseId } = await opened();
  const requestId = await askedRight(town, { caseId }, 'object');
  await new TownClock(town).forward(40);
  const tooLate = extendRight(carried.web, carried.leader(), { caseId, requestId, reason: 'Long.' });
  await expect(tooLate).rejects.toMatchObject({ code: 'too_late' });
});

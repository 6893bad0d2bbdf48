import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { proposeClosing, returnClosing } from '../../src/cases/close-case.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { mergeCase } from '../../src/cases/merge-case.command.ts';
import { lockCase } from '../../src/cases/lock-case.ts';
import { reopenForRequester } from '../../src/cases/reopen.command.ts';
import { reopenUntil } from '../../src/cases/reopen-until.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { DEFAULT_LADDERS } from '../../src/deadlines/default-ladders.ts';
import { followView } from '../../src/follow/follow.query.ts';
import { sendMessage } from '../../src/follow/send-message.command.ts';
import { eraseContacts } from '../../src/parties/erase-contacts.ts';
import { missingAgreements } from '../../src/parties/agreement-status.ts';
import { takeItemBack, withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { partiesOf } from '../../src/parties/standing.ts';
import { openKinds, stateOf } from '../support/case-rows.ts';
import { Carried, NO } from '../support/agreements.ts';
import { blockedConnections } from '../support/database.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// How a case ends, what is said then, and what the people of an ended case may still do (§4.3).

let town: TestTown;
let clock: TownClock;
beforeAll(async () => {
  town = await testTown('endings');
  clock = new TownClock(town);
});
afterAll(() => town.close());

const web = () => town.context('passerelle_web');
const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const isStreamClosed = async (caseId: string) =>
  (await sql<{ closed: boolean }>`select closed from stream where id = ${`referral/${caseId}`}`.execute(town.owner))
    .rows[0]?.closed;

async function inMediation(): Promise<Carried> {
  const carried = new Carried(town);
  await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), carried.caseId);
  return carried;
}

async function asLeader(): Promise<Visitor> {
  const visitor = new Visitor(await webApp(town));
  await visitor.post('/demo/entrer', { person: town.person('R1') });
  return visitor;
}

test('T8: the person of a merged request writes and stops as before; the team sees the link, the person does not', async () => {
  const one = await submit(town);
  const two = await submit(town);
  await mergeCase(web(), leader(), { caseId: one.caseId, into: two.number });
  await sendMessage(web(), { townId: town.townId, caseId: one.caseId }, 'C’est encore arrivé.');
  expect(await openKinds(town, one.caseId)).toContain('task_read_message');
  expect(await isStreamClosed(one.caseId)).toBe(true);
  const team = await asLeader();
  expect(await (await team.get(`/equipe/demandes/${one.caseId}`)).text()).toContain(two.number);
  expect(await (await team.get(`/equipe/demandes/${two.caseId}`)).text()).toContain(one.number);
  const person = new Visitor(await webApp(town));
  await person.post('/suivi', { code: one.code ?? '' });
  const page = await (await person.get('/suivi/demande')).text();
  expect([page.includes('/suivi/message'), page.includes('/suivi/arreter'), page.includes(two.number)]).toEqual([
    true,
    true,
    false,
  ]);
  await withdrawByRequester(web(), { townId: town.townId, caseId: one.caseId });
  expect(await stateOf(town, one.caseId)).toBe('closed');
});

test('T8: two merges at once, each into the other: one of them finds its target ended', async () => {
  for (let round = 0; round < 4; round += 1) {
    const [one, two] = [await submit(town), await submit(town)];
    const merges = await Promise.allSettled([
      mergeCase(web(), leader(), { caseId: one.caseId, into: two.number }),
      mergeCase(web(), leader(), { caseId: two.caseId, into: one.number }),
    ]);
    expect(merges.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = merges.flatMap((merge) => (merge.status === 'rejected' ? [merge.reason as unknown] : []));
    expect(refused).toMatchObject([{ code: 'unknown_choice', field: 'into' }]);
    const states = [await stateOf(town, one.caseId), await stateOf(town, two.caseId)].toSorted((a, b) =>
      a.localeCompare(b),
    );
    expect(states).toEqual(['merged', 'received']);
  }
});

test('T29, R29: what was agreed for the mediation that ended is asked anew; the person is told when the team opens it', async () => {
  const carried = await inMediation();
  const { caseId } = carried;
  await proposeClosing(carried.web, leader(), { caseId, outcome: 'ECHEC', reason: 'Rien à faire.' });
  await reopenForRequester(carried.web, carried.mediator(), caseId);
  const parties = await inTransaction(carried.web.db, { role: 'app_staff', ...leader() }, (tx) =>
    partiesOf(tx, caseId),
  );
  const theCase = { need: 'person', complexity: 'standard', preventive: false };
  expect(missingAgreements(theCase, parties)).toEqual(['requester', 'other']);
  const told = town.owner.selectFrom('mail').select('template').where('case_id', '=', caseId);
  expect((await told.execute()).map(({ template }) => template)).toContain('reopened');
});

test('T29: six months after somebody was spoken with, three where nobody was', async () => {
  const policy = await web().policies.of(town.townId);
  const closedAt = new Date('2027-01-11T09:00:00Z');
  expect(reopenUntil(policy, { closedAt, reachedAt: closedAt })).toBe('2027-07-11');
  expect(reopenUntil(policy, { closedAt, reachedAt: null })).toBe('2027-04-11');
  const reached = (id: string) =>
    town.owner.selectFrom('mediation_case').select('reached_at').where('id', '=', id).executeTakeFirstOrThrow();
  const carried = new Carried(town);
  expect((await reached(await carried.toFirstContact())).reached_at).not.toBeNull();
  expect((await reached((await submit(town)).caseId)).reached_at).toBeNull();
});

test('§4.3: a proposal is read before it is validated; returned, its mediator has it to read in whatever state', async () => {
  const carried = await inMediation();
  const { caseId } = carried;
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  await proposeClosing(carried.web, carried.mediator(), {
    caseId,
    outcome: 'ORIENTE',
    reason: 'Zreason du médiateur.',
    target: 'Ztarget, 2 rue du Port',
  });
  const team = await asLeader();
  for (const page of ['', '/valider', '/renvoyer']) {
    const html = await (await team.get(`/equipe/demandes/${caseId}${page}`)).text();
    expect([page, html.includes('Zreason'), html.includes('Ztarget'), html.includes('Clôture proposée')]).toEqual([
      page,
      true,
      true,
      true,
    ]);
  }
  await returnClosing(carried.web, leader(), caseId);
  expect(await openKinds(town, caseId)).toContain('task_closing_returned');
});

test('§4.4: a proposal nobody validates goes to the deputy the day after it was due', async () => {
  expect(DEFAULT_LADDERS.closure_validation.steps.map(({ audience, action }) => `${audience}:${action}`)).toEqual([
    'leader:remind',
    'deputy:escalate',
  ]);
  const carried = await inMediation();
  const { caseId } = carried;
  await proposeClosing(carried.web, carried.mediator(), { caseId, outcome: 'ECHEC', reason: 'Ainsi.' });
  await clock.forward(12);
  await takeDueSteps(town, caseId);
  const grants = town.owner.selectFrom('leadership_grant').select('reason').where('case_id', '=', caseId);
  expect((await grants.execute()).map(({ reason }) => reason)).toContain('task_late');
});

test('T33: where else one is sent is said, and read by the person', async () => {
  const one = await submit(town);
  const carried = new Carried(town);
  await expect(
    proposeClosing(web(), leader(), { caseId: one.caseId, outcome: 'ORIENTE', reason: 'Ailleurs.' }),
  ).rejects.toMatchObject({ code: 'not_allowed_now' });
  await carried.toFirstContact();
  const closing = { caseId: carried.caseId, outcome: 'RELAIS_PARTENAIRE', reason: 'Ailleurs.' } as const;
  await expect(proposeClosing(web(), leader(), closing)).rejects.toMatchObject({ field: 'target' });
  await proposeClosing(web(), leader(), { ...closing, target: 'Centre social, chaque jeudi' });
  const view = await followView(web(), town.townId, carried.caseId);
  expect([view.outcome, view.redirectedTo]).toEqual(['RELAIS_PARTENAIRE', 'Centre social, chaque jeudi']);
});

test('T33 from the checks: nobody is asked for news after three months', async () => {
  const carried = await inMediation();
  const { caseId } = carried;
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  await proposeClosing(carried.web, leader(), { caseId, outcome: 'DANGER_ORIENTE', reason: 'Signalé.' });
  expect((await openKinds(town, caseId)).filter((kind) => kind.startsWith('check_'))).toEqual([]);
});

test('an act on an ended case leaves its stream closed', async () => {
  const carried = await inMediation();
  const { caseId } = carried;
  await proposeClosing(carried.web, leader(), { caseId, outcome: 'ECHEC', reason: 'Ainsi.' });
  const item = await town.owner
    .selectFrom('agreement_item')
    .select(['agreement_id as agreementId', 'ordinal'])
    .where('case_id', '=', caseId)
    .where('item', '=', 'recontact')
    .where('party_id', '=', await carried.partyId('requester'))
    .executeTakeFirstOrThrow();
  await takeItemBack(carried.web, { townId: town.townId, caseId }, item);
  await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId: await carried.partyId('other') });
  expect(await isStreamClosed(caseId)).toBe(true);
});

test('§3.5: a party that comes back while the night erases keeps its contact', async () => {
  const carried = new Carried(town);
  await carried.toAgreements();
  await carried.says('other', NO);
  await clock.forward(40);
  const partyId = await carried.partyId('other');
  const worker = town.context('passerelle_worker');
  let night: Promise<number> | undefined;
  await inTransaction(carried.web.db, { role: 'app_staff', ...carried.mediator() }, async (tx) => {
    await lockCase(tx, carried.caseId);
    night = inTransaction(worker.db, { role: 'app_worker', townId: town.townId }, (job) =>
      eraseContacts(job, '2099-01-01'),
    );
    // The night has read its list, and waits for this case.
    await vi.waitUntil(async () => (await blockedConnections(town.owner)) > 0, { timeout: 4_000, interval: 20 });
    await tx.db.updateTable('party_identity').set({ erase_after: null }).where('party_id', '=', partyId).execute();
  });
  await night;
  const identity = town.owner.selectFrom('party_identity').select('name').where('party_id', '=', partyId);
  expect((await identity.executeTakeFirstOrThrow()).name).not.toBeNull();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptAssignment, declineAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { beginFollowUp, beginMediation, gatherAgain } from '../../src/cases/mediate.command.ts';
import { CaseText } from '../../src/cases/case-text.ts';
import { reassignMediator } from '../../src/cases/reassign.command.ts';
import { addParty, type NewParty } from '../../src/parties/add-party.command.ts';
import { withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { A_NEIGHBOUR, Carried } from '../support/agreements.ts';
import { codeOfParty, partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { pdfText } from '../support/pdf-text.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('papers');
  app = await webApp(town);
});
afterAll(() => town.close());

async function at(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}

test('R33, R77: the invitation holds the party’s code, its notice and nothing of the requester but what may be said; read by the pair and the leader only', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ firstName: 'Zéphyrine', story: 'Un canari chante.' });
  await carried.says('requester', { maySay: 'Le bruit, la nuit.' });
  const partyId = await carried.partyId('other');
  const address = `/equipe/demandes/${caseId}/papiers/${partyId}`;
  const text = await pdfText(await (await at('M1')).get(address));
  expect(text.replaceAll(/\s/g, '')).toContain(await codeOfParty(town, partyId));
  expect(text).toContain('Le bruit, la nuit.');
  for (const canary of ['Zéphyrine', 'canari', 'Aubertin']) expect(text).not.toContain(canary);
  expect((await (await at('M2')).get(address)).status).toBe(404);
  expect((await new Visitor(app).get(address)).status).toBe(303);
  const reads = await town.owner
    .selectFrom('case_read')
    .select('person_id')
    .where('case_id', '=', caseId)
    .where('person_id', '=', town.person('M1'))
    .execute();
  expect(reads.length).toBeGreaterThan(0);
});

async function metAtOneTable(caseId: string): Promise<void> {
  await town.owner
    .insertInto('session_note')
    .values({
      case_id: caseId, town_id: town.townId, session_id: null, cycle: 1, mode: 'joint', starts_at: new Date(), minutes: 60, travel_minutes: null,
      person_id: town.person('M1'), present: [], interpreter: false, tension_before: 2, tension_after: 1, registers: [], topics: [], note: null,
      progress: 'agreement', safety_alert: false, next_step: null, next_on: null, at: new Date(),
    })
    .execute(); // prettier-ignore
}
async function found(result: 'ACCORD_ECRIT' | 'APAISE', together: boolean) {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  if (together) await metAtOneTable(caseId);
  const agreedText = 'La douche avant 22 heures.';
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result, agreedText });
  return { carried, caseId, address: `/equipe/demandes/${caseId}/papiers/accord` };
}

test('R22: the agreement that people keep is linked without any session, and none is there before a result', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const mediator = await at('M1');
  expect((await mediator.get(`/equipe/demandes/${caseId}/papiers/accord`)).status).toBe(404);
  const { address } = await found('ACCORD_ECRIT', false);
  expect(await (await mediator.get(address.replace('/papiers/accord', ''))).text()).toContain(address);
  expect(await pdfText(await mediator.get(address))).toContain('La douche avant 22 heures.');
});

test('0016: names after a meeting at one table, sides after shuttle mediation; the same paper for each side, from its own page', async () => {
  const together = await found('ACCORD_ECRIT', true);
  const apart = await found('APAISE', false);
  const mediator = await at('M1');
  const named = await pdfText(await mediator.get(together.address));
  for (const said of ['Farid Aubertin', 'Rosa', 'L’accord que nous avons trouvé']) expect(named).toContain(said);
  const unnamed = await pdfText(await mediator.get(apart.address));
  for (const said of ['La personne qui a fait la demande', 'L’autre personne', 'La situation est plus calme'])
    expect(unnamed).toContain(said);
  expect(unnamed).not.toMatch(/Rosa|Farid|L’accord que nous/);

  const other = await partyVisitor(app, town, apart.carried);
  expect(await (await other.get('/suivi/participation')).text()).toContain('/suivi/participation/papier');
  const requester = await requesterVisitor(app, town, apart.caseId);
  expect(await (await requester.get('/suivi/demande')).text()).toContain('/suivi/accord/papier');
  for (const paper of [other.get('/suivi/participation/papier'), requester.get('/suivi/accord/papier')])
    expect(await pdfText(await paper)).toBe(unnamed);
  const stranger = new Visitor(app);
  for (const path of ['/suivi/participation/papier', '/suivi/accord/papier'])
    expect((await stranger.get(path)).status).toBe(403);
});

test('R22, R32: whoever stopped before an agreement was found reads nothing of it; whoever stopped afterwards keeps its copy', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  await carried.says('other');
  const partyId = await carried.partyId('other');
  const other = await partyVisitor(app, town, carried);
  await beginMediation(carried.web, carried.mediator(), caseId);
  await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId });
  await gatherAgain(carried.web, carried.mediator(), caseId);
  await addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, name: 'Mireille Ostrowski', caseId });
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  const agreedText = 'La douche avant 22 heures.';
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'ACCORD_ECRIT', agreedText });
  expect((await other.get('/suivi/participation/papier')).status).toBe(404);
  const stays = await partyVisitor(app, town, carried);
  await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId: await carried.partyId('other') });
  expect(await pdfText(await stays.get('/suivi/participation/papier'))).toContain(agreedText);
});

test('R22: the paper is of its own cycle, with the day it was found, whenever it is printed', async () => {
  const { carried, caseId, address } = await found('ACCORD_ECRIT', true);
  const promised = {
    case_id: caseId,
    town_id: town.townId,
    party_id: await carried.partyId('other'),
    session_id: null,
  };
  const by = { recorded_by: town.person('M1'), recorded_at: new Date(), by_day: '2027-02-01' };
  const row = await town.owner.selectFrom('mediation_case').select(['id', 'kid', 'wrapped_key as wrappedKey']).where('id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
  const text = new CaseText(town.keys, row);
  for (const [cycle, what] of [[1, 'Fermer la porte.'], [2, 'Autre chose, plus tard.']] as const) // prettier-ignore
    await town.owner.insertInto('commitment').values({ ...promised, ...by, cycle, what: text.seal('commitment', 'what', what) }).execute(); // prettier-ignore
  await town.owner.updateTable('mediation_result').set({ recorded_at: new Date('2027-01-05T10:00:00Z') }).where('case_id', '=', caseId).execute(); // prettier-ignore
  await town.owner.updateTable('party').set({ created_at: new Date('2027-01-02T10:00:00Z') }).where('case_id', '=', caseId).execute(); // prettier-ignore
  const paper = await pdfText(await (await at('M1')).get(address));
  expect(paper).toContain('le 5 janvier 2027');
  expect(paper).toContain('Fermer la porte.');
  expect(paper).not.toContain('Autre chose');
  const requester = await (await (await requesterVisitor(app, town, caseId)).get('/suivi/demande')).text();
  expect(requester).not.toContain('Fermer la porte.');
});

test('R81, R85, R98: no letter in danger, to whoever asked not to be written to, or to a minor without a representative; else to that one', async () => {
  const mediator = await at('M1');
  const letter = async (other: Partial<NewParty>) => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({}, other);
    return { caseId, address: `/equipe/demandes/${caseId}/papiers/${await carried.partyId('other')}` };
  };
  for (const change of [{ precautions: ['do_not_write'] as const }, { minor: true }]) {
    const { caseId, address } = await letter(change);
    expect((await mediator.get(address)).status).toBe(404);
    expect(await (await mediator.get(`/equipe/demandes/${caseId}`)).text()).not.toContain(address);
  }
  const represented = await letter({ minor: true, legalRepresentative: 'Sabine Aubertin' });
  expect(await pdfText(await mediator.get(represented.address))).toContain('À l’attention de Sabine Aubertin');
  await town.owner.updateTable('mediation_case').set({ danger: true }).where('id', '=', represented.caseId).execute();
  expect((await mediator.get(represented.address)).status).toBe(404);
});

test('R33, §4.10: the letter is written by the mediator who has the case: none while another is asked, none once they declined', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const address = `/equipe/demandes/${caseId}/papiers/${await carried.partyId('other')}`;
  const leader = await at('R1');
  const offered = async () => {
    const page = await (await leader.get(`/equipe/demandes/${caseId}`)).text();
    return { link: page.includes(address), why: page.includes('pas encore de médiateur'), letter: (await leader.get(address)).status };
  };
  const none = { link: false, why: true, letter: 404 };
  const second = { townId: town.townId, personId: town.person('M2') };
  await reassignMediator(carried.web, carried.leader(), { caseId, mediatorId: second.personId });
  expect(await offered()).toEqual(none);
  await declineAssignment(carried.web, second, { caseId, reason: 'CHARGE' });
  expect(await offered()).toEqual(none);
  await assignMediator(carried.web, carried.leader(), { caseId, mediatorId: second.personId });
  await acceptAssignment(carried.web, second, caseId);
  expect(await offered()).toEqual({ link: true, why: false, letter: 200 });
  const { first_name: first, last_name: last } = await town.owner.selectFrom('person').select(['first_name', 'last_name']).where('id', '=', second.personId).executeTakeFirstOrThrow();
  expect(await pdfText(await leader.get(address))).toContain(`Je suis ${first} ${last}, du service`);
}); // prettier-ignore

test('R77, GDPR art. 14: the notice has a page anybody may read, linked from the party’s own', async () => {
  const carried = new Carried(town);
  await carried.toAgreements();
  const address = '/suivi/participation/vos-informations';
  const space = await (await partyVisitor(app, town, carried)).get('/suivi/participation');
  expect(await space.text()).toContain(address);
  const notice = await new Visitor(app).get(address);
  expect(notice.status).toBe(200);
  const said = await notice.text();
  for (const words of [
    'Qui est responsable',
    'Lesquelles',
    'Qui les lit',
    'Combien de temps',
    'Vos droits',
    'dpo@',
    'cnil.fr',
  ])
    expect(said).toContain(words);
});

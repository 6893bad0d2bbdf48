import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { takeItemBack } from '../../src/parties/answer-by-code.command.ts';
import { requestForPartner } from '../../src/partners/own-requests.query.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { Carried } from '../support/agreements.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// F3 item 4, repeatable: one organisation, one purpose at a time (R103); R19: links are made, and confirmed by whoever hears that they held.

let town: TestTown;
let mediator: Visitor;
beforeAll(async () => {
  town = await testTown('shares-and-links');
  mediator = new Visitor(await webApp(town));
  await mediator.post('/demo/entrer', { person: town.person('M1') });
});
afterAll(() => town.close());

const organisation = async (code: string) =>
  (await town.owner.selectFrom('organisation').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id;
async function act(caseId: string, slug: string, fields: Record<string, string>): Promise<Response> {
  const path = `/equipe/demandes/${caseId}/${slug}`;
  const page = await (await mediator.get(path)).text();
  return mediator.post(path, { form: hiddenOf(page, 'form'), ...fields });
}

test('F3 item 4, R103: a party that agreed allows more to be shared; each organisation reads its own, and what is taken back is gone', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const party = await carried.partyId('requester');
  const [centre, landlord] = [await organisation('O09'), await organisation('O11')];
  const share = { party, shareWith: centre, shareWhat: 'Mon prénom.', shareFor: 'Être attendue jeudi.', mode: 'oral' };
  expect((await act(caseId, 'partager', { ...share, shareFor: '' })).status).toBe(422);
  expect((await act(caseId, 'partager', share)).status).toBe(303);
  const second = { party, shareWith: landlord, shareWhat: 'L’étage.', shareFor: 'Trouver la fuite.', mode: 'written' };
  expect((await act(caseId, 'partager', second)).status).toBe(303);
  const page = await (await mediator.get(`/equipe/demandes/${caseId}`)).text();
  for (const said of ['Mon prénom.', 'L’étage.']) expect(page).toContain(said);

  const requestId = await askPartner(carried.web, carried.mediator(), {
    caseId,
    organisationId: landlord,
    urgency: 'standard',
    question: 'Quand ?',
  });
  const contact = await town.owner
    .selectFrom('organisation_contact')
    .select('id')
    .where('organisation_id', '=', landlord)
    .where('position', '=', 'referent')
    .executeTakeFirstOrThrow();
  const seat = { contactId: contact.id, organisationId: landlord };
  const read = async () => {
    const request = await requestForPartner(carried.web, town.townId, seat, requestId);
    return request?.state === 'cancelled' ? undefined : request?.shared;
  };
  expect(await read()).toEqual([{ what: 'L’étage.', purpose: 'Trouver la fuite.' }]);

  const item = await town.owner
    .selectFrom('agreement_item')
    .select(['agreement_id as agreementId', 'ordinal', 'added_at as addedAt'])
    .where('case_id', '=', caseId)
    .where('organisation_id', '=', landlord)
    .executeTakeFirstOrThrow();
  expect(item.addedAt).not.toBeNull();
  await takeItemBack(carried.web, { townId: town.townId, caseId }, item);
  expect(await read()).toEqual([]);
});

test('F3 item 4: nobody shares for a party that has not agreed', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const fields = { shareWith: await organisation('O09'), shareWhat: 'Le nom.', shareFor: 'Rien.', mode: 'oral' };
  const refused = await act(caseId, 'partager', { party: await carried.partyId('other'), ...fields });
  expect([refused.status, (await refused.text()).includes('Le nom.')]).toEqual([409, true]);
});

test('R19: a link is noted with its organisation, confirmed once, also after the closing', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const note = {
    noteMode: 'phone',
    day: '11/01/2027',
    hour: '9 h 30',
    minutes: '30',
    present: await carried.partyId('requester'),
    tensionBefore: '2',
    tensionAfter: '1',
    progress: 'listening',
    linkWith1: await organisation('O09'),
    linkKind1: 'introduction',
  };
  expect((await act(caseId, 'note', note)).status).toBe(303);
  expect(await (await mediator.get(`/equipe/demandes/${caseId}`)).text()).toMatch(/Mise en relation · à confirmer/);
  await proposeClosing(carried.web, carried.leader(), {
    caseId,
    outcome: 'ORIENTE',
    reason: 'Accueilli ailleurs.',
    target: 'CCAS',
  });
  const link = await town.owner
    .selectFrom('link_made')
    .select('id')
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  expect((await act(caseId, 'confirmer-lien', { link: link.id })).status).toBe(303);
  expect(await (await mediator.get(`/equipe/demandes/${caseId}`)).text()).toContain('confirmé le lundi 11 janvier');
  expect((await act(caseId, 'confirmer-lien', { link: link.id })).status).toBe(422);
});

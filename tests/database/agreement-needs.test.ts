import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { beginMediation } from '../../src/cases/mediate.command.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { beginAgreements } from '../../src/parties/record-agreement.command.ts';
import { A_NEIGHBOUR, Carried } from '../support/agreements.ts';
import { partyVisitor } from '../support/party-visitor.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F3: what a yes needs beside the yes, by whichever door it comes: the representative of a minor (R81), somebody who may speak for an
// institution (R11), an interpreter (R101), and nothing shared with the forces of order (R84).

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let mediator: StaffVisitor;
beforeAll(async () => {
  town = await testTown('agreement-needs');
  app = await webApp(town);
  mediator = await StaffVisitor.enter(app, town, 'M1');
});
afterAll(() => town.close());

const SPACE = '/suivi/participation';
const YES = { take_part: 'yes', understood: 'yes', recontact: 'no' };
async function byCode(carried: Carried, fields: Record<string, string>): Promise<Response> {
  const visitor = await partyVisitor(app, town, carried);
  const form = hiddenOf(await (await visitor.get(SPACE)).text(), 'form');
  return visitor.post(`${SPACE}/accord`, { form, ...fields });
}
const organisation = async (code: string) =>
  (await town.owner.selectFrom('organisation').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id;
const openTasks = async (caseId: string, kind: string) =>
  town.owner
    .selectFrom('deadline')
    .select('reason')
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .where('state', '=', 'open')
    .execute();
const shared = async (caseId: string) =>
  town.owner
    .selectFrom('case_event')
    .select(['actor', 'data'])
    .where('case_id', '=', caseId)
    .where('code', '=', 'share_allowed')
    .execute();

describe('R81: a minor', () => {
  test('by the code, says yes only with the name and the word of who represents them', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({}, { minor: true });
    const refused = await byCode(carried, YES);
    expect(refused.status).toBe(422);
    expect((await refused.text()).split('Répondez à cette question').length).toBeGreaterThan(2);
    const named = { ...YES, legal_representative: 'yes', legal_representative_name: 'Sabine Aubertin' };
    expect((await byCode(carried, named)).status).toBe(303);
    await beginMediation(carried.web, carried.mediator(), caseId);
    expect(await mediator.page(caseId)).toContain('Sabine Aubertin');
  });

  test('who asks for help: the agreements open, and the other side is contacted, only with that word', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact({ ageGroup: 'minor' });
    await expect(carried.says('requester')).rejects.toMatchObject({ field: 'legalRepresentative' });
    const agreed = { legalRepresentativeAgreed: true };
    await expect(carried.says('requester', agreed)).rejects.toMatchObject({ field: 'legalRepresentativeName' });
    const party = await carried.partyId('requester');
    const explained = ['role', 'free', 'freedom', 'secrecy', 'stop', 'data'].map((what): [string, string] => ['explained', what]); // prettier-ignore
    const form: [string, string][] = [['party', party], ['takePart', 'yes'], ['contactOther', 'yes'], ['mode', 'oral'], ['language', 'fr'], ['legalRepresentative', 'yes']]; // prettier-ignore
    const missing = await mediator.does(caseId, 'accord', [...form, ...explained]);
    expect(missing.status).toBe(422);
    expect(await missing.text()).toContain('id="legalRepresentativeName-error"');
    const named: [string, string] = ['legalRepresentativeName', 'Paul Meunier'];
    expect((await mediator.does(caseId, 'accord', [...form, ...explained, named])).status).toBe(303);
    expect(await mediator.page(caseId)).toContain('Paul Meunier');
  });

  test('T15, T16: a yes that lost its representative opens nothing, and the page says what is missing', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact({ ageGroup: 'minor' });
    await carried.says('requester', { legalRepresentativeAgreed: true, legalRepresentative: 'Paul Meunier' });
    await town.owner.updateTable('agreement').set({ legal_representative_agreed: false }).where('case_id', '=', caseId).execute(); // prettier-ignore
    await expect(addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId })).rejects.toMatchObject({
      code: 'agreement_missing',
      lacking: ['legal_representative'],
    });
    await town.owner.updateTable('mediation_case').set({ state: 'first_contact' }).where('id', '=', caseId).execute();
    await expect(beginAgreements(carried.web, carried.mediator(), caseId)).rejects.toMatchObject({
      lacking: ['legal_representative'],
    });
    const refused = await mediator.does(caseId, 'ouvrir-accords', {});
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('Il manque l’accord du représentant d’une personne mineure.');
  });
});

describe('R11: whoever speaks for an institution', () => {
  test.each(['institution', 'business', 'association', 'transport'] as const)(
    '%s: by the code, with mandate, name and function',
    async (kind) => {
      // prettier-ignore
      const carried = new Carried(town);
      const caseId = await carried.toAgreements({}, { kind, name: 'Le guichet' });
      const page = await (await partyVisitor(app, town, carried)).get(SPACE);
      expect(await page.text()).toContain('J’ai qualité pour répondre');
      expect((await byCode(carried, { ...YES, mandate: 'yes' })).status).toBe(422);
      const who = { mandate: 'yes', representative: 'Nina Tavares, cheffe de service' };
      expect((await byCode(carried, { ...YES, ...who })).status).toBe(303);
      await beginMediation(carried.web, carried.mediator(), caseId);
      expect(await mediator.page(caseId)).toContain('Nina Tavares, cheffe de service');
    },
  );

  test('a person is asked for no mandate', async () => {
    const carried = new Carried(town);
    await carried.toAgreements();
    const page = await (await partyVisitor(app, town, carried)).get(SPACE);
    expect(await page.text()).not.toContain('J’ai qualité');
  });
});

describe('R101: an interpreter', () => {
  test.each([{ interpreter: true }, { interpreter: false, spokenLanguage: 'ar' }])(
    '%o: the page says that somebody calls, and somebody does',
    async (change) => {
      // prettier-ignore
      const carried = new Carried(town);
      const caseId = await carried.toAgreements({}, change);
      const visitor = await partyVisitor(app, town, carried);
      const page = await (await visitor.get(SPACE)).text();
      expect(page).toContain('Nous vous appelons avec un interprète');
      expect(page).not.toContain('name="take_part"');
      expect(await openTasks(caseId, 'task_call_party')).toEqual([{ reason: 'party_invited' }]);
      expect((await visitor.post(`${SPACE}/accord`, YES)).status).toBe(409);
      expect(await openTasks(caseId, 'task_party_answered')).toEqual([]);
    },
  );

  test('who asked for one agrees before the mediator with one, in French too; the requester asked by the code is called', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact({ interpreter: true });
    await expect(carried.says('requester')).rejects.toMatchObject({ field: 'interpreterRef' });
    await askForAgreement(carried.web, carried.mediator(), { caseId, partyId: await carried.partyId('requester') });
    expect(await openTasks(caseId, 'task_call_requester')).toEqual([{ reason: 'agreement_asked' }]);
    await carried.says('requester', { interpreterRef: 'ISM 4521' });
    expect(await mediator.page(caseId)).toContain('ISM 4521');
  });
});

describe('F3 item 4, R103, R84: shares', () => {
  const words = { share_what: 'Mon prénom.', share_for: 'Être rappelé.' };

  test('by the code: what, with whom, for what, all three or none; written down with its organisation', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const centre = await organisation('O09');
    expect((await byCode(carried, { ...YES, ...words })).status).toBe(422);
    expect((await byCode(carried, { ...YES, share_with: centre })).status).toBe(422);
    expect((await byCode(carried, { ...YES, ...words, share_with: centre })).status).toBe(303);
    const [line] = await shared(caseId);
    expect(line).toMatchObject({ actor: 'party', data: { organisation: centre, mode: 'code' } });
    const page = await mediator.page(caseId);
    for (const said of ['Mon prénom.', 'Être rappelé.', 'Partage accepté avec']) expect(page).toContain(said);
  });

  test('recorded by the mediator: the same line, the way it was allowed', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    const organisationId = await organisation('O09');
    await carried.says('requester', { shares: [{ organisationId, what: 'Mon prénom.', purpose: 'Être rappelée.' }] });
    expect(await shared(caseId)).toMatchObject([
      { actor: 'staff', data: { organisation: organisationId, mode: 'oral' } },
    ]);
    const form = { party: await carried.partyId('requester'), shareWith: organisationId, shareWhat: 'L’étage.', shareFor: 'Venir.' }; // prettier-ignore
    expect((await mediator.does(caseId, 'partager', form)).status).toBe(422);
    expect((await mediator.does(caseId, 'partager', { ...form, mode: 'written' })).status).toBe(303);
    expect((await shared(caseId)).map(({ data }) => data['mode'])).toEqual(['oral', 'written']);
  });

  test('police, gendarmerie and a closed organisation are in no list, and refused beside their field', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const closed = await organisation('O09');
    await town.owner.updateTable('organisation').set({ ended_at: new Date() }).where('id', '=', closed).execute();
    const forces = await town.owner
      .selectFrom('organisation')
      .select(['id', 'name'])
      .where('type', 'in', ['police_nationale', 'gendarmerie', 'police_municipale'])
      .execute();
    expect(forces.length).toBeGreaterThan(0);
    const party = await carried.partyId('requester');
    const space = await (await (await partyVisitor(app, town, carried)).get(SPACE)).text();
    for (const id of [closed, ...forces.map((force) => force.id)]) {
      for (const slug of ['partager', 'partie', 'accord']) expect(await mediator.page(caseId, slug)).not.toContain(id);
      expect(space).not.toContain(id);
      const share = { party, shareWith: id, shareWhat: 'Tout.', shareFor: 'Rien.', mode: 'oral' };
      const refused = await mediator.does(caseId, 'partager', share);
      expect([refused.status, (await refused.text()).includes('id="shareWith-error"')]).toEqual([422, true]);
      const added = await mediator.does(caseId, 'partie', { kind: 'institution', name: 'Brigade', organisation: id });
      expect([added.status, (await added.text()).includes('id="organisation-error"')]).toEqual([422, true]);
      expect((await byCode(carried, { ...YES, ...words, share_with: id })).status).toBe(422);
    }
    expect(await shared(caseId)).toEqual([]);
    await town.owner.updateTable('organisation').set({ ended_at: null }).where('id', '=', closed).execute();
  });
});

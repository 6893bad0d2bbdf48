import { afterAll, beforeAll, expect, test } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { formatCode } from '../../src/privacy/case-code.ts';
import { partyCode } from '../../src/parties/party-code.ts';
import { Carried } from '../support/agreements.ts';
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

async function textOf(answer: Response): Promise<string> {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await answer.arrayBuffer())), {
    mergePages: true,
  });
  return text;
}
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
  const text = await textOf(await (await at('M1')).get(address));
  const access = await town.owner
    .selectFrom('access')
    .select('id')
    .where('party_id', '=', partyId)
    .where('purpose', '=', 'party_code')
    .executeTakeFirstOrThrow();
  expect(text.replaceAll(/\s/g, '')).toContain(formatCode(partyCode(town.keys, access.id)));
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

test('R22: the agreement that people keep says who does what before when', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  const mediator = await at('M1');
  const address = `/equipe/demandes/${caseId}/papiers/accord`;
  expect((await mediator.get(address)).status).toBe(404);
  await beginFollowUp(carried.web, carried.mediator(), {
    caseId,
    result: 'ACCORD_ECRIT',
    agreedText: 'La douche avant 22 heures.',
  });
  const text = await textOf(await mediator.get(address));
  for (const said of ['La douche avant 22 heures.', 'Farid Aubertin', 'Rosa']) expect(text).toContain(said);
});

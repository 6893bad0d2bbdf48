import { afterAll, beforeAll, expect, test } from 'vitest';
import { Carried } from '../support/agreements.ts';
import { codeHash, newRandomCode } from '../../src/privacy/case-code.ts';
import { codeOfParty, partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// R29: the other party's pages do what the requester's do: replace the code, take the address back, say when and what otherwise.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('equal-pages');
  app = await webApp(town);
});
afterAll(() => town.close());

const SPACE = '/suivi/participation';
async function entered() {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  return { carried, caseId, visitor: await partyVisitor(app, town, carried) };
}

test('C-2: the code is replaced from the page; the old one and its page are closed, the same page sent again gives the same code', async () => {
  const { visitor } = await entered();
  const page = await (await visitor.get(`${SPACE}/remplacer`)).text();
  expect(page).not.toContain('checked');
  const before = visitor.copy();
  const fields = { choice: 'replace', new: hiddenOf(page, 'new') };
  expect((await visitor.post(`${SPACE}/remplacer`, { choice: '', new: fields.new })).status).toBe(422);
  expect((await visitor.post(`${SPACE}/remplacer`, fields)).headers.get('location')).toBe(`${SPACE}/nouveau-code`);
  const codeOf = async () => {
    const slip = await (await visitor.get(`${SPACE}/nouveau-code`)).text();
    return [...slip.matchAll(/<span[^>]*>([0-9A-Z]{5})<\/span>/g)].map(([, group]) => group).join('') || undefined;
  };
  const code = await codeOf();
  expect(code).toBeDefined();
  expect((await before.get(SPACE)).status).toBe(403);
  expect((await visitor.post(`${SPACE}/remplacer`, fields)).status).toBe(303);
  expect(await codeOf()).toBe(code);
  const again = new Visitor(app);
  expect((await again.post('/suivi', { code: code ?? '' })).headers.get('location')).toBe(SPACE);
});

test('C-3: the address is taken back: what waited does not leave, the team is told, twice is once', async () => {
  const { caseId, visitor } = await entered();
  expect(await (await visitor.get(SPACE)).text()).toContain(`${SPACE}/courriel`);
  expect((await visitor.post(`${SPACE}/courriel`, {})).status).toBe(422);
  for (let times = 0; times < 2; times += 1)
    expect((await visitor.post(`${SPACE}/courriel`, { choice: 'remove' })).status).toBe(303);
  const mails = await town.owner.selectFrom('mail').select('state').where('case_id', '=', caseId).where('party_id', 'is not', null).execute(); // prettier-ignore
  expect(new Set(mails.map(({ state }) => state))).toEqual(new Set(['cancelled']));
  const tasks = await town.owner.selectFrom('deadline').select('id').where('case_id', '=', caseId).where('kind', '=', 'task_note_email_removed').execute(); // prettier-ignore
  expect(tasks).toHaveLength(1);
  expect(await (await visitor.get(SPACE)).text()).not.toContain(`${SPACE}/courriel`);
});

test('the page says what comes next, before when, what otherwise; after a no, the way to come back', async () => {
  const { visitor } = await entered();
  const asked = await (await visitor.get(SPACE)).text();
  expect(asked).toMatch(/Vous pouvez répondre avant la fin du \p{L}+/u);
  expect(asked).toContain('Et sans réponse');
  await visitor.post(`${SPACE}/accord`, { form: hiddenOf(asked, 'form'), take_part: 'no' });
  const after = await (await visitor.get(SPACE)).text();
  expect(after).not.toContain('Et sans réponse');
  expect(after).toMatch(/01\s99\s00\s12\s34/u);
});

test('/suivi is for whoever has a receipt or a letter', async () => {
  const page = await (await new Visitor(app).get('/suivi')).text();
  for (const words of ['reçu une invitation', 'votre lettre d’invitation']) expect(page).toContain(words);
});

test('R82, design §5: rights, who reads what, who reads a message: the same parts on both sides’ pages', async () => {
  const { caseId, visitor } = await entered();
  const requester = await requesterVisitor(app, town, caseId);
  const parts = (page: string) =>
    [
      'href="/suivi/droits"',
      'Qui lit quoi',
      'lit votre message',
      'Remplacer mon code',
      'Enlever mon adresse',
      'danger',
    ].map((part) => page.includes(part));
  const mine = parts(await (await requester.get('/suivi/demande')).text());
  expect(mine).not.toContain(false);
  expect(parts(await (await visitor.get(SPACE)).text())).toEqual(mine);
  // Two codes typed one after the other in one browser: the second one’s page only.
  const shared = visitor.copy();
  await shared.post('/suivi', { code: await freshCode(caseId) });
  expect([(await shared.get('/suivi/demande')).status, (await shared.get(SPACE)).status]).toEqual([200, 403]);
});

async function freshCode(caseId: string): Promise<string> {
  const code = newRandomCode();
  await town.owner
    .updateTable('access')
    .set({ token_hash: codeHash(town.keys, code) })
    .where('case_id', '=', caseId)
    .where('purpose', '=', 'case_code')
    .execute();
  return code;
}

test('C-2: a requester who replaces the own code closes nothing of the other party', async () => {
  const { carried, caseId } = await entered();
  const old = await codeOfParty(town, await carried.partyId('other'));
  const requester = await requesterVisitor(app, town, caseId);
  const offer = hiddenOf(await (await requester.get('/suivi/remplacer')).text(), 'new');
  expect((await requester.post('/suivi/remplacer', { choice: 'replace', new: offer })).status).toBe(303);
  expect((await new Visitor(app).post('/suivi', { code: old })).headers.get('location')).toBe(SPACE);
});

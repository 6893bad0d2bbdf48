import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askForInterpreter } from '../../src/parties/ask-for-interpreter.command.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { translator } from '../../src/i18n/catalogue.ts';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { shown } from '../support/form-page.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import type { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// §4.8, R101: « Être rappelé avec un interprète », from either side's own page.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('interpreter');
  app = await webApp(town);
});
afterAll(() => town.close());

const SIDES = [
  { side: 'requester', page: '/suivi/demande', call: 'task_call_requester' },
  { side: 'other', page: '/suivi/participation', call: 'task_call_party' },
] as const;
const stateOf = async (caseId: string, partyId: string) => ({
  party: await town.owner.selectFrom('party').select('interpreter').where('id', '=', partyId).executeTakeFirstOrThrow(),
  calls: await town.owner
    .selectFrom('deadline')
    .select(['kind', 'reason'])
    .where('case_id', '=', caseId)
    .where('kind', 'like', 'task_call%')
    .where('state', '=', 'open')
    .execute(),
});

test.each(SIDES)(
  'R101: the $side asks to be called with an interpreter: a call waits, the page says so; twice is one call',
  async ({ side, page, call }) => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const visitor =
      side === 'other' ? await partyVisitor(app, town, carried) : await requesterVisitor(app, town, caseId);
    expect(await (await visitor.get(page)).text()).toContain('Être rappelé avec un interprète');
    for (let times = 0; times < 2; times += 1) {
      const answer = await visitor.post(page === '/suivi/demande' ? '/suivi/interprete' : `${page}/interprete`, {});
      expect(answer.headers.get('location')).toBe(`${page}?interprete`);
    }
    expect(await (await visitor.get(`${page}?interprete`)).text()).toContain('C’est noté');
    const { party, calls } = await stateOf(caseId, await carried.partyId(side));
    expect(party.interpreter).toBe(true);
    expect(calls).toEqual([{ kind: call, reason: 'interpreter' }]);
    const seen = await (await StaffVisitor.enter(app, town, 'M1')).page(caseId);
    expect(seen.match(/Un rappel avec un interprète est demandé/g)).toHaveLength(1);
    expect(seen).toMatch(/: rappel demandé avec un interprète/);
  },
);

test('R101, R28: an invitation still to be told and the wish for an interpreter are two calls, in either order', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({}, { email: '', contactWays: ['phone'] });
  await carried.says('other');
  const partyId = await carried.partyId('other');
  const reasons = async () => {
    const { calls } = await stateOf(caseId, partyId);
    return calls.map(({ reason }) => reason ?? '').toSorted((one, other) => one.localeCompare(other));
  };
  expect(await reasons()).toEqual(['party_invited']);
  await askForInterpreter(carried.web, { townId: town.townId, caseId, partyId }, 'ar');
  expect(await reasons()).toEqual(['interpreter', 'party_invited']);
  const meeting = { day: '13/01/2027', hour: '14 h', minutes: 60, place: 'Au service', mode: 'individual' } as const;
  await planSession(carried.web, carried.mediator(), { ...meeting, caseId, partyIds: [partyId] });
  await takeDueSteps(town, caseId);
  expect(await reasons()).toEqual(['interpreter', 'session_invited']);
});

test('R101: the language read becomes the language spoken only where nobody has said another', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ spokenLanguage: 'zgh' });
  const holder = { townId: town.townId, caseId };
  await askForInterpreter(town.context('passerelle_web'), holder, 'fr');
  const { spoken_language } = await town.owner
    .selectFrom('case_identity')
    .select('spoken_language')
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  expect(spoken_language).toBe('zgh');
});

test('a request that is over takes no wish: nothing changes', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const visitor = await requesterVisitor(app, town, caseId);
  await visitor.post('/suivi/arreter', { choice: 'stop' });
  expect((await visitor.post('/suivi/interprete', {})).headers.get('location')).toBe('/suivi/demande');
  const { party, calls } = await stateOf(caseId, await carried.partyId('requester'));
  expect({ party, calls: calls.filter(({ reason }) => reason === 'interpreter') }).toEqual({
    party: { interpreter: false },
    calls: [],
  });
  // Nothing is asked for the request any more; a call before any other request is (§4.8).
  const page = await (await visitor.get('/suivi/demande')).text();
  expect([page.includes('action="/suivi/interprete"'), page.includes('href="/rappel"')]).toEqual([false, true]);
});

const en = translator('en');
const AGREEMENT = { requester: '/suivi/accord', other: '/suivi/participation' } as const;
const ASK = { requester: '/suivi/interprete', other: '/suivi/participation/interprete' } as const;

/** Somebody whose agreement is asked, by their code, on their own page. */
async function asked(side: 'requester' | 'other', at: TestTown, web: typeof app): Promise<Visitor> {
  const carried = new Carried(at);
  if (side === 'other') {
    await carried.toAgreements();
    return partyVisitor(web, at, carried);
  }
  const caseId = await carried.toFirstContact();
  await askForAgreement(carried.web, carried.mediator(), { caseId, partyId: await carried.partyId('requester') });
  return requesterVisitor(web, at, caseId);
}

test.each(['requester', 'other'] as const)(
  'R101: where nobody agrees in this language, the $0 asks for the call beside the sentence that names it',
  async (side) => {
    const visitor = await asked(side, town, app);
    await visitor.get('/langue/en');
    const html = await (await visitor.get(AGREEMENT[side])).text();
    expect(shown(html)).toContain(shown(en('parties.unchecked.call')));
    expect(html).toContain('>Read and answer in French<');
    expect(html.split(`action="${ASK[side]}"`)).toHaveLength(2);
    expect(html.indexOf(`action="${ASK[side]}"`)).toBeGreaterThan(html.indexOf('>Read and answer in French<'));
  },
);

test('R101: whoever reads simple French is sent to no interpreter: French, or a call', async () => {
  const visitor = await asked('other', town, app);
  await visitor.get('/langue/fr-simple');
  const html = shown(await (await visitor.get(AGREEMENT.other)).text());
  expect(html).toContain(shown(translator('fr-simple')('parties.inFrench')));
  expect(html).toContain('Appelez-nous au');
  expect(html).not.toContain(shown(translator('fr-simple')('parties.unchecked.call')));
});

test('§4.10: a town that pays no interpreter promises none, and says where else to turn', async () => {
  const plain = await testTown('nointerpreter');
  await sql`update town set service = jsonb_set(service, '{interpreters}', 'false')`.execute(plain.owner);
  const there = await webApp(plain);
  for (const side of ['requester', 'other'] as const) {
    const visitor = await asked(side, plain, there);
    await visitor.get('/langue/en');
    const unchecked = shown(await (await visitor.get(AGREEMENT[side])).text());
    expect(unchecked).toContain(shown(en('parties.unchecked')));
    expect(unchecked).toMatch(/Call us on .* We look with you for another way\./);
    expect(unchecked).not.toMatch(/interpreter/i);
    await visitor.get('/langue/fr');
    await plain.owner.updateTable('party').set({ interpreter: true }).execute();
    const spoken = shown(await (await visitor.get(AGREEMENT[side])).text());
    expect(spoken).toContain(shown(translator('fr')('parties.notHere')));
    expect(spoken).not.toMatch(/interprète/i);
    expect(spoken).not.toContain('name="take_part"');
    await plain.owner.updateTable('party').set({ interpreter: false }).execute();
  }
  await plain.close();
});

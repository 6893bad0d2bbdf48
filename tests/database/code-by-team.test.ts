import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { formatCode } from '../../src/privacy/case-code.ts';
import { Carried, NO } from '../support/agreements.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { pdfText } from '../support/pdf-text.ts';
import { nights } from '../support/rights.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// C-2, R29: whoever lost the code and has no mailbox gets another from whoever works on the case.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('code-by-team');
  app = await webApp(town);
});
afterAll(() => town.close());

async function opened(other: Parameters<Carried['toAgreements']>[1] = {}) {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({}, other);
  const parties = { requester: await carried.partyId('requester'), other: await carried.partyId('other') };
  return { carried, caseId, parties, act: `/equipe/demandes/${caseId}/nouveau-code`, shown: `/equipe/demandes/${caseId}/code-remis` };
} // prettier-ignore
async function atWork(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}
async function filled(visitor: Visitor, act: string, party: string) {
  const page = await (await visitor.get(act)).text();
  const { form, fresh } = { form: hiddenOf(page, 'form'), fresh: hiddenOf(page, 'fresh') };
  return { form, fresh, party, identity: 'known_in_person' };
}
/** The code as the page shows it, without its groups. */
const codeOn = (page: string) => [...page.matchAll(/code-group">([^<]+)</g)].map(([, group]) => group).join('');
const opens = async (code: string) =>
  (await new Visitor(app).post('/suivi', { code: formatCode(code) })).headers.get('location');
const living = async (caseId: string) => {
  const rows = await town.owner.selectFrom('access').select(['purpose', 'party_id as partyId']).where('case_id', '=', caseId).where('ended_at', 'is', null).execute(); // prettier-ignore
  return rows.map(({ purpose, partyId }) => `${purpose} ${partyId ? 'other' : 'requester'}`).toSorted();
};
const SPACES = { requester: '/suivi/demande', other: '/suivi/participation' } as const;

test.each(['requester', 'other'] as const)(
  'C-2, R29: the %s gets a new code; the old one and what it opened end, those of the other side stay',
  async (side) => {
    const { carried, caseId, parties, act, shown } = await opened();
    const visitors = {
      requester: await requesterVisitor(app, town, caseId),
      other: await partyVisitor(app, town, carried),
    };
    const notSide = side === 'other' ? 'requester' : 'other';
    await sql`insert into access (town_id, case_id, party_id, purpose, token_hash, expires_at)
      values (${town.townId}, ${caseId}, ${side === 'other' ? parties.other : null}, ${side === 'other' ? 'party_permit' : 'replace_permit'},
              ${Buffer.alloc(32, side)}, clock_timestamp() + interval '9 minutes')`.execute(town.owner);
    const mediator = await atWork('M1');
    const fields = await filled(mediator, act, parties[side]);
    expect((await mediator.post(act, { ...fields, identity: 'number_and_code' })).status).toBe(422);
    expect((await mediator.post(act, { ...fields, fresh: 'x' })).status).toBe(422);
    // A second click, or the same page sent again when its answer was lost, gives the same code.
    for (let click = 0; click < 2; click += 1) {
      const answer = await mediator.post(act, fields);
      expect(answer.headers.get('location')).toBe(shown);
    }
    const page = await (await mediator.get(shown)).text();
    const code = codeOn(page);
    expect(code).toHaveLength(25);
    expect(await living(caseId)).toEqual(
      [
        side === 'other' ? 'party_code other' : 'case_code requester',
        ...(side === 'other' ? ['case_code requester', 'follow_session requester'] : ['party_code other', 'party_session other']),
      ].toSorted(),
    ); // prettier-ignore
    expect((await visitors[side].get(SPACES[side])).status).not.toBe(200);
    expect((await visitors[notSide].get(SPACES[notSide])).status).toBe(200);
    expect(await opens(code)).toBe(SPACES[side]);

    // On paper while the page is open; on screen once.
    const slip = { slip: hiddenOf(page, 'slip') };
    const paper = await pdfText(await mediator.post(`/equipe/demandes/${caseId}/papiers/code`, slip));
    expect(paper).toContain(formatCode(code));
    expect(paper).not.toMatch(/Rosa|Farid|bruit/);
    const again = await (await mediator.get(shown)).text();
    expect([codeOn(again), again.includes('déjà été montré')]).toEqual(['', true]);
    // Nobody else reads it: neither the leader with this slip, nor a later page.
    expect((await (await atWork('R1')).post(`/equipe/demandes/${caseId}/papiers/code`, slip)).status).toBe(404);

    const event = await town.owner.selectFrom('case_event').select(['actor', 'person_id as by', 'data']).where('case_id', '=', caseId).where('code', '=', 'code_handed').execute(); // prettier-ignore
    expect(event).toEqual([
      { actor: 'staff', by: town.person('M1'), data: { party: parties[side], identity: 'known_in_person' } },
    ]);
    // The owner of the address on file is told, without the code; nothing that is kept holds it.
    const mail = await town.owner.selectFrom('mail').select(['template', 'party_id as partyId']).where('case_id', '=', caseId).where('template', '=', 'code_replaced').execute(); // prettier-ignore
    expect(mail).toEqual([{ template: 'code_replaced', partyId: side === 'other' ? parties.other : null }]);
    const kept = await town.owner.selectFrom('case_event').selectAll().where('case_id', '=', caseId).execute();
    expect(JSON.stringify(kept)).not.toContain(code);
    expect(JSON.stringify(kept)).not.toContain(fields.fresh);
  },
);

test('C-2: the code handed first ends with the next; a page of it sent again shows nothing', async () => {
  const { parties, act, shown } = await opened();
  const [mediator, leader] = [await atWork('M1'), await atWork('R1')];
  const first = await filled(mediator, act, parties.requester);
  await mediator.post(act, first);
  const old = codeOn(await (await mediator.get(shown)).text());
  await leader.post(act, await filled(leader, act, parties.requester));
  const next = codeOn(await (await leader.get(shown)).text());
  expect([await opens(old), await opens(next)]).toEqual([null, SPACES.requester]);
  await mediator.post(act, first);
  expect(codeOn(await (await mediator.get(shown)).text())).toBe('');
  // What one page was made with gives no second code.
  const twice = await mediator.post(act, { ...first, form: crypto.randomUUID() });
  expect(twice.status).toBe(409);
});

test('C-2: some minutes later the page sent again shows no code', async () => {
  const { caseId, parties, act, shown } = await opened();
  const mediator = await atWork('M1');
  const fields = await filled(mediator, act, parties.other);
  await mediator.post(act, fields);
  await sql`update access set created_at = created_at - interval '16 minutes' where case_id = ${caseId}`.execute(
    town.owner,
  );
  await mediator.post(act, fields);
  expect(codeOn(await (await mediator.get(shown)).text())).toBe('');
});

test('C-14: another team hands nothing; the role of the team ends and writes codes on no case it may not see', async () => {
  const { caseId, parties, act } = await opened();
  const before = await living(caseId);
  const stranger = await atWork('R2');
  expect((await stranger.get(act)).status).toBe(404);
  const fields = { party: parties.requester, identity: 'known_phone', form: crypto.randomUUID(), fresh: crypto.randomUUID() }; // prettier-ignore
  expect((await stranger.post(act, fields)).status).toBe(404);
  const by = { role: 'app_staff', townId: town.townId, personId: town.person('R2') } as const;
  const direct = await inTransaction(town.db('passerelle_web'), by, (tx) =>
    sql<{ done: boolean }>`select hand_code(${parties.requester}::uuid, ${crypto.randomUUID()}::uuid, ${Buffer.alloc(32)}) as done`.execute(tx.db),
  ); // prettier-ignore
  expect(direct.rows).toEqual([{ done: false }]);
  expect(await living(caseId)).toEqual(before);
});

test('§3.5: a party whose contact is gone is handed nothing', async () => {
  const { carried, parties, act } = await opened();
  await carried.says('other', NO);
  const mediator = await atWork('M1');
  const fields = await filled(mediator, act, parties.other);
  await nights(town, 40);
  expect((await mediator.post(act, fields)).status).toBe(409);
});

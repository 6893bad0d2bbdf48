import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { type Actor, inTransaction } from '../../src/db/transaction.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { beginMediation } from '../../src/cases/mediate.command.ts';
import { formatCode } from '../../src/privacy/case-code.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { partyCode } from '../../src/parties/party-code.ts';
import { stateOf } from '../support/case-rows.ts';
import { A_NEIGHBOUR, Carried } from '../support/agreements.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// The other party's own code and its own equal pages (R29, R30, spec §3.3).

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('party-space');
  app = await webApp(town);
});
afterAll(() => town.close());

const SPACE = '/suivi/participation';
const CANARY = {
  firstName: 'Zéphyrine',
  story: 'Le canari du palier',
  phone: '+33639987777',
  email: 'canari@courriel.example',
};
const MAY_SAY = 'Le bruit de la douche la nuit.';

async function invited(): Promise<{ carried: Carried; visitor: Visitor; code: string }> {
  const carried = new Carried(town);
  await carried.toFirstContact({ ...CANARY, placeText: 'Porte du canari' });
  await carried.says('requester', { maySay: MAY_SAY });
  await addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId: carried.caseId });
  const access = await town.owner
    .selectFrom('access')
    .select('id')
    .where('case_id', '=', carried.caseId)
    .where('purpose', '=', 'party_code')
    .executeTakeFirstOrThrow();
  return { carried, visitor: new Visitor(app), code: formatCode(partyCode(town.keys, access.id)) };
}
async function entered() {
  const found = await invited();
  const answer = await found.visitor.post('/suivi', { code: found.code });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, SPACE]);
  return found;
}

test('R29: the code of the invitation opens the party’s space: what may be said, the question, nothing else of the requester', async () => {
  const { visitor } = await entered();
  const page = await (await visitor.get(SPACE)).text();
  expect(page).toContain(MAY_SAY);
  expect(page).toContain('Êtes-vous d’accord');
  for (const canary of ['Zéphyrine', 'canari', '39987777', '39 98 77 77']) expect(page).not.toContain(canary);
});

test('R29: yes by the code; the mediation may begin', async () => {
  const { carried, visitor } = await entered();
  const page = await (await visitor.get(SPACE)).text();
  const form = hiddenOf(page, 'form');
  const INVITED = 'Un médiateur aimerait avoir votre point de vue.';
  expect(page).toContain(INVITED);
  const missing = await visitor.post(`${SPACE}/accord`, { form, take_part: 'yes', may_say: 'Ma version.' });
  expect(missing.status).toBe(422);
  expect(await missing.text()).toContain('Ma version.');
  const said = { form, take_part: 'yes', may_say: 'Ma version.', understood: 'yes', recontact: 'no' };
  const answer = await visitor.post(`${SPACE}/accord`, said);
  expect(answer.headers.get('location')).toBe(`${SPACE}?repondu`);
  // Whoever has agreed is not invited any more.
  expect(await (await visitor.get(SPACE)).text()).not.toContain(INVITED);
  // A second click is answered like the first; the same answer later is refused with its text kept.
  expect((await visitor.post(`${SPACE}/accord`, said)).status).toBe(303);
  const late = await visitor.post(`${SPACE}/accord`, { ...said, form: crypto.randomUUID() });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('Ma version.');
  await beginMediation(carried.web, carried.mediator(), carried.caseId);
  expect(await stateOf(town, carried.caseId)).toBe('mediation');
});

test('R30: stopping from the party’s own page, with a confirmation that has neither answer chosen', async () => {
  const { carried, visitor } = await entered();
  const question = await (await visitor.get(`${SPACE}/arreter`)).text();
  expect(question).not.toContain('checked');
  expect((await visitor.post(`${SPACE}/arreter`, {})).status).toBe(422);
  expect((await visitor.post(`${SPACE}/arreter`, { choice: 'stop' })).headers.get('location')).toBe(`${SPACE}?arretee`);
  expect(await stateOf(town, carried.caseId)).toBe('support');
  const page = await (await visitor.get(SPACE)).text();
  expect(page).toContain('Vous avez arrêté');
  // Its own standing and how to come back: nothing of what goes on without it.
  expect(page).toContain('Vous voulez revenir\u00a0? Appelez-nous');
  for (const gone of [MAY_SAY, `${SPACE}/message`, 'La médiation ne se fait pas']) expect(page).not.toContain(gone);
  const late = await visitor.post(`${SPACE}/message`, { form: crypto.randomUUID(), message: 'Encore un mot.' });
  expect([late.status, (await late.text()).includes('Encore un mot.')]).toEqual([409, true]);
  expect(page).not.toContain(`${SPACE}/arreter`);
});

test('a message the party wrote until its page had closed waits behind the code, and is sent once it is sent', async () => {
  const { carried, code } = await entered();
  const typed = 'Je ne peux pas lundi.';
  const later = new Visitor(app);
  const lost = await later.post(`${SPACE}/message`, { form: crypto.randomUUID(), message: typed });
  expect([lost.status, hiddenOf(await lost.text(), 'message')]).toEqual([403, typed]);
  const opened = await later.post('/suivi', { code, message: typed });
  const page = await opened.text();
  expect([opened.status, /<textarea[^>]*>\s*Je ne peux pas lundi\.<\/textarea>/.test(page)]).toEqual([422, true]);
  expect(page).toContain('n’est pas encore envoyé');
  const kept = () =>
    town.owner.selectFrom('party_message').select('id').where('case_id', '=', carried.caseId).execute();
  expect(await kept()).toEqual([]);
  const sent = { form: hiddenOf(page, 'form'), message: typed };
  expect((await later.post(`${SPACE}/message`, sent)).headers.get('location')).toBe(`${SPACE}?envoye`);
  expect(await kept()).toHaveLength(1);
  // Where nothing can be sent any more, it is said, and the words stay in sight.
  await later.post(`${SPACE}/arreter`, { choice: 'stop' });
  const ended = await (await new Visitor(app).post('/suivi', { code, message: typed })).text();
  expect(ended).toContain(typed);
  expect(ended).toContain('ce message n’est pas envoyé');
});

test('a message of the party reaches the team, not the requester', async () => {
  const { carried, visitor } = await entered();
  const form = hiddenOf(await (await visitor.get(SPACE)).text(), 'form');
  expect((await visitor.post(`${SPACE}/message`, { form, message: '' })).status).toBe(422);
  expect((await visitor.post(`${SPACE}/message`, { form, message: 'Bonjour à l’équipe.' })).status).toBe(303);
  expect(await (await visitor.get(SPACE)).text()).toContain('Bonjour à l’équipe.');
  const messages = await town.owner
    .selectFrom('case_message')
    .select('id')
    .where('case_id', '=', carried.caseId)
    .execute();
  expect(messages).toEqual([]);
});

test('T-16: without the code, or once the page is closed, nothing opens', async () => {
  const { visitor } = await entered();
  expect((await new Visitor(app).get(SPACE)).status).toBe(403);
  await visitor.post('/suivi/fermer', {});
  expect((await visitor.get(SPACE)).status).toBe(403);
});

describe('line 2, spec §3.3: need-to-know stands in the database', () => {
  test('the other party’s role reads no row of the requester, whatever it asks', async () => {
    const { carried } = await invited();
    const seat = { townId: town.townId, caseId: carried.caseId, partyId: await carried.partyId('other') };
    const tables = [
      'case_identity',
      'case_story',
      'case_message',
      'contact_attempt',
      'closing_proposal',
      'assignment',
      'case_event',
    ] as const;
    for (const table of tables) {
      const asked = inTransaction(town.db('passerelle_web'), { role: 'app_party', ...seat }, (tx) =>
        tx.db.selectFrom(table).selectAll().execute(),
      );
      await expect(asked, table).rejects.toThrow('permission denied');
    }
    const rows = await inTransaction(town.db('passerelle_web'), { role: 'app_party', ...seat }, async (tx) => ({
      parties: await tx.db.selectFrom('party').select(['id', 'side']).execute(),
      agreements: await tx.db.selectFrom('agreement').select('party_id as partyId').execute(),
      items: await tx.db.selectFrom('agreement_item').select('party_id as partyId').execute(),
      cases: await tx.db.selectFrom('mediation_case').select('id').execute(),
    }));
    expect(rows.parties).toEqual([{ id: seat.partyId, side: 'other' }]);
    expect(new Set(rows.agreements.map(({ partyId }) => partyId))).toEqual(new Set([seat.partyId]));
    expect(rows.items).toEqual([]);
    expect(rows.cases).toEqual([{ id: carried.caseId }]);
    // Nor why the case rests, who is waited for, whether a minor is in it.
    const forbidden = {
      suspension: ['reason', 'until_day', 'ended_at'],
      deadline: ['due_day', 'waits_for', 'mail_id'],
      step: ['at', 'audience', 'outcome'],
      mediation_case: ['minor', 'tension', 'quarter_code'],
    };
    for (const [table, columns] of Object.entries(forbidden))
      for (const column of columns) {
        const asked = inTransaction(town.db('passerelle_web'), { role: 'app_party', ...seat }, (tx) =>
          sql`select ${sql.ref(column)} from ${sql.table(table)}`.execute(tx.db),
        );
        await expect(asked, `${table}.${column}`).rejects.toThrow('permission denied');
      }
  });

  test('spec §3.3: each side reads the sessions it is invited to, not the place of a talk with the other one', async () => {
    const { carried } = await invited();
    const plan = (partyId: string) =>
      planSession(carried.web, carried.mediator(), {
        caseId: carried.caseId,
        mode: 'individual',
        partyIds: [partyId],
        day: '25/01/2027',
        hour: '10 h',
        minutes: 60,
        place: 'Salle du canari',
      });
    const [requester, other] = [await carried.partyId('requester'), await carried.partyId('other')];
    const [mine, theirs] = [await plan(other), await plan(requester)];
    const here = { townId: town.townId, caseId: carried.caseId };
    const read = (actor: Actor) =>
      inTransaction(town.db('passerelle_web'), actor, (tx) =>
        tx.db.selectFrom('mediation_session').select(['id', 'place']).execute(),
      );
    expect((await read({ role: 'app_party', ...here, partyId: other })).map(({ id }) => id)).toEqual([mine]);
    expect((await read({ role: 'app_public', ...here })).map(({ id }) => id)).toEqual([theirs]);
  });

  test('R28: whoever is invited reads who will be there, and no name', async () => {
    const { carried, visitor } = await entered();
    await carried.says('other');
    await beginMediation(carried.web, carried.mediator(), carried.caseId);
    for (const [mode, partyIds, day] of [
      ['joint', [await carried.partyId('requester'), await carried.partyId('other')], '25/01/2027'],
      ['individual', [await carried.partyId('other')], '26/01/2027'],
    ] as const)
      await planSession(carried.web, carried.mediator(), {
        caseId: carried.caseId,
        mode,
        partyIds: [...partyIds],
        day,
        hour: '10 h',
        minutes: 60,
        place: 'Salle du Lavoir',
      });
    const page = await (await visitor.get(SPACE)).text();
    expect(page).toContain('le médiateur, vous, et l’autre personne ou le service.');
    expect(page).toContain('Le médiateur et vous.');
    expect(page).not.toContain('Rosa');
  });

  test('the requester’s role reads no row of the other party', async () => {
    const { carried } = await invited();
    const seat = { townId: town.townId, caseId: carried.caseId };
    const parties = await inTransaction(town.db('passerelle_web'), { role: 'app_public', ...seat }, (tx) =>
      tx.db.selectFrom('party').select('side').execute(),
    );
    expect(parties).toEqual([{ side: 'requester' }]);
    const identity = inTransaction(town.db('passerelle_web'), { role: 'app_public', ...seat }, (tx) =>
      tx.db.selectFrom('party_identity').selectAll().execute(),
    );
    await expect(identity).rejects.toThrow('permission denied');
  });
});

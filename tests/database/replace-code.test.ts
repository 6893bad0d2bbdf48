import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openFollowSession } from '../../src/follow/open-session.command.ts';
import { openReplacePermit } from '../../src/follow/replace-permit.command.ts';
import { newToken, tokenHash } from '../../src/follow/token.ts';
import { openPartySession } from '../../src/parties/party-session.command.ts';
import { codeHash, newRandomCode, normaliseCode } from '../../src/privacy/case-code.ts';
import { shortCode, shortCodeHash } from '../../src/privacy/short-code.ts';
import { newDraft } from '../../src/privacy/draft-seal.ts';
import { submitRequest } from '../../src/requests/submit-request.command.ts';
import { Carried } from '../support/agreements.ts';
import { blockedConnections } from '../support/database.ts';
import { codeOfParty } from '../support/party-visitor.ts';
import { A_REQUEST, submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('replace');
  app = await webApp(town);
});
afterAll(() => town.close());

async function entered(code: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  expect((await visitor.post('/suivi', { code })).status).toBe(303);
  return visitor;
}
const opens = async (code: string) => (await new Visitor(app).post('/suivi', { code })).status === 303;
const offerOf = async (visitor: Visitor) => hiddenOf(await (await visitor.get('/suivi/remplacer')).text(), 'new');
const shownCode = async (visitor: Visitor) => {
  const page = await (await visitor.get('/suivi/nouveau-code')).text();
  const groups = [...page.matchAll(/class="code-group">([0-9A-Z]{5})</g)].map(([, group]) => group);
  return normaliseCode(groups.join('')) ?? '';
};
const events = async (caseId: string) =>
  town.owner
    .selectFrom('case_event')
    .select(['code', 'actor', 'data'])
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();

describe('C-3, T-17: « Remplacer mon code »', () => {
  test('shows a new code; the old one is refused from then on, and what it had opened is closed', async () => {
    const { code = '', caseId, number } = await submit(town);
    const [owner, thief] = [await entered(code), await entered(code)];
    const page = await (await owner.get('/suivi/remplacer')).text();
    expect(page).toContain(number);
    expect(page).not.toContain('checked');
    const answer = await owner.post('/suivi/remplacer', { choice: 'replace', new: hiddenOf(page, 'new') });
    expect(answer.headers.get('location')).toBe('/suivi/nouveau-code');
    const fresh = await shownCode(owner);
    expect(fresh).toHaveLength(25);
    expect(fresh).not.toBe(code);
    expect(await opens(code)).toBe(false);
    expect(await opens(fresh)).toBe(true);
    expect((await thief.get('/suivi/demande')).status).toBe(403);
    expect((await thief.post('/suivi/message', { message: 'Bonjour' })).status).toBe(403);
    expect((await owner.get('/suivi/demande')).status).toBe(403);
    expect((await events(caseId)).at(-1)).toEqual({ code: 'code_replaced', actor: 'requester', data: { by: 'code' } });
    const stored =
      await sql`select token_hash, derived from access where case_id = ${caseId} and purpose = 'case_code' and ended_at is null`.execute(
        town.owner,
      );
    expect(stored.rows).toHaveLength(1);
    expect(stored.rows[0]).toMatchObject({ derived: false });
  });

  test('C-6: without a choice nothing changes, and « garder » leads back', async () => {
    const { code = '' } = await submit(town);
    const visitor = await entered(code);
    const offer = await offerOf(visitor);
    const none = await visitor.post('/suivi/remplacer', { new: offer });
    expect(none.status).toBe(422);
    expect(await none.text()).toContain('Choisissez une réponse.');
    expect((await visitor.post('/suivi/remplacer', { choice: 'maybe', new: offer })).status).toBe(422);
    const kept = await visitor.post('/suivi/remplacer', { choice: 'keep', new: offer });
    expect(kept.headers.get('location')).toBe('/suivi/demande');
    expect(await opens(code)).toBe(true);
  });

  test('F-12, F-14: a double click, or the page sent again when its answer was lost, gives the same new code', async () => {
    const { code = '', caseId } = await submit(town);
    const visitor = await entered(code);
    const post = { choice: 'replace', new: await offerOf(visitor) };
    const before = visitor.copy();
    const hands = Array.from({ length: 6 }, () => visitor.copy());
    const answers = await Promise.all(hands.map((hand) => hand.post('/suivi/remplacer', post)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(303));
    const codes = await Promise.all(hands.map(shownCode));
    expect(new Set(codes).size).toBe(1);
    expect((await before.post('/suivi/remplacer', post)).status).toBe(303);
    expect(await shownCode(before)).toBe(codes[0]);
    expect((await events(caseId)).filter((event) => event.code === 'code_replaced')).toHaveLength(1);
  });

  test('of two pages open with one code only the first replaces it; the other, and its page later, show nothing', async () => {
    const { code = '' } = await submit(town);
    const [first, second] = [await entered(code), await entered(code)];
    const [offerA, offerB] = [await offerOf(first), await offerOf(second)];
    expect((await first.post('/suivi/remplacer', { choice: 'replace', new: offerA })).status).toBe(303);
    const fresh = await shownCode(first);
    const late = await second.post('/suivi/remplacer', { choice: 'replace', new: offerB });
    expect(late.status).toBe(403);
    expect(await late.text()).not.toContain(fresh);
    const again = await entered(fresh);
    expect((await again.post('/suivi/remplacer', { choice: 'replace', new: await offerOf(again) })).status).toBe(303);
    // The first page, posted or looked at once more, no longer shows a code that opens nothing.
    expect((await first.post('/suivi/remplacer', { choice: 'replace', new: offerA })).status).toBe(403);
    expect((await first.get('/suivi/nouveau-code')).headers.get('location')).toBe('/suivi');
  });

  test('T-21: two people who replace it at the same moment: one new code, the other is refused', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { code = '', caseId } = await submit(town);
      const both = await Promise.all([entered(code), entered(code)]);
      const offers = await Promise.all(both.map(offerOf));
      const posts = both.map((visitor, n) =>
        visitor.post('/suivi/remplacer', { choice: 'replace', new: offers[n] ?? '' }),
      );
      expect((await Promise.all(posts)).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([303, 403]);
      expect((await events(caseId)).filter((event) => event.code === 'code_replaced')).toHaveLength(1);
    }
  });

  test('a page of another request, of another server or too old replaces nothing', async () => {
    const mine = await submit(town);
    const other = await submit(town);
    const visitor = await entered(mine.code ?? '');
    const foreign = await offerOf(await entered(other.code ?? ''));
    for (const offer of [foreign, 'AAAA', '']) {
      const answer = await visitor.post('/suivi/remplacer', { choice: 'replace', new: offer });
      expect(answer.status).toBe(422);
      expect((await answer.text()).replaceAll(/\s/g, ' ')).toContain('Rien n’a changé');
    }
    expect(await opens(mine.code ?? '')).toBe(true);
    expect(await opens(other.code ?? '')).toBe(true);
  });

  test('C-2: it ends derivation: the form sent again within 24 hours gives the number only', async () => {
    const { nonce } = newDraft(Date.now());
    const send = () =>
      submitRequest(town.context('passerelle_web'), { id: town.townId, kid: town.kid }, nonce, A_REQUEST);
    const first = await send();
    const visitor = await entered(first.code ?? '');
    await visitor.post('/suivi/remplacer', { choice: 'replace', new: await offerOf(visitor) });
    expect(await send()).toEqual({ caseId: first.caseId, number: first.number, code: undefined, repeated: true });
  });

  test('v5.0.0-6.3.7: the owner of an address on file is told, unless nothing may be written', async () => {
    for (const [change, templates] of [
      [{}, ['code_replaced']],
      [{ precautions: ['do_not_write' as const] }, []],
      [{ ageGroup: 'minor' as const }, []],
    ] as const) {
      const { code = '', caseId } = await submit(town, { ...change, precautions: [...(change.precautions ?? [])] });
      const visitor = await entered(code);
      await visitor.post('/suivi/remplacer', { choice: 'replace', new: await offerOf(visitor) });
      const mails = await town.owner
        .selectFrom('mail')
        .select('template')
        .where('case_id', '=', caseId)
        .where('person_id', 'is', null)
        .execute();
      expect(mails.map(({ template }) => template)).toEqual(templates);
    }
  });

  test('a request that has ended keeps its stream closed', async () => {
    const { code = '', caseId } = await submit(town);
    const visitor = await entered(code);
    await visitor.post('/suivi/arreter', { choice: 'stop' });
    await visitor.post('/suivi/remplacer', { choice: 'replace', new: await offerOf(visitor) });
    const stream = await town.owner
      .selectFrom('stream')
      .select('closed')
      .where('subject_id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(stream.closed).toBe(true);
  });

  test('without a code nothing is asked or shown', async () => {
    const visitor = new Visitor(app);
    expect((await visitor.get('/suivi/remplacer')).status).toBe(403);
    expect((await visitor.get('/suivi/nouveau-code')).headers.get('location')).toBe('/suivi');
  });
});

describe('T-21: a code that is replaced while it is typed opens nothing', () => {
  const web = () => town.context('passerelle_web');
  /** The short code of a mail, for a browser that asked for it. */
  async function mailed(caseId: string, partyId: string | null): Promise<() => Promise<unknown>> {
    const [id, browser] = [crypto.randomUUID(), newToken()];
    const code = shortCode(town.keys, id);
    const browserHash = tokenHash(browser);
    await town.owner.insertInto('access').values({ id, town_id: town.townId, case_id: caseId, party_id: partyId, purpose: partyId ? 'party_mail_code' : 'mail_code', token_hash: shortCodeHash(town.keys, browserHash, code), browser_hash: browserHash, expires_at: new Date(Date.now() + 600_000), used_at: null, ended_at: null }).execute(); // prettier-ignore
    return () => openReplacePermit(web(), town.townId, browser, code);
  }
  const living = async (caseId: string) =>
    (
      await town.owner
        .selectFrom('access')
        .select('purpose')
        .where('case_id', '=', caseId)
        .where('ended_at', 'is', null)
        .where('purpose', 'not in', ['case_code', 'party_code', 'mail_code', 'party_mail_code'])
        .execute()
    ).map(({ purpose }) => purpose);

  test.each(['requester', 'party', 'mail', 'party mail'] as const)(
    'looked up before, opened after: %s',
    async (what) => {
      const carried = new Carried(town);
      const caseId = await carried.toAgreements();
      const partyId = await carried.partyId('other');
      const code = newRandomCode();
      await town.owner.updateTable('access').set({ token_hash: codeHash(town.keys, code) }).where('case_id', '=', caseId).where('purpose', '=', 'case_code').execute(); // prettier-ignore
      const partys = normaliseCode(await codeOfParty(town, partyId)) ?? '';
      const open = {
        requester: () => openFollowSession(web(), town.townId, code),
        party: () => openPartySession(web(), town.townId, partys, 'fr'),
        mail: await mailed(caseId, null),
        'party mail': await mailed(caseId, partyId),
      }[what];
      let opening: Promise<unknown> | undefined;
      // The replacement is written and not committed: the code is typed now, and the commit comes once PostgreSQL says that it waits.
      await town.owner.transaction().execute(async (tx) => {
        await sql`select 1 from mediation_case where id = ${caseId} for update`.execute(tx);
        await sql`update access set ended_at = clock_timestamp() where case_id = ${caseId} and ended_at is null`.execute(
          tx,
        );
        opening = open();
        await vi.waitUntil(async () => (await blockedConnections(town.owner)) > 0, { timeout: 4_000, interval: 20 });
      });
      expect(await opening).toBeUndefined();
      expect(await living(caseId)).toEqual([]);
    },
  );

  test('typed twelve times while it is replaced: no page of the old code is left', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { code = '', caseId } = await submit(town);
      const owner = await entered(code);
      const post = { choice: 'replace', new: await offerOf(owner) };
      const typed = Array.from({ length: 12 }, () => openFollowSession(web(), town.townId, code));
      const [replaced] = await Promise.all([owner.post('/suivi/remplacer', post), ...typed]);
      expect(replaced.status).toBe(303);
      expect(await living(caseId)).toEqual([]);
    }
  });
});

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openLimits } from '../../src/limits/limits.ts';
import { createLog } from '../../src/log.ts';
import { codeHash, newRandomCode } from '../../src/privacy/case-code.ts';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { Carried } from '../support/agreements.ts';
import { piecesOf } from '../support/attached.ts';
import { webm } from '../support/files.ts';
import { limitsWith } from '../support/limits.ts';
import { codeOfParty } from '../support/party-visitor.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
const BUDGETS = limitsWith({
  request: 2,
  request_in_danger: 1,
  request_with_proof: 2,
  message: 2,
  code_by_address: 3,
  code_by_code: 4,
});
beforeAll(async () => {
  town = await testTown('limits');
  app = await webApp(town, true, undefined, BUDGETS);
});
afterAll(() => town.close());

/** Each test under addresses of its own: 198.18.n.x. */
let network = 0;
beforeEach(() => {
  network += 1;
});
const address = (host: number) => `198.18.${network}.${host}`;

const HEADERS = { origin: 'http://localhost:80', 'content-type': 'application/x-www-form-urlencoded' };
type Sender = { from: string; headers?: Record<string, string>; to?: typeof app };
async function post(path: string, fields: Record<string, string>, { from, headers = {}, to = app }: Sender) {
  const init = {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: new URLSearchParams(fields).toString(),
  };
  return to.request(`http://localhost${path}`, init, { incoming: { socket: { remoteAddress: from } } });
}
const typeCode = (code: string, sender: Sender) => post('/suivi', { code }, sender);
async function statuses(times: number, run: () => Promise<Response>): Promise<number[]> {
  const seen: number[] = [];
  for (let n = 0; n < times; n += 1) seen.push((await run()).status);
  return seen;
}

const ANSWERS = {
  danger: 'no',
  need: 'person',
  categories: ['BRUIT'],
  quarter: 'PEU',
  story: 'Les bruits de pas, la nuit.',
  first_name: 'Rosa',
  contact_ways: ['phone'],
  phone: '06 39 98 12 34',
};
const lastScreen = (answers: typeof ANSWERS = ANSWERS) => ({
  draft: sealDraft(town.keys, town.townId, { ...newDraft(Date.now()), answers }),
  screen: 'send',
  go: 'next',
  age_group: 'adult',
  accept_contact: 'yes',
  read_notice: 'yes',
});
const send = (from: string, fields: Record<string, string> = lastScreen(), to = app) =>
  post('/demande', fields, { from, to });

/** As enhance.js does it. */
function solve(challenge: string): number {
  for (let n = 0; ; n += 1) {
    const hash = createHash('sha256').update(`${challenge}:${n}`).digest();
    if (hash[0] === 0 && hash[1] === 0) return n;
  }
}

describe('T-18, B-44: codes typed on /suivi', () => {
  test('wrong codes from one source are slowed, kindly and with a date; the right one is served elsewhere', async () => {
    const { code = '' } = await submit(town);
    expect(await statuses(3, () => typeCode(newRandomCode(), { from: address(1) }))).toEqual([422, 422, 422]);
    const over = await typeCode(newRandomCode(), { from: address(1) });
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(over.headers.get('retry-after'))).toBeLessThanOrEqual(900);
    const page = (await over.text()).replaceAll(/\s/g, ' ');
    expect(page).toContain('01 99 00 12 34');
    expect(page).toContain('Attendez 15 minutes');
    expect(page).toContain('href="/danger"');
    expect((await typeCode(code, { from: address(1) })).status).toBe(429);
    expect((await typeCode(code, { from: address(2) })).status).toBe(303);
    // Nobody in distress is locked out.
    expect(
      (await app.request('http://localhost/danger', {}, { incoming: { socket: { remoteAddress: address(1) } } }))
        .status,
    ).toBe(200);
  });

  test('C-1: a typing mistake never counts, and a right code gives its attempt back', async () => {
    const { code = '' } = await submit(town);
    const typo = code.replace(/^./, (first) => (first === '7' ? '8' : '7'));
    expect(await statuses(8, () => typeCode(typo, { from: address(1) }))).toEqual(Array(8).fill(422));
    expect(await statuses(4, () => typeCode(code, { from: address(1) }))).toEqual(Array(4).fill(303));
    expect(await statuses(3, () => typeCode(newRandomCode(), { from: address(1) }))).toEqual([422, 422, 422]);
  });

  test('one code over and over is slowed wherever it comes from, other codes are not', async () => {
    const { code = '' } = await submit(town);
    let host = 0;
    expect(await statuses(5, () => typeCode(code, { from: address((host += 1)) }))).toEqual([303, 303, 303, 303, 429]);
    const other = await submit(town);
    expect((await typeCode(other.code ?? '', { from: address(1) })).status).toBe(303);
  });

  test('a /64 is one source, and a header of a stranger makes no new one', async () => {
    const v6 = (host: number) => `2001:db8:${network}:1::${host}`;
    let host = 0;
    const next = () => ({ from: v6((host += 1)), headers: { 'x-forwarded-for': `203.0.113.${host}` } });
    expect(await statuses(4, () => typeCode(newRandomCode(), next()))).toEqual([422, 422, 422, 429]);
    expect((await typeCode(newRandomCode(), { from: `2001:db8:${network}:2::1` })).status).toBe(422);
  });

  test('parallel attempts do not slip through', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => typeCode(newRandomCode(), { from: address(1) })),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(3);
  });

  test('two web processes share the counters', async () => {
    const other = await webApp(town, false, undefined, BUDGETS);
    expect(await statuses(2, () => typeCode(newRandomCode(), { from: address(1) }))).toEqual([422, 422]);
    expect(await statuses(2, () => typeCode(newRandomCode(), { from: address(1), to: other }))).toEqual([422, 429]);
    expect((await typeCode(newRandomCode(), { from: address(1) })).status).toBe(429);
  });
});

describe('C-9, T-13: requests sent from one address', () => {
  test('over the budget nothing is stored, every answer is kept, and the page sends once there is room again', async () => {
    expect(await statuses(2, () => send(address(1)))).toEqual([303, 303]);
    const before = await cases();
    const over = await send(address(1));
    const page = await over.text();
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(page.replaceAll(/\s/g, ' ')).toContain('01 99 00 12 34');
    expect(page).toContain('Vos réponses sont gardées');
    expect(await cases()).toBe(before);
    const kept = /name="draft" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await send(address(2), { ...lastScreen(), draft: kept })).status).toBe(303);
  });

  test('F-12, F-14: the same form again is no new request, and gives its receipt even over the budget', async () => {
    const same = lastScreen();
    expect(await statuses(5, () => send(address(1), same))).toEqual(Array(5).fill(303));
    expect((await send(address(1))).status).toBe(303);
    expect((await send(address(1))).status).toBe(429);
    expect((await send(address(1), same)).status).toBe(303);
  });

  test('§4.11: somebody in danger is never sent away, whatever came before; beyond the budget the request is marked doubtful', async () => {
    await statuses(3, () => send(address(1)));
    const inDanger = () => send(address(1), lastScreen({ ...ANSWERS, danger: 'yes' }));
    expect(await statuses(4, inDanger)).toEqual([303, 303, 303, 303]);
    const sent = await town.owner
      .selectFrom('mediation_case')
      .select('doubtful')
      .where('danger', '=', true)
      .orderBy('number', 'desc')
      .limit(4)
      .execute();
    expect(sent.filter(({ doubtful }) => doubtful).length).toBeGreaterThanOrEqual(3);
  });

  test('C-9: over the budget a device may work for one request: its answer opens this form once, no other, and not without end', async () => {
    await statuses(2, () => send(address(1)));
    const form = lastScreen();
    const page = await (await send(address(1), form)).text();
    const challenge = /data-proof="([^"]+)"/.exec(page)?.[1] ?? '';
    const proof = solve(challenge);
    const before = await cases();
    for (const wrong of ['', '-1', '1e3', 'x'.repeat(5_000), String(proof + 1)])
      expect((await send(address(1), { ...form, proof: wrong })).status).toBe(429);
    expect((await send(address(1), { ...lastScreen(), proof: String(proof) })).status).toBe(429);
    expect(await statuses(3, () => send(address(1), { ...form, proof: String(proof) }))).toEqual([303, 303, 303]);
    expect(await cases()).toBe(before + 1);
    const worked = async () => {
      const next = lastScreen();
      const asked = /data-proof="([^"]+)"/.exec(await (await send(address(1), next)).text())?.[1] ?? '';
      return send(address(1), { ...next, proof: String(solve(asked)) });
    };
    // Sent three times it was one request, and one of its budget: nothing comes back that was not spent.
    expect(await statuses(2, worked)).toEqual([303, 429]);
    expect((await send(address(1))).status).toBe(429);
  });

  test('within the budget nobody is asked to work, and without script the page says to wait or to call', async () => {
    expect(await (await app.request('http://localhost/demande')).text()).not.toContain('data-proof');
    await statuses(2, () => send(address(1)));
    const page = (await (await send(address(1))).text()).replaceAll(/\s/g, ' ');
    expect(page).toMatch(/réessayez dans \d+ minutes, ou appelez-nous au 01 99 00 12 34/);
    expect(page).toMatch(/<p hidden[^>]* data-proof-done/);
  });

  test('screens before the last one are never limited', async () => {
    const draft = sealDraft(town.keys, town.townId, newDraft(Date.now()));
    const first = () => post('/demande', { draft, screen: 'danger', go: 'next', danger: 'no' }, { from: address(1) });
    expect(new Set(await statuses(10, first))).toEqual(new Set([200]));
  });
});

describe('C-9: messages to the team', () => {
  const entered = async (from: string, code: string) => {
    const visitor = new Visitor(app, from);
    await visitor.post('/suivi', { code });
    return visitor;
  };
  const write = (who: Visitor, form: string = crypto.randomUUID()) =>
    who.post('/suivi/message', { message: 'Il y a du nouveau.', form });

  test('over the budget the message stays in its page, with how long to wait; another address goes on', async () => {
    const { code = '' } = await submit(town);
    const visitor = await entered(address(1), code);
    expect(await statuses(2, () => write(visitor))).toEqual([303, 303]);
    const over = await write(visitor);
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await over.text()).toContain('Il y a du nouveau.</textarea>');
    expect((await write(await entered(address(2), code))).status).toBe(303);
  });

  test('R97: what was said is never sent away after it was uploaded, whatever was written before', async () => {
    const { caseId, code = '' } = await submit(town);
    const visitor = await entered(address(1), code);
    const say = () =>
      visitor.upload('/suivi/message', { message: '', form: crypto.randomUUID() }, [
        { field: 'voice', name: 'a.webm', bytes: webm() },
      ]);
    expect((await say()).status).toBe(303);
    expect(await statuses(3, () => write(visitor))).toEqual([303, 303, 429]);
    expect((await say()).status).toBe(303);
    expect(await piecesOf(town, caseId)).toHaveLength(2);
  });

  test('F-12: a second click on one form is one message, and one of the budget', async () => {
    const { code = '' } = await submit(town);
    const visitor = await entered(address(1), code);
    const form = crypto.randomUUID();
    expect(await statuses(2, () => write(visitor, form))).toEqual([303, 303]);
    expect(await statuses(2, () => write(visitor))).toEqual([303, 429]);
  });
});

describe('C-9, R98: « Comment me joindre »', () => {
  const reach = (who: Visitor, path: string, form: string = crypto.randomUUID()) =>
    who.post(path, { contact_ways: 'phone', phone: '06 39 98 12 34', contact_hours: 'après 18 h', form });

  test('over the budget of messages nothing changes on either side: what was typed stays, with how long to wait', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const codes = [newRandomCode(), await codeOfParty(town, await carried.partyId('other'))] as const;
    await town.owner
      .updateTable('access')
      .set({ token_hash: codeHash(town.keys, codes[0]) })
      .where('case_id', '=', caseId)
      .where('purpose', '=', 'case_code')
      .execute();
    const changes = async () =>
      (await town.owner.selectFrom('case_event').select('code').where('case_id', '=', caseId).where('code', '=', 'reach_changed').execute()).length;
    for (const [index, path] of ['/suivi/joindre', '/suivi/participation/joindre'].entries()) {
      const visitor = new Visitor(app, address(index + 1));
      await visitor.post('/suivi', { code: codes[index] ?? '' });
      const before = await changes();
      // A second click spends nothing, a fault neither.
      const form = crypto.randomUUID();
      expect(await statuses(2, () => reach(visitor, path, form))).toEqual([303, 303]);
      expect((await visitor.post(path, { contact_ways: 'pigeon' })).status).toBe(422);
      expect((await reach(visitor, path)).status).toBe(303);
      expect(await changes()).toBe(before + 2);
      const over = await reach(visitor, path);
      expect([path, over.status, Number(over.headers.get('retry-after')) > 0]).toEqual([path, 429, true]);
      const page = await over.text();
      for (const kept of ['value="06 39 98 12 34"', 'value="après 18 h"', '01 99 00 12 34'])
        expect(page.replaceAll('\u00a0', ' ')).toContain(kept);
      expect(await changes()).toBe(before + 2);
      // Somebody in danger is never sent away.
      const danger = path.replace('joindre', 'danger');
      expect((await visitor.post(danger, { who: 'self', form: crypto.randomUUID() })).status).toBe(303);
    }
  }); // prettier-ignore
});

describe('budgets are real time, and their store is no record of people', () => {
  test('a jump of the town’s clock frees nobody', async () => {
    await statuses(4, () => typeCode(newRandomCode(), { from: address(1) }));
    await new TownClock(town).forward(90);
    expect((await typeCode(newRandomCode(), { from: address(1) })).status).toBe(429);
  });

  test('keys are keyed hashes, another one for each limit, gone two hours later at most', async () => {
    await typeCode(newRandomCode(), { from: address(9) });
    await send(address(9));
    const rows = await sql<{ key: string; expire: string }>`select key, expire from rate_limit`.execute(town.owner);
    expect(rows.rows.length).toBeGreaterThan(2);
    for (const { key, expire } of rows.rows) {
      expect(key).toMatch(/^[a-z_]+:[A-Za-z0-9_-]{24}$/);
      expect(Number(expire)).toBeLessThanOrEqual(Date.now() + 3_600_000);
    }
    const hashes = rows.rows.map(({ key }) => key.split(':')[1]);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(JSON.stringify(rows.rows)).not.toContain('198.18');
  });

  test('when the store is away requests still come in, and codes are counted in the process', async () => {
    const own = await testTown('limits_away');
    const web = await webApp(own, true, undefined, BUDGETS);
    await sql`revoke all on rate_limit from app_entry`.execute(own.owner);
    const draft = () => sealDraft(own.keys, own.townId, { ...newDraft(Date.now()), answers: ANSWERS });
    const sent = () => send(address(1), { ...lastScreen(), draft: draft() }, web);
    expect(await statuses(4, sent)).toEqual([303, 303, 303, 303]);
    const wrong = () => typeCode(newRandomCode(), { from: address(1), to: web });
    expect(await statuses(4, wrong)).toEqual([422, 422, 422, 429]);
    const { code = '' } = await submit(own);
    expect((await typeCode(code, { from: address(2), to: web })).status).toBe(303);
    await own.close();
  });
});

describe('T-19, T-43: attempts to sign in', () => {
  test('one account from one address is slowed; the person elsewhere and others there are not', async () => {
    const context = town.context('passerelle_web');
    const limits = openLimits({ ...context, log: createLog('test', 'silent') }, limitsWith({ sign_in_by_person: 2 }));
    const from = (host: number, email: string) => limits.signIn(address(host), email);
    expect((await from(1, 'r1@ville.example')).within).toBe(true);
    expect((await from(1, ' R1@Ville.example')).within).toBe(true);
    expect(await from(1, 'r1@ville.example')).toMatchObject({ within: false, retryAfterSeconds: expect.any(Number) });
    expect((await from(1, 'r2@ville.example')).within).toBe(true);
    expect((await from(2, 'r1@ville.example')).within).toBe(true);
  });
});

async function cases(): Promise<number> {
  const found = await sql<{ n: string }>`select count(*) as n from mediation_case`.execute(town.owner);
  return Number(found.rows[0]?.n);
}

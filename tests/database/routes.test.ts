import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_TABLE } from '../../src/http/route-table.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let caseId: string;
beforeAll(async () => {
  town = await testTown('routes');
  app = await webApp(town);
  ({ caseId } = await submit(town));
});
afterAll(() => town.close());

const address = (path: string) =>
  `http://localhost${path.replace(':id', caseId).replace(':party', caseId).replace(':piece', caseId).replace(':right', caseId).replace(':action', 'accepter').replace(':level', 'lieu').replace(':place', 'K7QX3M').replace(':size', 'a4').replace(':code', 'police')}`;
const OURS = { origin: 'http://localhost:80', 'content-type': 'application/x-www-form-urlencoded' };

/** Shown once something was typed, handed over or recorded; their layout is the one of all pages at work (src/ui/layouts.test.tsx). */
const AFTER_A_DEED = [
  '/equipe/demandes/:id/code-remis',
  '/equipe/demandes/:id/pieces/:piece/ecouter',
  '/equipe/saisie/recu',
];

describe('route inventory (P-3)', () => {
  test('the table and the app name the same routes, with their methods', async () => {
    const of = (routes: { method: string; path: string }[]) =>
      [
        ...new Set(
          routes
            .filter((route) => route.method !== 'ALL' && !route.path.startsWith('/assets/'))
            .map((route) => `${route.method} ${route.path}`),
        ),
      ].toSorted();
    expect(of(app.routes)).toEqual(ROUTE_TABLE.map(([method, path]) => `${method} ${path}`).toSorted());
    const serious = await webApp(town, false);
    expect(of(serious.routes)).toEqual(
      ROUTE_TABLE.filter(([, , access]) => access !== 'demo')
        .map(([method, path]) => `${method} ${path}`)
        .toSorted(),
    );
  });

  for (const [method, path, access, csrf] of ROUTE_TABLE) {
    test(`${method} ${path}: ${access}, ${csrf}`, async () => {
      if (access !== 'anybody' && access !== 'demo') {
        const answer = await app.request(address(path), {
          method,
          ...(method === 'POST' ? { headers: OURS, body: '' } : {}),
        });
        expect([303, 403]).toContain(answer.status);
        expect(await answer.text()).not.toContain('MS-2027');
      }
      expect(csrf === 'same_origin').toBe(method === 'POST');
      if (csrf !== 'same_origin') return;
      for (const headers of [
        {},
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:80' },
        { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': 'none', origin: 'http://localhost:80' },
      ]) {
        for (const type of [
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'application/json',
          'text/plain',
          undefined,
        ]) {
          const sent: Record<string, string> = { ...headers, ...(type ? { 'content-type': type } : {}) };
          const answer = await app.request(address(path), { method: 'POST', headers: sent, body: 'x=1' });
          expect({ sent, status: answer.status }).toEqual({ sent, status: 403 });
        }
      }
    });
  }

  test('R104: every page of an invented town says FICTIF, whoever opens it', async () => {
    const entered = await Promise.all(
      ['R1', 'C1', 'A1'].map(async (ref) => {
        const body = `person=${town.person(ref)}`;
        const answer = await app.request('http://localhost/demo/entrer', { method: 'POST', headers: OURS, body });
        return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      }),
    );
    const [bare, opened]: [string[], Set<string>] = [[], new Set()];
    for (const [method, path] of ROUTE_TABLE)
      for (const cookie of method === 'GET' ? ['', ...entered] : []) {
        if (opened.has(path)) break;
        const at = address(path.replace('personnes/:id', `personnes/${town.person('M2')}`));
        const answer = await app.request(at, { headers: { cookie } });
        if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
        if (!(await answer.text()).includes('>FICTIF<')) bare.push(`${path} ${answer.status}`);
        else if (answer.ok) opened.add(path);
      }
    expect(bare).toEqual([]);
    // Pages behind a code and partners' own are opened by the walks of tests/journeys/every-page.test.ts.
    // Papers, posters, what people sent and what programs ask are no pages; each paper says it in src/letters.
    const atWork = ROUTE_TABLE.filter(([method, , access]) => method === 'GET' && /staff|admin|demo/.test(access));
    expect(
      atWork
        .map(([, path]) => path)
        .filter((path) => !opened.has(path) && !/\/papiers\/|\/affiches\/|\/:piece$|\/demo\/etat$/.test(path)),
    ).toEqual(AFTER_A_DEED);
  });

  test('T-06: a foreign, a random and a malformed id are the same answer to somebody at work', async () => {
    const entered = await app.request('http://localhost/demo/entrer', {
      method: 'POST',
      headers: OURS,
      body: `person=${town.person('R2')}`,
    });
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect((await app.request('http://localhost/equipe', { headers: { cookie } })).status).toBe(200);
    const answers = await Promise.all(
      [caseId, crypto.randomUUID(), 'x', '%00'].map(async (id) => {
        const answer = await app.request(`http://localhost/equipe/demandes/${id}`, { headers: { cookie } });
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404/);
  });

  test('P-2: every answer carries the same strict headers, and pages are never stored', async () => {
    for (const path of ['/', '/demande', '/suivi', '/nulle-part']) {
      const { headers } = await app.request(`http://localhost${path}`);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('bad input to the form', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    app.request('http://localhost/demande', { method: 'POST', headers: { ...OURS, ...headers }, body });
  const cases = async () =>
    Number(
      (
        await town.owner
          .selectFrom('mediation_case')
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );

  test.each([
    ['B-01: an empty post', '', {}, 422],
    ['B-21: a field of a table', 'state=closed', {}, 422],
    ['T-23: a field twice', 'danger=no&danger=yes', {}, 422],
    ['B-23: 1,001 fields', Array.from({ length: 1001 }, (_, n) => `categories=X${n}`).join('&'), {}, 413],
    ['B-23: a huge field', `story=${'a'.repeat(200_000)}`, {}, 413],
    ['B-24: JSON', '{"danger":"no"}', { 'content-type': 'application/json' }, 415],
    ['B-25: multipart', 'x', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['B-25: no type', 'danger=no', { 'content-type': '' }, 415],
    ['a draft of another server', 'draft=AAAA&screen=send&go=next', {}, 422],
    ['B-18: an unknown choice', 'danger=maybe', {}, 422],
  ])('%s is refused, stores nothing and shows no stack', async (_name, body, headers, status) => {
    const before = await cases();
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/at .*\.ts:\d+|Error:/);
    expect(await cases()).toBe(before);
  });

  test('B-32: other methods reach nothing', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      expect([403, 404, 405]).toContain((await app.request('http://localhost/demande', { method })).status);
    }
    expect((await app.request('http://localhost/demande', { method: 'HEAD' })).status).toBe(200);
  });
});

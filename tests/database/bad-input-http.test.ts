import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_TABLE } from '../../src/http/route-table.ts';
import { titleOf } from '../support/form-page.ts';
import { type RawAnswer, rawHttp } from '../support/raw-http.ts';
import { submit } from '../support/request.ts';
import { rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web, webApp } from '../support/web.ts';

// security.md §6, what comes before any form: B-28…B-35, B-48, B-50, B-51. The table of the others stands in bad-input-request.

let town: TestTown;
let web: Web;
let app: Awaited<ReturnType<typeof webApp>>;
let port: number;
let caseId: string;
let cookie: string;
let slow: Promise<RawAnswer[]>;
beforeAll(async () => {
  town = await testTown('badhttp');
  [web, app] = await Promise.all([startWeb(town), webApp(town)]);
  port = Number(new URL(web.origin).port);
  slow = Promise.all([
    rawHttp(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `, 'a'),
    rawHttp(port, `POST /demande HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${web.origin}\r\nContent-Type: ${FORM}\r\nContent-Length: 900\r\n\r\ndanger=`, 'n'),
  ]); // prettier-ignore
  ({ caseId } = await submit(town));
  const entered = await app.request('http://localhost/demo/entrer', {
    method: 'POST',
    headers: { origin: 'http://localhost:80', 'content-type': FORM },
    body: `person=${town.person('R1')}`,
  });
  cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterAll(async () => {
  await web?.stop();
  await town?.close();
});

const FORM = 'application/x-www-form-urlencoded';
const get = (path: string, headers: Record<string, string> = {}) => app.request(`http://localhost${path}`, { headers });
const ask = (path: string, more = '', method = 'GET') =>
  rawHttp(port, `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${more}Connection: close\r\n\r\n`);
const NOT_FOUND = 'Cette page n’existe pas';
const pathOf = (path: string) => path.replace(':id', caseId).replace(':action', 'accepter');

/** What a mail or another page may lead to. The demo's own page is no such address. */
const LINKS = ROUTE_TABLE.flatMap(([method, path, access]) =>
  method === 'GET' && access !== 'demo' && path !== '/readyz' ? [[path, access] as const] : [],
);

describe('B-29: a request that can be read in two ways is read in none', () => {
  const post = 'POST /demande HTTP/1.1\r\n';
  const type = `Content-Type: ${FORM}\r\n`;
  test.each([
    ['length and chunks', `${post}Host: H\r\n${type}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `${post}Host: H\r\n${type}Content-Length: 5\r\nContent-Length: 6\r\n\r\ndange`],
    ['the same length twice', `${post}Host: H\r\n${type}Content-Length: 5\r\nContent-Length: 5\r\n\r\ndange`],
    ['a length with a sign', `${post}Host: H\r\n${type}Content-Length: +5\r\n\r\ndange`],
    ['a length in hexadecimal', `${post}Host: H\r\n${type}Content-Length: 0x5\r\n\r\ndange`],
    ['a folded header', `GET / HTTP/1.1\r\nHost: H\r\nX-A: b\r\n c\r\n\r\n`],
    ['a blank before the colon', `GET / HTTP/1.1\r\nHost : H\r\n\r\n`],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two Hosts', `GET / HTTP/1.1\r\nHost: H\r\nHost: evil.example\r\nConnection: close\r\n\r\n`],
    ['two Hosts, the other way round', `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: H\r\nConnection: close\r\n\r\n`],
    ['an unknown method', `FOO / HTTP/1.1\r\nHost: H\r\n\r\n`],
    ['a NUL in the path', `GET /\u0000 HTTP/1.1\r\nHost: H\r\n\r\n`],
    ['a NUL in a header', `GET / HTTP/1.1\r\nHost: H\r\nX-A: a\u0000b\r\n\r\n`],
    ['headers of 100 kB', `GET / HTTP/1.1\r\nHost: H\r\nAccept-Language: ${'fr,'.repeat(33_000)}\r\n\r\n`],
  ])('%s', async (_name, bytes) => {
    const { status, body } = await rawHttp(port, bytes.replaceAll(': H\r', `: 127.0.0.1:${port}\r`));
    expect([400, 421, 431]).toContain(status);
    expect(body).not.toContain('evil.example');
  });
});

describe('B-30: the host is ours, and no link is built from another', () => {
  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1', 'evil.example:80', '127.0.0.1@evil.example', ''])(
    'Host: %s is refused',
    async (host) => {
      const { status, body } = await rawHttp(port, `GET /suivi HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect([400, 421]).toContain(status);
      expect(body).not.toContain('evil.example');
    },
  );
  test('an address of another host in the request line is refused, ours is read', async () => {
    expect([400, 421]).toContain((await ask('http://evil.example/suivi')).status);
    expect((await ask(`http://127.0.0.1:${port}/suivi`)).status).toBe(200);
  });
  test('forwarding headers of a stranger change no page', async () => {
    const plain = await ask('/suivi');
    for (const header of ['X-Forwarded-Host: evil.example', 'Forwarded: host=evil.example', 'X-Original-URL: /equipe', 'X-Rewrite-URL: /equipe', 'X-Forwarded-Proto: https'])
      expect((await ask('/suivi', `${header}\r\n`)).body).toBe(plain.body);
  }); // prettier-ignore
  test('health is answered whatever name the machine is asked under', async () => {
    const { status } = await rawHttp(port, 'GET /healthz HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n\r\n');
    expect(status).toBe(200);
  });
});

describe('B-32: methods', () => {
  const paths = [...new Set(ROUTE_TABLE.map(([, path]) => path))].filter((path) => !/^\/(?:healthz|readyz)/.test(path));
  test.each(paths)('%s answers its own methods only, and says which', async (path) => {
    const own = ROUTE_TABLE.filter(([, known]) => known === path).flatMap(([method]) =>
      method === 'GET' ? ['GET', 'HEAD'] : [method],
    );
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'FOO']) {
      if (own.includes(method)) continue;
      const answer = await app.request(`http://localhost${pathOf(path)}`, { method, headers: { cookie } });
      expect({ method, status: answer.status }).toEqual({ method, status: 405 });
      expect(answer.headers.get('allow')).toBe(own.join(', '));
      if (method !== 'HEAD') expect(titleOf(await answer.text())).toContain('Cette page ne se demande pas ainsi');
    }
  });
  test('TRACE echoes nothing', async () => {
    const { status, body } = await ask('/demande', 'X-Secret: canary\r\n', 'TRACE');
    expect(status).toBe(405);
    expect(body).not.toContain('canary');
  });
  test('an address nobody knows is 404, whatever the method; outside the demo its addresses are unknown', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'])
      expect([403, 404]).toContain((await app.request('http://localhost/nulle-part', { method })).status);
    const serious = await webApp(town, false);
    expect((await serious.request('http://localhost/demo')).status).toBe(404);
    expect((await serious.request('http://localhost/demo/entrer')).status).toBe(404);
  });
  test('HEAD is GET without its page and without effect', async () => {
    const before = await rowCounts(town.owner);
    for (const [method, path] of ROUTE_TABLE) {
      if (method !== 'GET') continue;
      const [head, page] = [
        await app.request(`http://localhost${pathOf(path)}`, { method: 'HEAD' }),
        await get(pathOf(path)),
      ];
      expect({ path, status: head.status, body: await head.text() }).toEqual({ path, status: page.status, body: '' });
    }
    expect(await rowCounts(town.owner)).toBe(before);
  });
  test('a header does not change the method', async () => {
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method'])
      expect((await get('/demande', { [name]: 'DELETE' })).status).toBe(200);
    expect((await get('/demande?_method=DELETE')).status).toBe(200);
  });
});

describe('B-33: tricks with the path', () => {
  test.each([
    '//', '//demande', '/demande/', '/demande//', '/./nulle-part', '/demande%2F', '/demande%5C', '/demande;x=1', '/demande.', '/DEMANDE', '/demande%00', '/%00',
    '/demande%E0%A4%A', '/%E0%A4%A', '/demande/%2e%2e%2fequipe', '/%2e%2e%2f%2e%2e%2fetc%2fpasswd', '/equipe%2fdemandes', '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json', '/.git/config', '/.env', '/src/main.ts', '/equipe/demandes/%00', '/equipe/demandes/..%2f', `/${'a'.repeat(8_000)}`,
    `/equipe/demandes/${'a'.repeat(8_000)}`, '/demande\u00e9', '/index.html', '/metrics', '/debug', '/api/auth/sign-up/email', '/__proto__', '/constructor',
  ])('%s is not found, or led to sign-in like any page of the team', async (path) => {
    const { status, head, body } = await ask(path);
    expect([303, 400, 404]).toContain(status);
    if (status === 303) expect(head).toMatch(/location: \/connexion\r?$/im);
    if (status === 404) expect(/Not found|Cette page n’existe pas/.test(body)).toBe(true);
  }); // prettier-ignore
  test('dots are resolved before anything is decided: never another route’s rights', async () => {
    for (const path of ['/demande/../equipe', '/./equipe', '/demande/%2e%2e/equipe', '/suivi/../equipe', '/%65quipe']) {
      const { status, head } = await ask(path);
      expect({ path, status }).toEqual({ path, status: 303 });
      expect(head).toMatch(/location: \/connexion\r?$/im);
    }
    expect([400, 404]).toContain((await ask('/demande\\..\\equipe')).status);
    expect([400, 404]).toContain((await ask('/%2565quipe')).status);
  });
  test('signed in, a crooked id is the one not-found page and reads nothing', async () => {
    const reads = async () => (await town.owner.selectFrom('case_read').selectAll().execute()).length;
    const before = await reads();
    for (const id of ['%00', '..%2f', "'", '%27%20or%201=1', caseId.toUpperCase(), `${caseId}%20`, `${caseId};x=1`, `${caseId}%00`, caseId.slice(1), '0', '-1', '%F0%9F%98%80']) {
      const answer = await get(`/equipe/demandes/${id}`, { cookie });
      expect({ id, status: answer.status, title: titleOf(await answer.text()).includes(NOT_FOUND) }).toEqual({ id, status: 404, title: true });
    }
    expect(await reads()).toBe(before);
  }); // prettier-ignore
});

describe('B-34, B-35: hostile cookies and headers', () => {
  test('a jar of 8 kB, 300 cookies, broken pairs and names that mean something change nothing', async () => {
    const plain = (await (await get('/suivi')).text()).length;
    for (const jar of ['a'.repeat(8_000), Array.from({ length: 300 }, (_, n) => `c${n}=v${n}`).join('; '), ';;;=;=x;x;', '__proto__=1; constructor=2; suivi; recu', '%00=%00', 'suivi="', '\u00e9=\u00ff'])
      expect({ jar: jar.slice(0, 12), length: (await (await get('/suivi', { cookie: jar })).text()).length }).toEqual({ jar: jar.slice(0, 12), length: plain });
  }); // prettier-ignore
  test('sealed and random tokens that are not ours open nothing', async () => {
    for (const value of ['', 'x', 'A'.repeat(43), 'A'.repeat(4_000), '%00', '../../', '😀', '0', 'null', 'undefined']) {
      const jar = `suivi=${encodeURIComponent(value)}; recu=${encodeURIComponent(value)}`;
      expect((await get('/suivi/demande', { cookie: jar })).status).toBe(403);
      expect((await get('/demande/recu', { cookie: jar })).headers.get('location')).toBe('/suivi');
    }
  });
  test('long lists of languages and types are passed over', async () => {
    const plain = await (await get('/suivi')).text();
    const headers = {
      'accept-language': 'xx-YY;q=0.1,'.repeat(10_000),
      accept: 'a/b;q=0.1,'.repeat(10_000),
      'user-agent': '😀'.repeat(10).replaceAll(/[^\x20-\x7E]/g, 'u') + '<script>',
      referer: 'javascript:alert(1)',
    };
    const start = process.cpuUsage();
    expect(await (await get('/suivi', headers)).text()).toBe(plain);
    expect((process.cpuUsage(start).user + process.cpuUsage(start).system) / 1000).toBeLessThan(200);
  });
});

describe('B-48: opening links does nothing', () => {
  test('every page opened forty times, plainly, by prefetch, by scanner: no row, no mail, no mark of reading', async () => {
    const before = await rowCounts(town.owner);
    const reads = async () => (await town.owner.selectFrom('case_read').selectAll().execute()).length;
    const readBefore = await reads();
    const readers = [
      {},
      { 'sec-purpose': 'prefetch' },
      { purpose: 'prefetch', 'x-moz': 'prefetch' },
      { 'user-agent': 'SafeLinks' },
    ];
    for (const [path] of LINKS) {
      for (const headers of readers)
        for (let n = 0; n < 10; n += 1) expect((await get(pathOf(path), { ...headers })).status).toBeLessThan(500);
    }
    expect(await rowCounts(town.owner)).toBe(before);
    expect(await reads()).toBe(readBefore);
  });
});

describe('B-50, B-51: what an address asks for', () => {
  const HOSTILE = [
    '?sort=id;select', "?filter=a'->>'b", '?page=-1', '?page=1000000000', '?limit=1000000', '?besoin=<script>alert(1)</script>', '?besoin=__proto__', '?besoin=person&besoin=link',
    '?next=//evil.example', '?next=/\\evil.example', '?next=https:evil.example', '?next=/%0d%0aSet-Cookie:x=1', '?next=javascript:alert(1)', '?returnTo=//evil.example',
    '?%00', '?%E0%A4%A', `?${'a=1&'.repeat(1_500)}`, '?__proto__[x]=1', '?envoye=<b>', '?fait', '?fait=<b>', '?choisi=<b>', '?encore=1',
  ]; // prettier-ignore
  test.each(LINKS)('%s echoes none of it, and leads nowhere else', async (path, access) => {
    for (const query of HOSTILE) {
      for (const jar of access === 'staff' ? ['', cookie] : ['']) {
        const answer = await get(pathOf(path) + query, jar ? { cookie: jar } : {});
        const body = await answer.text();
        expect({ query, ok: answer.status < 500, echo: /evil\.example|<script>alert|javascript:/.test(body) }).toEqual({ query, ok: true, echo: false });
        expect(answer.headers.get('location') ?? '/').toMatch(/^\/(?:[a-z0-9/-]*)$/);
        expect(answer.headers.get('set-cookie') ?? '').not.toContain('x=1');
      }
    }
  }); // prettier-ignore
  test('a form sent to a hostile address leads where it always leads', async () => {
    for (const query of HOSTILE) {
      const answer = await app.request(`http://localhost/demo/entrer${query}`, {
        method: 'POST',
        headers: { origin: 'http://localhost:80', 'content-type': FORM },
        body: `person=${town.person('R1')}`,
      });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/equipe']);
    }
  });
});

test('B-28: a sender that takes its time is cut at ten seconds, in the headers and in the body', async () => {
  for (const { seconds, status } of await slow) {
    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(14);
    expect([0, 408]).toContain(status);
  }
});

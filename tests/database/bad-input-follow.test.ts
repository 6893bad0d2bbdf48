import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translator } from '../../src/i18n/catalogue.ts';
import { formatCode, newRandomCode } from '../../src/privacy/case-code.ts';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { submitRequest } from '../../src/requests/submit-request.command.ts';
import { createTown } from '../../src/towns/create-town.ts';
import { TownFile } from '../../src/towns/town-file.ts';
import type { Screen } from '../../src/requests/screens.ts';
import { encode, FORM, looked, message, type Pairs } from '../support/f1-form.ts';
import { faultBeside, noticeOf, shown, valueOf } from '../support/form-page.ts';
import { A_REQUEST, submit } from '../support/request.ts';
import { columnNames, rowCounts } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// security.md §6 on /suivi: every form there, B-40, B-41, B-52. The table of the whole list stands in bad-input-request.

const t = translator('fr');
let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let session: string;
beforeAll(async () => {
  town = await testTown('badfollow', (file) => {
    file.hosts = ['localhost'];
  });
  app = await webApp(town);
  session = (await opened()).cookie;
});
afterAll(() => town.close());

async function raw(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return app.request(`http://localhost${path}`, {
    method: 'POST',
    headers: { host: 'localhost', cookie: session, ...FORM, ...headers },
    body,
  });
}
const post = async (path: string, pairs: Pairs, cookie = session) => looked(await raw(path, encode(pairs), { cookie }));
const get = (path: string, cookie = session) =>
  app.request(`http://localhost${path}`, { headers: { host: 'localhost', cookie } });

/** A request of its own, followed: its code and the cookie of its page. */
async function opened(): Promise<{ caseId: string; code: string; cookie: string }> {
  const { caseId, code = '' } = await submit(town);
  const answer = await app.request('http://localhost/suivi', {
    method: 'POST',
    headers: { host: 'localhost', ...FORM },
    body: encode([['code', code]]),
  });
  expect(answer.headers.get('location')).toBe('/suivi/demande');
  const [cookie = ''] = answer.headers.getSetCookie().filter((line) => line.startsWith('suivi='));
  return { caseId, code, cookie: cookie.split(';')[0] ?? '' };
}

/** A second town of the same service, with a quarter, a place and an organisation of its own. */
let second: Promise<string> | undefined;
const neighbour = () =>
  (second ??= (async () => {
    const ours = readFileSync(new URL('../../src/dev/val-riviere.json', import.meta.url), 'utf8');
    const theirs = ours
      .replaceAll('"PEU"', '"VOI"')
      .replaceAll('K7QX3M', 'K7QX3N')
      .replaceAll('"O11"', '"O77"')
      .replaceAll('@', '@ailleurs.');
    const file = { ...TownFile.parse(JSON.parse(theirs)), slug: 'ailleurs', hosts: ['ailleurs.example'] };
    return (await createTown(town.database.adminUrl, town.keys, file)) ?? '';
  })());

type Form = {
  path: string;
  valid: Pairs;
  fields: Record<string, { missing: string; wrong: string; strange: string[] }>;
};
const NO_CODE = [
  'x',
  '0',
  '-1',
  '__proto__',
  '<script>alert(1)</script>',
  "' or 1=1 --",
  '%00',
  'A'.repeat(25),
  'Ａ'.repeat(25),
  '😀'.repeat(25),
  'a'.repeat(50_000),
];
const NO_CHOICE = [
  'maybe',
  'STOP',
  ' stop',
  'stop\u0000',
  'true',
  '__proto__',
  'constructor',
  '<script>alert(1)</script>',
];
const choice = (missing: string) => ({ choice: { missing, wrong: missing, strange: NO_CHOICE } });
const FORMS: Form[] = [
  { path: '/suivi', valid: [['code', 'x']], fields: { code: { missing: t('follow.code.missing'), wrong: t('follow.code.error'), strange: NO_CODE } } },
  { path: '/suivi/arreter', valid: [['choice', 'go_on']], fields: choice(t('follow.stop.missing')) },
  { path: '/suivi/courriel', valid: [['choice', 'keep']], fields: choice(t('follow.email.missing')) },
  { path: '/suivi/remplacer', valid: [['choice', 'keep']], fields: choice(t('follow.replace.missing')) },
  { path: '/suivi/code-court', valid: [['code', 'x']], fields: { code: { missing: t('follow.short.missing'), wrong: t('follow.short.error'), strange: NO_CODE } } },
  {
    path: '/suivi/code-perdu',
    valid: [['number', 'MS-2027-00001'], ['email', 'rosa@courriel.example']],
    fields: {
      number: { missing: t('follow.lost.number.error'), wrong: t('follow.lost.number.error'), strange: ['x', 'MS-2027', 'MS-2027-00001; drop', '<script>alert(1)</script>', '1'.repeat(50_000)] },
      email: { missing: t('follow.lost.email.error'), wrong: t('follow.lost.email.error'), strange: ['x', 'a@b', 'a@x.fr,b@y.fr', 'a@x.fr\r\nBcc: b@y.fr', 'a@аpple.fr', 'a'.repeat(50_000)] },
    },
  },
  { path: '/suivi/message', valid: [['message', 'Le matin.']], fields: { message: { missing: t('follow.write.missing'), wrong: '', strange: [] } } },
]; // prettier-ignore

const others = (valid: Pairs, name: string): Pairs => valid.filter(([known]) => known !== name);

describe('refused, and nothing is stored', () => {
  let before: string;
  beforeAll(async () => {
    before = await rowCounts(town.owner);
  });
  afterAll(async () => {
    expect(await rowCounts(town.owner)).toBe(before);
  });

  for (const { path, valid, fields } of FORMS) {
    for (const [name, { missing, wrong, strange }] of Object.entries(fields)) {
      test(`B-01, B-02: ${path} without ${name}, or with blanks`, async () => {
        const rest = others(valid, name);
        for (const pairs of [rest, ...['', ' ', '\u00A0\t'].map((blank): Pairs => [...rest, [name, blank]])]) {
          const { status, html } = await post(path, pairs);
          expect({ pairs, status, said: faultBeside(html, name) }).toEqual({ pairs, status: 422, said: missing });
        }
      });
      test(`B-14, B-18, B-23: ${path} with a strange ${name}`, async () => {
        for (const value of strange) {
          const { status, html } = await post(path, [...others(valid, name), [name, value]]);
          expect({ value: value.slice(0, 30), status, said: faultBeside(html, name) }).toEqual({ value: value.slice(0, 30), status: 422, said: wrong });
          if (path === '/suivi') expect(valueOf(html, name) === value).toBe(true);
        }
      }); // prettier-ignore
      test(`T-23: ${path} with ${name} twice keeps what was typed`, async () => {
        const { status, html } = await post(path, [...valid, [name, 'autre']]);
        expect(status).toBe(422);
        expect(faultBeside(html, path === '/suivi/code-perdu' ? 'number' : name)).toBeDefined();
        if (path === '/suivi/message') expect(valueOf(html, name)).toBe('Le matin.');
      });
    }
    test(`B-21: ${path} with each column of each table`, async () => {
      const own = ['new', ...valid.map(([name]) => name), ...(path === '/suivi' ? ['message'] : [])];
      for (const name of [...(await columnNames(town.owner)), '__proto__', 'constructor', 'message[]', 'x'.repeat(10_000)]) {
        if (own.includes(name)) continue;
        const { status } = await post(path, [...valid, [name, 'yes']]);
        expect({ name, status }).toEqual({ name, status: 422 });
      }
    }); // prettier-ignore
    test(`B-23…B-26: ${path} with what is no form`, async () => {
      const statuses = [];
      for (const [type, body] of [
        ['application/json', '{}'], ['text/plain', 'code=x'], ['', 'code=x'], ['multipart/form-data; boundary=x', '--x--'],
        [FORM['content-type'], 'a=1&'.repeat(1_001)], [FORM['content-type'], `code=${'a'.repeat(100_000)}`],
      ] as const)
        statuses.push((await looked(await raw(path, body, { 'content-type': type }))).status);
      // A message may be a recording: its form has a file, and an empty one is a message that is missing.
      const withFile = path === '/suivi/message' ? 422 : 415;
      expect(statuses).toEqual([415, 415, 415, withFile, 413, 413]);
    }); // prettier-ignore
  }

  test('B-03: a message of 1,501 signs, of 20,000 letters or of 1,501 emoji stays whole', async () => {
    for (const typed of [
      'é'.repeat(1_501),
      `${'a'.repeat(20_000)}z`,
      '😀'.repeat(1_501),
      `</textarea><b>${'a'.repeat(1_501)}`,
    ]) {
      const { status, html } = await post('/suivi/message', [['message', typed]]);
      expect([status, faultBeside(html, 'message')]).toEqual([422, t('follow.write.long')]);
      expect(valueOf(html, 'message') === typed).toBe(true);
    }
  });
  test('B-02: a message of unseen signs is none', async () => {
    for (const typed of ['\u200B', '\u3164\u2800', '\uFE0F', '\u202E\u0000', '\r\n\r\n', '\u0301'])
      expect(faultBeside((await post('/suivi/message', [['message', typed]])).html, 'message')).toBe(t('follow.write.missing'));
  }); // prettier-ignore
});

describe('messages', () => {
  test('B-04…B-12: stored and shown as they were written, to the person and to the team', async () => {
    const entered = await raw('/demo/entrer', encode([['person', town.person('R1')]]));
    const staff = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const { caseId, cookie } = await opened();
    const rows: [typed: string, kept: string][] = [
      ...['é'.repeat(1_500), '😀'.repeat(1_500), '<script>alert(1)</script>', '</textarea><b>x', '"onfocus="x', '{{7*7}} ${7*7} <%= 1 %>', "'; DROP TABLE case_message; --", "=cmd|' /C calc'!A0", 'مرحبا'].map((typed): [string, string] => [typed, typed]),
      ['a\u0000b\u202Ec', 'abc'], ['un\r\ndeux\u2028trois', 'un\ndeux\ntrois'], ['x\uD800y', 'x\uFFFDy'], [`e${'\u0336'.repeat(500)}`, `e${'\u0336'.repeat(8)}`],
    ]; // prettier-ignore
    for (const [typed, kept] of rows) {
      const { status } = await post('/suivi/message', [['message', typed]], cookie);
      expect(status).toBe(303);
      const [mine, theirs] = [await get('/suivi/demande', cookie), await get(`/equipe/demandes/${caseId}`, staff)];
      for (const answer of [mine, theirs]) {
        const { status: seen, html } = await looked(answer);
        expect(seen).toBe(200);
        expect(shown(html.replaceAll(/<[^>]*>/g, '\n')).includes(kept)).toBe(true);
      }
    }
  });
  test('a message written while the request was archived is not sent, and stays in the page', async () => {
    const { cookie, caseId } = await opened();
    expect((await post('/suivi/arreter', [['choice', 'stop']], cookie)).status).toBe(303);
    await town.owner.updateTable('mediation_case').set({ state: 'archived' }).where('id', '=', caseId).execute();
    const before = await rowCounts(town.owner);
    const { status, html } = await post('/suivi/message', [['message', 'Encore\r\nune chose.']], cookie);
    expect([status, valueOf(html, 'message')]).toEqual([409, 'Encore\r\nune chose.']);
    expect(faultBeside(html, 'message')).toContain('n’est pas envoyé');
    expect(await rowCounts(town.owner)).toBe(before);
  });
  test('a message written until the page had closed waits behind the code, and is sent once it is sent', async () => {
    const { caseId, code } = await opened();
    const typed = 'Une « longue »\n<b>lettre</b>';
    const lost = await post('/suivi/message', [['message', typed]], '');
    expect([lost.status, valueOf(lost.html, 'message')]).toEqual([403, typed]);
    const wrong = await post('/suivi', [['message', typed], ['code', newRandomCode()]], ''); // prettier-ignore
    expect([wrong.status, valueOf(wrong.html, 'message')]).toEqual([422, typed]);
    const right = await raw('/suivi', encode([['message', typed], ['code', code]]), { cookie: '' }); // prettier-ignore
    const { status, html } = await looked(right);
    expect([status, valueOf(html, 'message'), faultBeside(html, 'message')]).toEqual([
      422,
      typed,
      t('follow.write.unsent'),
    ]);
    const sent = await sql`select 1 from case_message where case_id = ${caseId}`.execute(town.owner);
    expect(sent.rows).toHaveLength(0);
    const [cookie = ''] = right.headers.getSetCookie().filter((line) => line.startsWith('suivi='));
    expect((await post('/suivi/message', [['message', typed]], cookie.split(';')[0])).status).toBe(303);
  });
});

describe('codes and sessions', () => {
  test('B-40: a code is read as people type it', async () => {
    const { code } = await opened();
    const groups = formatCode(code);
    const wide = [...code].map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)).join('');
    const dashes = groups.replaceAll('-', '\u2011');
    for (const typed of [groups.toLowerCase(), groups.replaceAll('-', ' '), `\r\n ${groups}\t\n`, code.replaceAll('0', 'O').replaceAll('1', 'l'), wide, dashes])
      expect({ typed, status: (await post('/suivi', [['code', typed]], '')).status }).toEqual({ typed, status: 303 });
  }); // prettier-ignore

  test('B-41: an unknown, a replaced, an erased and another town’s code are one answer', async () => {
    const townId = await neighbour();
    const elsewhere = await submitRequest(town.context('passerelle_web'), { id: townId, kid: town.kid }, newDraft(Date.now()).nonce, { ...A_REQUEST, quarter: 'CEN' });
    const [replaced, erased] = [await opened(), await opened()];
    await sql`update access set ended_at = clock_timestamp() where case_id = ${replaced.caseId} and purpose = 'case_code'`.execute(town.owner);
    await sql`delete from access where case_id = ${erased.caseId}`.execute(town.owner);
    const answers = [];
    for (const code of [newRandomCode(), replaced.code, erased.code, elsewhere.code ?? '']) {
      const { status, html } = await post('/suivi', [['code', code]], '');
      answers.push(`${status} ${html.replaceAll(code, 'CODE')}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^422/);
  }); // prettier-ignore

  test('B-18: a quarter, a place and an organisation of another town are refused beside their field, and are answers in their own town', async () => {
    const townId = await neighbour();
    const both = await webApp(town);
    const sent = async (host: string, id: string, screen: Screen, pairs: Pairs) => {
      const draft = sealDraft(town.keys, id, { ...newDraft(Date.now()), answers: { danger: 'no', need: 'service', categories: ['BRUIT'] } });
      const body = encode([['draft', draft], ['screen', screen], ...pairs, ['go', 'next']]);
      return looked(await both.request(`http://${host}/demande`, { method: 'POST', headers: { ...FORM, host }, body }));
    };
    for (const [screen, field, value] of [['place', 'quarter', 'VOI'], ['place', 'place', 'K7QX3N'], ['what', 'service', 'O77']] as const) {
      const pairs: Pairs = screen === 'what' ? [['categories', 'BRUIT'], [field, value]] : field === 'place' ? [['quarter', 'unknown'], [field, value]] : [[field, value]];
      const before = await rowCounts(town.owner);
      const refused = await sent('localhost', town.townId, screen, pairs);
      expect([field, refused.status, faultBeside(refused.html, field)]).toEqual([field, 422, message(field)]);
      expect(await rowCounts(town.owner)).toBe(before);
      expect([field, (await sent('ailleurs.example', townId, screen, pairs)).status]).toEqual([field, 200]);
    }
  }); // prettier-ignore

  test('B-34, B-52: two session cookies, a changed, an ended and an expired one open nothing', async () => {
    const [one, two] = [await opened(), await opened()];
    const statusOf = async (cookie: string) => (await get('/suivi/demande', cookie)).status;
    expect(await statusOf(one.cookie)).toBe(200);
    const value = one.cookie.slice('suivi='.length);
    const flipped = `suivi=${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`;
    for (const jar of [`${one.cookie}; ${two.cookie}`, `${one.cookie}; suivi=x`, `suivi=x; ${one.cookie}`, flipped, `suivi="${value}"`, `\u00a0${one.cookie}`, `SUIVI=${value}`, `__Host-suivi=${value}`])
      expect({ jar: jar.slice(0, 12), status: await statusOf(jar) }).toEqual({ jar: jar.slice(0, 12), status: 403 });
    expect(await statusOf(`autre=1;  ${one.cookie} ;suivi`)).toBe(200);
    await sql`update access set expires_at = clock_timestamp() where case_id = ${one.caseId} and purpose = 'follow_session'`.execute(town.owner);
    expect(await statusOf(one.cookie)).toBe(403);
    expect((await post('/suivi/fermer', [], two.cookie)).status).toBe(303);
    expect(await statusOf(two.cookie)).toBe(403);
  }); // prettier-ignore

  test('a page of one request never acts on another: the session alone says which', async () => {
    const [one, two] = [await opened(), await opened()];
    const { status, html } = await post('/suivi/arreter', [['choice', 'stop'], ['caseId', two.caseId]], one.cookie); // prettier-ignore
    expect(status).toBe(422);
    expect(faultBeside(html, 'choice')).toBeDefined();
    expect(noticeOf(html)).toBe('');
    const open = await town.owner.selectFrom('mediation_case').select('state').where('id', 'in', [one.caseId, two.caseId]).execute();
    expect(open.map(({ state }) => state)).toEqual(['received', 'received']);
  }); // prettier-ignore
});

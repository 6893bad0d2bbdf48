import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { SCREEN_ORDER, type Screen } from '../../src/requests/screens.ts';
import { type CaseView, caseView } from '../../src/staff/case-view.query.ts';
import {
  answersOf,
  change,
  CHOICES,
  encode,
  FORM,
  formOf,
  FREE,
  looked,
  type Pairs,
  TEXTS,
  VALID,
} from '../support/f1-form.ts';
import { shown, valueOf } from '../support/form-page.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// security.md §6: what is strange and welcome. The table of the whole list stands in bad-input-request.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let form: ReturnType<typeof formOf>;
beforeAll(async () => {
  town = await testTown('strange');
  app = await webApp(town);
  form = formOf(town, app);
});
afterAll(() => town.close());

/** Sends the whole form with these answers; the case as its team leader reads it. */
async function accepted(changes: Pairs): Promise<CaseView> {
  const fields = [...TEXTS, ...CHOICES];
  for (const screen of SCREEN_ORDER.slice(0, -1)) {
    const here = new Set(
      changes.map(([name]) => name).filter((name) => fields.some((f) => f.name === name && f.screen === screen)),
    );
    if (here.size === 0) continue;
    const pairs = [...VALID[screen].filter(([name]) => !here.has(name)), ...changes.filter(([name]) => here.has(name))];
    const { status } = await form.post(screen, pairs);
    expect({ screen, status }).toEqual({ screen, status: 200 });
  }
  const sent = await form.raw(form.bodyOf('send', VALID.send, form.draftOf(changes)));
  expect(sent.status).toBe(303);
  expect(sent.headers.get('location')).toBe('/demande/recu');
  return lastCase();
}

async function lastCase(): Promise<CaseView> {
  const row = await town.owner
    .selectFrom('mediation_case')
    .select('id')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const leader = { townId: town.townId, personId: town.person('R1'), name: 'R1', roles: ['team_leader' as const] };
  return caseView(town.context('passerelle_web'), leader, row.id);
}

/** Where a text field is read by the team. */
function read(view: CaseView, name: string): string | undefined {
  const { identity } = view;
  const places: Record<string, string | undefined> = {
    place_text: view.placeText,
    service_text: view.situation.service.text,
    transport_line: view.situation.place.line,
    transport_stop: view.situation.place.stop,
    hopes_text: view.situation.hopesText,
    story: view.story,
    first_name: identity.firstName,
    phone: identity.phone,
    email: identity.email,
    postal_address: identity.postalAddress,
    trusted_person: identity.trustedPerson,
    contact_hours: identity.contactHours,
  };
  return places[name];
}

describe('accepted, stored as it was typed and shown as text', () => {
  test('B-03, B-04: exactly the limit, in letters, in emoji of four bytes, and in letters that compose', async () => {
    for (const sign of ['é', '😀', 'e\u0301']) {
      const view = await accepted(FREE.map(({ name, limit }) => [name, sign.repeat(limit)]));
      for (const { name, limit } of FREE) expect(read(view, name)).toBe(sign.normalize('NFC').repeat(limit));
    }
  });

  test('screen after screen, « Retour » included, the hidden field carries the longest answers there can be', async () => {
    const far = (signs: number, from: number) =>
      Array.from({ length: signs }, (_, n) => String.fromCodePoint(from + ((n * 7919) % 20_000))).join('');
    const typed = Object.fromEntries(FREE.map(({ name, limit }) => [name, far(limit, 0x4e00)]));
    const spaced = `${far(700, 0x4e00)}${'\u200B'.repeat(6_000)}${far(800, 0x20000)}`;
    let draft = form.draftOf([], []);
    let html = '';
    const press = async (screen: Screen, pairs: Pairs, go: string) => {
      const answer = await form.raw(encode([['draft', draft], ['screen', screen], ...pairs, ['go', go]])); // prettier-ignore
      if (answer.status === 303) return answer.status;
      html = (await looked(answer)).html;
      draft = String(valueOf(html, 'draft'));
      return answer.status;
    };
    for (const screen of SCREEN_ORDER) {
      const pairs = VALID[screen].map(([name, value]): [string, string] => [name, name === 'story' ? spaced : (typed[name] ?? value)]);
      if (screen === 'contact') {
        expect(await press(screen, pairs, 'back')).toBe(200);
        expect(valueOf(html, 'contact_hours')).toBe(typed['contact_hours']);
        expect(await press('care', change('care', 'contact_hours', typed['contact_hours'] ?? ''), 'next')).toBe(200);
      }
      expect(await press(screen, pairs, 'next')).toBe(screen === 'send' ? 303 : 200);
    } // prettier-ignore
    const view = await lastCase();
    expect(view.story).toBe(spaced.replaceAll('\u200B', ''));
    expect(view.identity.contactHours).toBe(typed['contact_hours']);
    expect(view.placeText).toBe(typed['place_text']);
  });

  test('B-02: optional texts of blanks are nothing', async () => {
    const view = await accepted([
      ['story', ' \u200B\r\n'],
      ['place_text', '\u3164'],
      ['contact_hours', '\u00A0'],
    ]);
    expect([view.story, view.placeText, view.identity.contactHours]).toEqual([undefined, undefined, undefined]);
  });

  /** A choice on the same screen, to be wrong so that the page comes again. */
  const BESIDE = {
    what: 'service',
    place: 'place_type',
    story: 'relation',
    contact: 'contact_ways',
    care: 'interpreter',
  } as const;
  const LITERAL = [
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '</textarea><b>x', '"onfocus="alert(1)', "'><svg/onload=alert(1)>", '<!--x', '&lt;b&gt; &amp;',
    '{{7*7}}', '${7*7}', '<%= 1 %>', '#{1}', '{danger}', "'; DROP TABLE mediation_case; --", '%', '_', '\\', 'O\\’Neil', 'null', 'undefined', 'true', '0',
    "=cmd|' /C calc'!A0", '+1', '-1', '@SUM(1)', '＝1', 'https://evil.example/login', '%0d%0aBcc:x@y.fr', 'Ivar ÅÄÖ œ ß İı', 'مرحبا', '山田', '👨‍🦰', '🇫🇷',
  ]; // prettier-ignore
  test('B-09, B-10, B-11, B-19: markup, templates, SQL, formulas, foreign addresses stay text in every field', async () => {
    for (const typed of LITERAL) {
      const view = await accepted(FREE.map(({ name }) => [name, typed]));
      for (const { name } of FREE) expect({ name, read: read(view, name) }).toEqual({ name, read: typed });
    }
    expect(String(await count('mediation_case'))).toMatch(/^\d+$/);
  });

  test('B-09: the same in every page: the form again with errors, and the case of the team', async () => {
    const cookie = await signedIn();
    for (const typed of LITERAL.filter((text) => /[<>&"'{]/.test(text))) {
      for (const { name, screen } of TEXTS) {
        const other: Pairs = [[BESIDE[screen], 'x']];
        const changed = [...change(screen, name, typed).filter(([known]) => known !== other[0]?.[0]), ...other];
        const { status, html } = await form.post(screen, changed);
        expect({ name, status, value: valueOf(html, name) }).toEqual({ name, status: 422, value: typed });
      } // prettier-ignore
      const view = await accepted(FREE.map(({ name }) => [name, typed]));
      const answer = await app.request(`http://localhost/equipe/demandes/${view.id}`, { headers: { cookie } });
      const { status, html } = await looked(answer);
      expect(status).toBe(200);
      const text = shown(html.replaceAll(/<[^>]*>/g, '\n'));
      expect(text.split(typed).length - 1).toBeGreaterThanOrEqual(FREE.length);
    }
  });

  test('B-05, B-07, B-12: NUL, controls, direction signs, stacked marks and line breaks never reach the row', async () => {
    const rows: [typed: string, line: string, block: string][] = [
      ['a\u0000b', 'ab', 'ab'],
      ['a\u0001\u0007\u001B\u007F\u0080b', 'a b', 'a     b'],
      ['a\u202Eb\u202C c\u2066d\u2069', 'ab cd', 'ab cd'],
      ['a\u200Bb\u200F\uFEFFc', 'abc', 'abc'],
      ['a\r\nb\nc\rd', 'a b c d', 'a\nb\nc\nd'],
      ['a\u2028b\u2029c\u000Bd\u000Ce\u0085f', 'a b c d e f', 'a\nb\nc\nd\ne\nf'],
      ['a\t\tb', 'a b', 'a  b'],
      ['un\r\n\r\n\r\n\r\ndeux', 'un deux', 'un\n\ndeux'],
      ['  Rosa  ', 'Rosa', 'Rosa'],
      ['X\r\nBcc: b@y.fr', 'X Bcc: b@y.fr', 'X\nBcc: b@y.fr'],
    ];
    for (const [typed, line, block] of rows) {
      const view = await accepted(FREE.map(({ name }) => [name, typed]));
      for (const { name } of FREE)
        expect({ typed, name, read: read(view, name) }).toEqual({
          typed,
          name,
          read: name === 'story' || name === 'hopes_text' ? block : line,
        });
    }
    const marked = await accepted([['first_name', `R${'\u0336'.repeat(500)}osa`]]);
    expect(marked.identity.firstName).toBe(`R${'\u0336'.repeat(8)}osa`);
    const alone = await accepted([['first_name', 'x\uD800y\uDC00z']]);
    expect(alone.identity.firstName).toBe('x\uFFFDy\uFFFDz');
  });

  test('B-05: bytes that are no UTF-8 are replaced, the rest is kept', async () => {
    const draft = form.draftOf();
    const body = Buffer.concat([
      Buffer.from(`draft=${draft}&screen=story&story=caf`),
      Buffer.from([0xff, 0xfe, 0xc0]),
      Buffer.from('&go=next'),
    ]);
    const next = await looked(await form.raw(new Uint8Array(body)));
    expect(next.status).toBe(200);
    const sent = await form.raw(form.bodyOf('send', VALID.send, form.draftOf([['story', 'caf\uFFFD']])));
    expect(sent.status).toBe(303);
  });

  test('B-08: a name in two scripts is accepted, and the team sees it; one in another script is like any other', async () => {
    const cookie = await signedIn();
    const page = async (name: string) => {
      const { id } = await accepted([['first_name', name]]);
      return (await app.request(`http://localhost/equipe/demandes/${id}`, { headers: { cookie } })).text();
    };
    expect(await page('Rosа')).toContain('Prénom en deux écritures');
    expect(await page('Роза')).not.toContain('Prénom en deux écritures');
  });

  test('B-12, B-15, B-45: numbers and addresses are read as people write them, and an international one is shown both ways', async () => {
    for (const [typed, stored] of [['+33 (0)6 39 98 12 34', '+33639981234'], ['06.39.98.12.34', '+33639981234'], ['٠٦٣٩٩٨١٢٣٤', '+33639981234'], ['06 39\r\n98 12 34', '+33639981234'], ['0032 2 555 12 12', '+3225551212']] as const) {
      expect((await accepted([['phone', typed]])).identity.phone).toBe(stored);
    } // prettier-ignore
    const { id, identity } = await accepted([['email', ' rosa@exämple.fr\n']]);
    expect(identity.email).toBe('rosa@xn--exmple-cua.fr');
    const page = await app.request(`http://localhost/equipe/demandes/${id}`, { headers: { cookie: await signedIn() } });
    expect(await page.text()).toContain('rosa@xn--exmple-cua.fr (exämple.fr)');
  });

  test('B-37: whatever was typed, a case and its stream are named by us', async () => {
    await accepted(FREE.map(({ name }) => [name, '😀\n../referral/x%2F']));
    const rows = await sql<{ id: string; stream: string }>`
      select c.id, o.stream_id as stream from mediation_case c left join outbox o on o.stream_id = 'referral/' || c.id`.execute(town.owner);
    for (const { id, stream } of rows.rows) {
      expect(id).toMatch(/^[a-z0-9-]{36}$/);
      expect(stream).toMatch(/^referral\/[a-z0-9-]{36}$/);
    }
  }); // prettier-ignore

  test('F-12, F-14: the last page posted twice at once, again later and edited: one case, the same receipt', async () => {
    const body = form.bodyOf('send', VALID.send, form.draftOf());
    const before = await count('mediation_case');
    const answers = await Promise.all(Array.from({ length: 8 }, () => form.raw(body)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 303));
    const again = await form.raw(body.replace('accept_evaluation=yes&', ''));
    const receipts = await Promise.all(
      [...answers, again].map(async (answer) => {
        const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
        const page = await (await app.request('http://localhost/demande/recu', { headers: { cookie } })).text();
        return /MS-2027-\d{5}/.exec(page)?.[0];
      }),
    );
    expect(new Set(receipts).size).toBe(1);
    expect(receipts[0]).toMatch(/^MS-2027/);
    expect(await count('mediation_case')).toBe(before + 1);
  });
});

describe('B-38: a form filled as no person fills it', () => {
  test.each([
    ['in a third of a second', 300, ''],
    ['with the field nobody sees', 60_000, 'https://evil.example'],
  ])('%s is accepted with the same answer, and the team sees that it must look', async (_how, age, trap) => {
    // About another place than the requests above: they have made a flood of theirs, and a flood is one line of the list.
    const answers = answersOf(SCREEN_ORDER, [['place', ''], ['place_type', 'hall']]);
    const draft = (startedAt: number) => sealDraft(town.keys, town.townId, { ...newDraft(startedAt), answers });
    const send = (startedAt: number, value: string) => form.raw(form.bodyOf('send', [...VALID.send, ['website', value]], draft(startedAt)));
    const cookie = await signedIn();
    const seen = async () => {
      const { id } = await lastCase();
      const [page, list] = await Promise.all([`/equipe/demandes/${id}`, '/equipe'].map(async (path) => (await app.request(`http://localhost${path}`, { headers: { cookie } })).text()));
      return [page?.includes('Envoi à vérifier'), list?.includes('Envoi à vérifier')];
    };
    await town.owner.updateTable('mediation_case').set({ doubtful: false }).execute();
    const human = await send(Date.now() - 60_000, '');
    expect(await seen()).toEqual([false, false]);
    const machine = await send(Date.now() - age, trap);
    expect([machine.status, machine.headers.get('location')]).toEqual([human.status, human.headers.get('location')]);
    expect(await seen()).toEqual([true, true]);
  }); // prettier-ignore
});

async function count(table: 'mediation_case'): Promise<number> {
  const found = await town.owner
    .selectFrom(table)
    .select((eb) => eb.fn.countAll().as('n'))
    .executeTakeFirstOrThrow();
  return Number(found.n);
}

async function signedIn(): Promise<string> {
  const entered = await app.request('http://localhost/demo/entrer', {
    method: 'POST',
    headers: FORM,
    body: `person=${town.person('R1')}`,
  });
  return (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askForCall } from '../../src/calls/ask-call.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { ROUTE_TABLE } from '../../src/http/route-table.ts';
import { translator } from '../../src/i18n/catalogue.ts';
import { takeNight } from '../../src/journal/take-night.command.ts';
import { claimMail } from '../../src/mail/claim-mail.command.ts';
import { sendMail } from '../../src/mail/send-mail.command.ts';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { plain } from '../../src/stories/page-form.ts';
import { Carried } from '../support/agreements.ts';
import { encode, FORM, formOf, looked, message, type Pairs, VALID } from '../support/f1-form.ts';
import { faultBeside, shown, valueOf } from '../support/form-page.ts';
import { limitsWith } from '../support/limits.ts';
import { startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { submit } from '../support/request.ts';
import { rowCounts } from '../support/stored-rows.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// §4.8: « Être rappelé avec un interprète » before any request: no case, no code; a leader calls, and the number goes afterwards (decision 0030).

const CANARY = '639987766';
const NAME = 'CANARINAME';
const SENT: Pairs = [
  ['spoken_language', 'zgh'],
  ['phone', `+33 ${CANARY}`],
  ['first_name', NAME],
  ['moments', 'morning'],
];

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
const printed: string[] = [];
const write = process.stdout.write.bind(process.stdout);
const level = process.env['LOG_LEVEL'];
beforeAll(async () => {
  town = await testTown('calls');
  // What a web prints while it takes the number (T-25).
  process.stdout.write = (chunk: string | Uint8Array) => Boolean(printed.push(String(chunk)));
  process.env['LOG_LEVEL'] = 'trace';
  app = await webApp(town);
});
afterEach(async () => {
  await town.owner.deleteFrom('mail_item').execute();
  await town.owner.deleteFrom('mail').where('template', '=', 'day').execute();
  await town.owner.deleteFrom('interpreter_call').execute();
});
afterAll(async () => {
  process.stdout.write = write;
  if (level === undefined) delete process.env['LOG_LEVEL'];
  else process.env['LOG_LEVEL'] = level;
  await town?.close();
});

const drafted = (startedAt = Date.now() - 60_000) => sealDraft(town.keys, town.townId, newDraft(startedAt));
const body = (pairs: Pairs = SENT, draft = drafted()) => new URLSearchParams([['draft', draft], ...pairs]);
const other = (name: string, ...values: string[]): Pairs => [
  ...SENT.filter(([known]) => known !== name),
  ...values.map((value): [string, string] => [name, value]),
];
const rows = () => town.owner.selectFrom('interpreter_call').selectAll().orderBy('asked_at').execute();
const mails = () => town.owner.selectFrom('mail').innerJoin('mail_item as m', 'm.mail_id', 'mail.id').selectAll('mail').where('m.template', '=', 'interpreter_calls').execute(); // prettier-ignore
const leaders = async () =>
  (await town.owner.selectFrom('person_role').select('person_id').where('role', '=', 'team_leader').execute()).length;
async function ask(pairs?: Pairs, draft?: string, visitor = new Visitor(app)): Promise<string> {
  const answer = await visitor.post('/rappel', body(pairs, draft));
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/rappel/recu']);
  return plain(await (await visitor.get('/rappel/recu')).text()).replaceAll('\u00a0', ' ');
}
async function at(ref: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return visitor;
}
async function night(): Promise<void> {
  const step = await town.owner.selectFrom('step').select('id').where('action', '=', 'nightly').where('state', '=', 'pending').executeTakeFirstOrThrow(); // prettier-ignore
  await takeNight(town.context('passerelle_worker'), town.townId, step.id);
}

describe('asking for a call', () => {
  test('§4.8: every page residents can open offers it, or asks for the interpreter itself; R101: each says that it is a translation', async () => {
    const t = translator('tr');
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const ended = (await submit(town)).caseId;
    const visitors = { anybody: new Visitor(app), requester: await requesterVisitor(app, town, caseId), party: await partyVisitor(app, town, carried), ended: await requesterVisitor(app, town, ended) };
    await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId: ended });
    const paths = ROUTE_TABLE.filter(([method, path, access]) => method === 'GET' && /^(?:anybody|code)$/.test(access) && !/:|^\/(?:partenaire|connexion|invitation)/.test(path)).map(([, path]) => path);
    const looked = new Set<string>();
    for (const [who, visitor] of Object.entries(visitors)) {
      await visitor.get('/langue/tr');
      for (const path of [...paths, '/nulle-part']) {
        const answer = await visitor.get(path);
        if (answer.status === 303 || !answer.headers.get('content-type')?.startsWith('text/html')) continue;
        const html = shown(await answer.text());
        looked.add(path);
        const offered = html.includes('href="/rappel"') || /action="(?:\/rappel|[^"]*\/interprete)"/.test(html);
        expect([who, path, offered, html.includes(t('ui.translation'))]).toEqual([who, path, true, true]);
      }
    }
    expect(looked).toContain('/suivi/participation');
    expect(looked.size).toBeGreaterThan(25);
  }); // prettier-ignore

  test('§4.8: whoever reads French finds it on the home page and beside the form; danger numbers stand on it', async () => {
    const visitor = new Visitor(app);
    for (const path of ['/', '/demande', '/suivi', '/nulle-part'])
      expect([path, (await (await visitor.get(path)).text()).includes('href="/rappel"')]).toEqual([path, true]);
    const page = await (await visitor.get('/rappel')).text();
    for (const number of ['tel:17', 'tel:112', 'sms:114']) expect(page).toContain(`href="${number}"`);
    const names = new Set([...page.matchAll(/<(?:input|select|textarea)[^>]*\sname="(\w+)"/g)].map(([, name]) => name));
    expect(names).toEqual(new Set(['draft', 'first_name', 'moments', 'phone', 'spoken_language', 'website']));
    expect(page).not.toMatch(/<input[^>]*\schecked/);
  });

  test('R93: what is read afterwards: received when, called before when, by whom, read by whom, kept how long', async () => {
    const page = await ask();
    for (const said of ['Merci. Nous avons noté votre demande d’appel.', '11 janvier 2027', 'au plus tard le mercredi 13 janvier', 'Service Médiation, Val-Rivière', '4 place du Lavoir', '01 99 00 12 34', 'Seuls les responsables de l’équipe lisent votre numéro.', '7 jours après l’appel', '3 mois', 'Nous ne laissons pas de message vocal.'])
      expect(page).toContain(said);
    expect(page).not.toContain(CANARY);
  }); // prettier-ignore

  test('what is stored: no case and no code; the number and the name are sealed', async () => {
    const count = async () =>
      (await rowCounts(town.owner)).split('\n').filter((line) => !/^(interpreter_call|mail|mail_item) /.test(line));
    const before = await count();
    await ask();
    expect(await count()).toEqual(before);
    const [row] = await rows();
    expect(row).toMatchObject({ language: 'zgh', moment: 'morning', doubtful: false, outcome: null });
    expect(JSON.stringify(row)).not.toMatch(/CANARI|39 ?98/);
    expect(Buffer.concat([row?.phone ?? Buffer.of(), row?.first_name ?? Buffer.of()]).toString('latin1')).not.toMatch(/CANARI|6399/); // prettier-ignore
  });

  test('F-12: the same form again, at once and later, is one call and the same answer', async () => {
    const draft = drafted();
    const answers = await Promise.all(Array.from({ length: 6 }, () => new Visitor(app).post('/rappel', body(SENT, draft)))); // prettier-ignore
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303));
    expect(await ask(SENT, draft)).toContain('déjà envoyée');
    expect((await rows()).length).toBe(1);
  });

  test('§4.8: on the page of a request the interpreter is asked for there, not beside it', async () => {
    const { caseId } = await submit(town);
    const page = await (await (await requesterVisitor(app, town, caseId)).get('/suivi/demande')).text();
    expect([page.includes('action="/suivi/interprete"'), page.includes('href="/rappel"')]).toEqual([true, false]);
  });

  test('a call asked for from the receipt takes nothing from it: the code is still there', async () => {
    const visitor = new Visitor(app);
    const form = formOf(town, app);
    await visitor.post('/demande', new URLSearchParams([['draft', form.draftOf()], ['screen', 'send'], ...VALID.send, ['go', 'next']])); // prettier-ignore
    await ask(SENT, undefined, visitor);
    expect((await visitor.get('/demande/recu')).status).toBe(200);
  });

  test('§4.8: in another language what was typed stays; the answer is in it', async () => {
    const visitor = new Visitor(app);
    const switched = await visitor.post('/rappel', body([...SENT, ['langue', 'ar']]));
    const page = await switched.text();
    expect([switched.status, /<html[^>]* dir="rtl"/.test(page)]).toEqual([200, true]);
    expect([valueOf(page, 'phone'), valueOf(page, 'spoken_language')]).toEqual([`+33 ${CANARY}`, ['zgh']]);
    expect(await rows()).toEqual([]);
    expect(await ask(SENT, undefined, visitor)).toContain('سجّلنا طلب الاتصال');
  });

  test('§4.10: where the town has no interpreters nothing is promised', async () => {
    const poor = await testTown('no-interpreters', (file) => {
      file.service.interpreters = false;
    });
    const visitor = new Visitor(await webApp(poor));
    for (const path of ['/', '/demande'])
      expect(await (await visitor.get(path)).text()).not.toMatch(/\/rappel|interprète/u);
    const form = formOf(poor, await webApp(poor));
    const care = await form.post('story', VALID.story);
    expect([care.html.includes('name="spoken_language"'), care.html.includes('interprète')]).toEqual([true, false]);
    expect((await visitor.get('/rappel')).status).toBe(404);
    expect((await visitor.post('/rappel', body())).status).toBe(404);
    expect(await poor.owner.selectFrom('interpreter_call').selectAll().execute()).toEqual([]);
    await poor.close();
  });
});

describe('bad input', () => {
  const raw = async (pairs: Pairs, draft = drafted()) =>
    looked(await app.request('http://localhost/rappel', { method: 'POST', headers: FORM, body: encode([['draft', draft], ...pairs]) })); // prettier-ignore

  test.each([
    ['B-01', 'phone', 'phone', []],
    ['B-01', 'phone', 'phone', ['']],
    ['B-15', 'phone', 'phone', ['06 39']],
    ['B-15', 'phone', 'phone', ['<script>alert(1)</script>']],
    ['B-15', 'phone', 'phone', ['1'.repeat(61)]],
    ['B-15', 'phone', 'phone', ['06 39 98 77 66, 06 39 98 77 67']],
    ['B-15', 'phone', 'phone_special', ['17']],
    ['B-15', 'phone', 'phone_special', ['0899 123 456']],
    ['B-03', 'first_name', 'first_name_long', ['é'.repeat(61)]],
    ['B-01', 'spoken_language', 'spoken_language', []],
    ['B-18', 'spoken_language', 'spoken_language', ['fr']],
    ['B-18', 'spoken_language', 'spoken_language', ["ar'; drop table interpreter_call; --"]],
    ['B-01', 'moments', 'moments', []],
    ['B-18', 'moments', 'moments', ['night']],
    ['B-22', 'phone', 'repeated', ['06 39 98 77 66', '06 39 98 77 67']],
    ['B-22', 'moments', 'repeated', ['any', 'morning']],
  ] as const)('%s: %s, « %s » is said beside it, the rest stays', async (_, field, key, values) => {
    const { status, html } = await raw(other(field, ...values));
    expect([status, faultBeside(html, field)]).toEqual([422, message(key)]);
    if (field !== 'first_name') expect(valueOf(html, 'first_name')).toBe(NAME);
    if (values.length === 1 && field === 'phone') expect(valueOf(html, 'phone')).toBe(values[0]);
    expect(await rows()).toEqual([]);
  });

  test('B-21: a field that is not of the form, a draft that is not ours: refused, told, nothing stored', async () => {
    const foreign = await raw([...SENT, ['danger', 'yes']]);
    expect([foreign.status, valueOf(foreign.html, 'first_name')]).toEqual([422, NAME]);
    const expired = await raw(SENT, drafted(Date.now() - 8 * 86_400_000));
    expect([expired.status, valueOf(expired.html, 'first_name')]).toEqual([422, NAME]);
    expect((await raw(SENT, 'x'.repeat(200))).status).toBe(422);
    expect(await rows()).toEqual([]);
  });

  test('B-38: filled as no person fills it, it is kept and marked', async () => {
    await ask(SENT, drafted(Date.now() - 500));
    await ask([...SENT, ['website', 'http://x.example']]);
    expect((await rows()).map(({ doubtful }) => doubtful)).toEqual([true, true]);
  });

  test('C-9: it spends the budget of requests; what was typed stays, and the first answer is given again', async () => {
    const tight = await webApp(town, true, undefined, limitsWith({ request: 1 }));
    const draft = drafted();
    const send = (sealed: string) => new Visitor(tight, '198.51.100.78').post('/rappel', body(SENT, sealed));
    expect((await send(draft)).status).toBe(303);
    const over = await send(drafted());
    expect([over.status, valueOf(await over.text(), 'first_name')]).toEqual([429, NAME]);
    expect((await send(draft)).status).toBe(303);
    // A draft of the request form in which danger was said opens nothing here.
    const feared = sealDraft(town.keys, town.townId, { ...newDraft(Date.now() - 60_000), answers: { danger: 'yes' } });
    expect((await send(feared)).status).toBe(429);
    expect((await rows()).length).toBe(1);
  });
});

describe('the team', () => {
  test('R25, R88: every leader has it among what is to do, reads whom to call, and the reading is written down', async () => {
    await ask();
    const visitor = await at('R1');
    const list = plain(await (await visitor.get('/equipe')).text());
    expect(list).toContain('Appeler avec un interprète');
    expect(list).not.toContain(NAME);
    const read = () => town.owner.selectFrom('case_read').select('id').where('person_id', '=', town.person('R1')).where(sql<boolean>`'interpreter_calls' = any(groups)`).execute(); // prettier-ignore
    const before = (await read()).length;
    const page = plain(await (await visitor.get('/equipe/appels')).text()).replaceAll('\u00a0', ' ');
    for (const said of ['06 39 98 77 66', NAME, 'Tamazight', 'Le matin', 'ne laissez aucun message'])
      expect(page).toContain(said);
    expect((await read()).length).toBe(before + 1);
  });

  test('B-38, R25: a flood of doubtful calls hides no real one, and both pages say how many there are in all', async () => {
    const robot = { spoken_language: 'ar', moments: 'any', phone: '+33639980000', first_name: 'ROBOT' } as const;
    for (let n = 0; n < 101; n += 1)
      await askForCall(town.context('passerelle_web'), { id: town.townId, kid: town.kid }, newDraft(Date.now()).nonce, robot, true); // prettier-ignore
    await ask();
    const visitor = await at('R1');
    const [list, page] = await Promise.all(
      ['/equipe', '/equipe/appels'].map(async (path) => plain(await (await visitor.get(path)).text())),
    );
    for (const said of [list, page]) expect(said).toContain('102 personnes attendent un appel.');
    expect([list?.includes('Tamazight'), page?.includes(NAME)]).toEqual([true, true]);
  });

  test('R42: nobody else: not a mediator, not a coordinator, not by the address either; row-level security has the last word', async () => {
    await ask();
    const [call] = await rows();
    for (const ref of ['M1', 'C1']) {
      const visitor = await at(ref);
      expect((await visitor.get('/equipe/appels')).status).toBe(404);
      expect((await visitor.post(`/equipe/appels/${call?.id}`, { outcome: 'reached' })).status).toBe(404);
      expect(plain(await (await visitor.get('/equipe')).text())).not.toContain('Appeler avec un interprète');
    }
    expect((await rows())[0]?.outcome).toBeNull();
  });

  test('a call that was made leaves the list, once; a choice that is none is refused', async () => {
    await ask();
    const [call] = await rows();
    const visitor = await at('R1');
    const settle = (outcome: string) => visitor.post(`/equipe/appels/${call?.id}`, { outcome });
    expect((await settle('maybe')).status).toBe(422);
    expect((await settle('reached')).status).toBe(303);
    const again = await settle('not_reached');
    expect([again.status, plain(await again.text()).includes('déjà noté')]).toEqual([409, true]);
    expect(plain(await (await visitor.get('/equipe/appels')).text())).toContain('Personne n’attend d’appel.');
    expect((await rows())[0]).toMatchObject({ outcome: 'reached', settled_by: town.person('R1') });
  });

  test('one mail a leader and day, whatever the number of calls, with the requests of that day in it; it names nobody (line 3)', async () => {
    await ask();
    const { caseId } = await submit(town);
    await takeDueSteps(town, caseId);
    await ask();
    const queued = await mails();
    expect(queued.length).toBe(await leaders());
    expect(
      await town.owner.selectFrom('mail').select('id').where('person_id', '=', town.person('R1')).execute(),
    ).toHaveLength(1);
    const server = await startLyingSmtp();
    const ctx = mailContext(town, server.url);
    for (const { id } of queued) await sendMail(ctx, town.townId, id);
    const texts = await Promise.all([...server.stored.values()].flat().map((mail) => simpleParser(mail.raw)));
    expect(texts.length).toBe(queued.length);
    expect(new Set(texts.map(({ subject }) => subject))).toEqual(
      new Set([
        'Une demande vous attend – lundi 11 janvier',
        'Un appel avec un interprète vous attend – lundi 11 janvier',
      ]),
    );
    for (const { subject, text, html } of texts) {
      expect(`${subject}${text}${html}`).not.toMatch(/CANARI|99 ?87 ?76|amazight|zgh/);
      expect(text?.replaceAll('\u00a0', ' ')).toContain('Appels avec un interprète : quelqu’un attend d’être appelé.');
    }
    await ctx.smtp.close();
    await server.close();
  });
});

test('line 3, T-25: neither number nor name is printed by the web that took them', async () => {
  await ask();
  await new Visitor(app).post('/rappel', body(other('phone', `${CANARY}x`)));
  expect(printed.join('')).toContain('call_form_refused');
  expect(printed.join('')).not.toMatch(new RegExp(`${CANARY}|${NAME}|99 ?87 ?76`));
});

// Business time only grows: what moves the clock comes last.

test('due and not made: the night says it again each day, to the opening; made, nobody hears of it', async () => {
  await ask();
  const clock = new TownClock(town);
  await clock.to(new Date('2027-01-12T03:15:00Z'));
  await night();
  expect((await mails()).length).toBe(await leaders());
  await clock.to(new Date('2027-01-13T03:15:00Z'));
  await night();
  const due = (await mails()).filter(({ reminder_day: day }) => day === '2027-01-13');
  expect(due.length).toBe(await leaders());
  for (const { not_before: at } of due) expect(at.toISOString()).toBe('2027-01-13T08:21:00.000Z');
  await town.owner.updateTable('interpreter_call').set({ outcome: 'reached', settled_by: town.person('R1'), settled_at: new Date('2027-01-13T09:00:00Z') }).execute(); // prettier-ignore
  await clock.to(new Date('2027-01-14T03:15:00Z'));
  await night();
  expect((await mails()).some(({ reminder_day: day }) => day === '2027-01-14')).toBe(false);
  // Said no more in a mail that was waiting either.
  const ctx = mailContext(town, 'smtp://127.0.0.1:1');
  await clock.to(new Date('2027-01-14T09:00:00Z'));
  // Those of past days become one of today.
  for (let pass = 0; pass < 2; pass += 1) for (const { id } of await mails()) await sendMail(ctx, town.townId, id);
  expect((await mails()).map(({ state }) => state)).toEqual(Array(await leaders()).fill('cancelled'));
  await ctx.smtp.close();
});

test('spec §4.4: what waited while the server was away is said once, in the mail of the day it leaves', async () => {
  await ask();
  const waiting = await mails();
  const clock = new TownClock(town);
  await clock.to(new Date('2027-01-18T09:00:00Z'));
  const ctx = mailContext(town, 'smtp://127.0.0.1:1');
  const policy = await ctx.policies.of(town.townId);
  for (const { id } of waiting) expect(await claimMail(ctx, policy, town.townId, id)).toBeUndefined();
  expect((await mails()).map(({ reminder_day: day, state }) => `${day} ${state}`)).toEqual(
    Array(await leaders()).fill('2027-01-18 queued'),
  );
  await ctx.smtp.close();
});

test('a closed day brings no second mail: Saturday, Sunday and Monday say it once, on Monday', async () => {
  await ask();
  const clock = new TownClock(town);
  for (const day of ['23', '24', '25']) {
    await clock.to(new Date(`2027-01-${day}T03:15:00Z`));
    await night();
  }
  const due = await mails();
  const monday = new Date('2027-01-25T08:21:00Z').getTime();
  expect(due.filter(({ not_before: at }) => at.getTime() === monday).length).toBe(await leaders());
});

test('§3.5: the number goes seven days after the call, three months after it was given at the latest, with its key', async () => {
  await ask();
  await ask();
  const [first] = await rows();
  const clock = new TownClock(town);
  const called = (await clock.now()).getTime();
  await town.owner.updateTable('interpreter_call').set({ outcome: 'reached', settled_by: town.person('R1'), settled_at: new Date(called) }).where('id', '=', first?.id ?? '').execute(); // prettier-ignore
  const kept = async () => (await rows()).filter(({ phone }) => phone !== null).length;
  const nightAfter = async (days: number) => {
    await clock.to(new Date(called + days * 86_400_000));
    await night();
    return kept();
  };
  expect(await nightAfter(6.9)).toBe(2);
  expect(await nightAfter(8)).toBe(1);
  expect((await rows()).find(({ id }) => id === first?.id)).toMatchObject({ phone: null, first_name: null, wrapped_key: null, language: 'zgh' }); // prettier-ignore
  expect(await nightAfter(85)).toBe(1);
  expect(await nightAfter(93)).toBe(0);
});

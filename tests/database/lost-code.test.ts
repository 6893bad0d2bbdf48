import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MailContext } from '../../src/mail/mail-context.ts';
import { sendMail } from '../../src/mail/send-mail.command.ts';
import { limitsWith } from '../support/limits.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let server: LyingSmtp;
let ctx: MailContext;
beforeAll(async () => {
  town = await testTown('lost');
  app = await webApp(town);
});
afterAll(() => town.close());
beforeEach(async () => {
  server = await startLyingSmtp();
  ctx = mailContext(town, server.url);
});
afterEach(async () => {
  await ctx.smtp.close();
  await server.close();
});

const EMAIL = 'rosa@courriel.example';
async function ask(visitor: Visitor, number: string, email = EMAIL): Promise<Response> {
  return visitor.post('/suivi/code-perdu', { number, email });
}
const type = (visitor: Visitor, code: string) => visitor.post('/suivi/code-court', { code });

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const until = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > until) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
/** The work that goes on after the answer: until this request has been asked for that often. */
async function askedTimes(caseId: string, times: number): Promise<void> {
  await eventually(async () => {
    const found = await sql<{ n: string }>`
      select count(*) as n from case_event where case_id = ${caseId} and code = 'code_asked'`.execute(town.owner);
    return Number(found.rows[0]?.n) >= times || undefined;
  });
}
async function mailsOf(caseId: string) {
  return town.owner
    .selectFrom('mail')
    .select(['id', 'state', 'message_id as messageId'])
    .where('case_id', '=', caseId)
    .where('template', '=', 'short_code')
    .orderBy('created_at')
    .execute();
}
const openTasks = async (caseId: string) =>
  town.owner
    .selectFrom('deadline')
    .select(['kind', 'reason'])
    .where('case_id', '=', caseId)
    .where('kind', 'like', 'task%')
    .where('state', '=', 'open')
    .execute();

/** Sends what waits for this request and reads the code in it. */
async function receivedCode(caseId: string): Promise<string> {
  const waiting = (await mailsOf(caseId)).filter(({ state }) => state === 'queued');
  for (const { id } of waiting) await sendMail(ctx, town.townId, id);
  const messageId = waiting.at(-1)?.messageId ?? '';
  const { text = '' } = await simpleParser(server.stored.get(messageId)?.[0]?.raw ?? '');
  return /Code court\s:\s([0-9A-Z]{4}-[0-9A-Z]{4})/u.exec(text)?.[1] ?? '';
}
async function askedAndReceived(): Promise<{ visitor: Visitor; caseId: string; old: string; code: string }> {
  const { caseId, number, code: old = '' } = await submit(town);
  const visitor = new Visitor(app);
  await ask(visitor, number);
  await askedTimes(caseId, 1);
  return { visitor, caseId, old, code: await receivedCode(caseId) };
}

describe('a person who lost the code', () => {
  test('number and address, a short code by mail, the page that replaces the code', async () => {
    const { visitor, caseId, old, code } = await askedAndReceived();
    const raw = [...server.stored.values()].flat()[0]?.raw ?? '';
    const mail = await simpleParser(raw);
    expect(mail.to && 'text' in mail.to ? mail.to.text : '').toBe(EMAIL);
    expect(`${mail.text}${String(mail.html)}`).not.toMatch(/https?:|href/);
    expect((await type(visitor, code.toLowerCase().replace('-', ' '))).headers.get('location')).toBe(
      '/suivi/remplacer',
    );
    const page = await (await visitor.get('/suivi/remplacer')).text();
    const done = await visitor.post('/suivi/remplacer', { choice: 'replace', new: hiddenOf(page, 'new') });
    expect(done.headers.get('location')).toBe('/suivi/nouveau-code');
    expect(await (await visitor.get('/suivi/nouveau-code')).text()).toContain('class="code-group"');
    expect((await new Visitor(app).post('/suivi', { code: old })).status).toBe(422);
    const events = await town.owner
      .selectFrom('case_event')
      .select(['code', 'data'])
      .where('case_id', '=', caseId)
      .orderBy('seq')
      .execute();
    expect(events.filter(({ code: known }) => known.startsWith('code_'))).toEqual([
      { code: 'code_asked', data: { sent: true } },
      { code: 'code_replaced', data: { by: 'mail' } },
    ]);
  });

  test('the permit opens the page that replaces the code and nothing else', async () => {
    const { visitor, code, old } = await askedAndReceived();
    await type(visitor, code);
    expect((await visitor.get('/suivi/remplacer')).status).toBe(200);
    expect((await visitor.get('/suivi/demande')).status).toBe(403);
    expect((await visitor.post('/suivi/message', { message: 'Bonjour' })).status).toBe(403);
    expect((await visitor.post('/suivi/arreter', { choice: 'stop' })).status).toBe(403);
    expect((await visitor.post('/suivi/courriel', { choice: 'remove' })).status).toBe(403);
    // Kept after all: the old code still opens, and what it opens is now what this browser may replace.
    const page = await (await visitor.get('/suivi/remplacer')).text();
    expect(
      (await visitor.post('/suivi/remplacer', { choice: 'keep', new: hiddenOf(page, 'new') })).headers.get('location'),
    ).toBe('/suivi');
    expect((await visitor.get('/suivi/remplacer')).status).toBe(403);
    expect((await new Visitor(app).post('/suivi', { code: old })).status).toBe(303);
  });

  test('P-20: right, wrong and foreign pairs get the same answer, and only the right one a mail', async () => {
    const mine = await submit(town);
    const other = await submit(town, { email: 'autre@courriel.example' });
    const withoutMail = await submit(town, { email: null, contactWays: ['phone'] });
    const seen: string[] = [];
    for (const [number, email] of [
      [mine.number, EMAIL.toUpperCase()],
      [mine.number, 'autre@courriel.example'],
      [other.number, EMAIL],
      [withoutMail.number, EMAIL],
      ['MS-2027-99999', EMAIL],
    ] as const) {
      const visitor = new Visitor(app);
      const answer = await ask(visitor, number, email);
      const headers = [...answer.headers]
        .filter(([name]) => name !== 'set-cookie')
        .toSorted(([a], [b]) => a.localeCompare(b));
      const cookie = (answer.headers.get('set-cookie') ?? '').replace(/=[^;]+/, '');
      const wrong = await type(visitor, '0000-0000');
      seen.push(
        JSON.stringify([answer.status, headers, cookie, await answer.text(), wrong.status, await wrong.text()]),
      );
    }
    expect(new Set(seen).size).toBe(1);
    await askedTimes(mine.caseId, 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const sent = await Promise.all(
      [mine, other, withoutMail].map(async ({ caseId }) => (await mailsOf(caseId)).length),
    );
    expect(sent).toEqual([1, 0, 0]);
  });

  test('T-19: the answer does not wait for what a fitting pair sets going', async () => {
    const { number, caseId } = await submit(town);
    await town.owner.transaction().execute(async (tx) => {
      await sql`select 1 from mediation_case where id = ${caseId} for update`.execute(tx);
      expect((await ask(new Visitor(app), number)).status).toBe(303);
    });
    await askedTimes(caseId, 1);
  });

  test('what cannot be a number or an address is said beside its field, and asks nothing', async () => {
    const answer = await ask(new Visitor(app), 'MS 2027', 'rosa');
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('id="number-error"');
    expect(page).toContain('id="email-error"');
    expect(page).toContain('value="MS 2027"');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});

describe('the short code', () => {
  test('T-16: works in the browser that asked only', async () => {
    const { visitor, code } = await askedAndReceived();
    const forwarded = new Visitor(app);
    const refused = await type(forwarded, code);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('ne marche pas');
    await ask(forwarded, 'MS-2027-99999');
    expect((await type(forwarded, code)).status).toBe(422);
    expect((await type(visitor, code)).status).toBe(303);
  });

  test('T-21: 50 at once open one permit, and it does not work twice', async () => {
    const { visitor, code, caseId } = await askedAndReceived();
    const answers = await Promise.all(Array.from({ length: 50 }, () => type(visitor.copy(), code)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect((await type(visitor, code)).status).toBe(422);
    const permits = await sql`select id from access where case_id = ${caseId} and purpose = 'replace_permit'`.execute(
      town.owner,
    );
    expect(permits.rows).toHaveLength(1);
  });

  test('five tries, then not even the right one', async () => {
    const { visitor, code } = await askedAndReceived();
    for (let n = 0; n < 5; n += 1) expect((await type(visitor, '0000-0000')).status).toBe(422);
    expect((await type(visitor, code)).status).toBe(422);
  });

  test('lives ten minutes of real time: a jump of the town’s clock changes nothing', async () => {
    const first = await askedAndReceived();
    await new TownClock(town).forward(1);
    expect((await type(first.visitor, first.code)).status).toBe(303);
    const second = await askedAndReceived();
    await sql`update access set expires_at = expires_at - interval '10 minutes' where case_id = ${second.caseId} and purpose = 'mail_code'`.execute(
      town.owner,
    );
    expect((await type(second.visitor, second.code)).status).toBe(422);
  });

  test('is stored as a hash, and the ledger holds neither code nor address', async () => {
    const { caseId, code } = await askedAndReceived();
    const rows = await sql<{ all: string }>`
      select (select jsonb_agg(a) from access a where case_id = ${caseId})::text || (select jsonb_agg(m) from mail m where case_id = ${caseId})::text
        || (select jsonb_agg(e) from case_event e where case_id = ${caseId})::text as all`.execute(town.owner);
    const bare = code.replace('-', '');
    expect(rows.rows[0]?.all).not.toMatch(new RegExp(`${bare}|${code}|rosa`, 'i'));
  });

  test('T-20: ten times asked gives three mails, and the newest code is the one that works', async () => {
    const { caseId, number } = await submit(town);
    const visitor = new Visitor(app);
    const codes: string[] = [];
    for (let n = 1; n <= 10; n += 1) {
      const before = visitor.cookie('perdu');
      expect((await ask(visitor, number)).status).toBe(303);
      expect(visitor.cookie('perdu')).not.toBe(before);
      if (n <= 3) {
        await askedTimes(caseId, n);
        codes.push(await receivedCode(caseId));
      }
      if (n === 3) {
        expect((await type(visitor, codes[0] ?? '')).status).toBe(422);
        expect((await type(visitor, codes[2] ?? '')).status).toBe(303);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await mailsOf(caseId)).toHaveLength(3);
    expect(new Set(codes).size).toBe(3);
  });
});

describe('R81, R85, R98: where nothing may be written', () => {
  const cases: [string, Parameters<typeof submit>[1], string][] = [
    ['danger', { danger: true }, 'danger'],
    ['a minor', { ageGroup: 'minor' }, 'minor'],
    ['« ne pas m’écrire »', { precautions: ['do_not_write'] }, 'asked_not_to_write'],
  ];
  test.each(cases)(
    '%s: no mail, one call task however often it is asked, the same answer',
    async (_name, change, reason) => {
      const { caseId, number } = await submit(town, change);
      for (let n = 0; n < 3; n += 1)
        expect((await ask(new Visitor(app), number)).headers.get('location')).toBe('/suivi/code-court');
      await askedTimes(caseId, 1);
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await mailsOf(caseId)).toEqual([]);
      expect((await openTasks(caseId)).filter((task) => task.reason === 'short_code')).toEqual([
        { kind: 'task_call_requester', reason: 'short_code' },
      ]);
      const [event] = await town.owner
        .selectFrom('case_event')
        .select('data')
        .where('case_id', '=', caseId)
        .where('code', '=', 'code_asked')
        .execute();
      expect(event?.data).toEqual({ sent: false, reason });
    },
  );

  test('danger raised while the mail waits: it does not leave, and nobody is asked to call about it', async () => {
    const { caseId, number } = await submit(town);
    await ask(new Visitor(app), number);
    await askedTimes(caseId, 1);
    await town.owner.updateTable('mediation_case').set({ danger: true }).where('id', '=', caseId).execute();
    expect(await receivedCode(caseId)).toBe('');
    expect((await mailsOf(caseId)).map(({ state }) => state)).toEqual(['cancelled']);
    expect(await openTasks(caseId)).toEqual([]);
  });

  test('a mail that waited longer than its code lives does not leave any more', async () => {
    const { caseId, number } = await submit(town);
    await ask(new Visitor(app), number);
    await askedTimes(caseId, 1);
    await sql`update access set expires_at = expires_at - interval '10 minutes' where case_id = ${caseId} and purpose = 'mail_code'`.execute(
      town.owner,
    );
    expect(await receivedCode(caseId)).toBe('');
    expect((await mailsOf(caseId)).map(({ state }) => state)).toEqual(['cancelled']);
    expect(await openTasks(caseId)).toEqual([]);
  });

  test('an outcome nobody knows leaves no task: the code is simply asked for again', async () => {
    const { caseId, number } = await submit(town);
    await ask(new Visitor(app), number);
    await askedTimes(caseId, 1);
    server.lie('dot', { drop: true });
    await receivedCode(caseId);
    expect((await mailsOf(caseId)).map(({ state }) => state)).toEqual(['unknown']);
    expect(await openTasks(caseId)).toEqual([]);
  });
});

test('T-20, T-43: asking and trying are slowed by source, and what was typed stays', async () => {
  const narrow = await webApp(
    town,
    false,
    undefined,
    limitsWith({ lost_code_by_address: 2, short_code_by_address: 2 }),
  );
  const visitor = new Visitor(narrow, '198.51.100.9');
  for (let n = 0; n < 2; n += 1) expect((await ask(visitor, 'MS-2027-99999')).status).toBe(303);
  const over = await ask(visitor, 'MS-2027-99999');
  expect(over.status).toBe(429);
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await over.text()).toContain('value="MS-2027-99999"');
  for (let n = 0; n < 2; n += 1) expect((await type(visitor, '0000-0000')).status).toBe(422);
  expect((await type(visitor, '0000-0000')).status).toBe(429);
  expect((await ask(new Visitor(narrow, '203.0.113.9'), 'MS-2027-99999')).status).toBe(303);
});

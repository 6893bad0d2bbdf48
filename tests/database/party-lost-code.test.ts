import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { MailContext } from '../../src/mail/mail-context.ts';
import { sendMail } from '../../src/mail/send-mail.command.ts';
import { removePartyEmail } from '../../src/parties/remove-party-email.command.ts';
import { Carried, NO } from '../support/agreements.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext } from '../support/mails.ts';
import { codeOfParty } from '../support/party-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// C-2, R29: the other party that lost its code gets another by mail, as the requester does.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let server: LyingSmtp;
let ctx: MailContext;
beforeAll(async () => {
  town = await testTown('party-lost');
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

const SPACE = '/suivi/participation';
const FARID = 'farid@courriel.example';
async function invited(email = FARID) {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({}, { email });
  const { number } = await town.owner.selectFrom('mediation_case').select('number').where('id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
  return { carried, caseId, number, partyId: await carried.partyId('other') };
}
const ask = (visitor: Visitor, number: string, email = FARID) => visitor.post('/suivi/code-perdu', { number, email });
const type = (visitor: Visitor, code: string) => visitor.post('/suivi/code-court', { code });
const mailsOf = async (caseId: string) =>
  town.owner
    .selectFrom('mail')
    .select(['id', 'state', 'party_id as partyId', 'message_id as messageId'])
    .where('case_id', '=', caseId)
    .where('template', '=', 'short_code')
    .orderBy('created_at')
    .execute();
const askedTimes = (caseId: string, times: number) =>
  vi.waitUntil(
    async () => {
      const found = await sql<{ n: number }>`
        select count(*)::int as n from case_event where case_id = ${caseId} and code = 'code_asked'`.execute(
        town.owner,
      );
      return (found.rows[0]?.n ?? 0) >= times;
    },
    { timeout: 10_000 },
  );
async function receivedCode(caseId: string): Promise<{ code: string; to: string; subject: string }> {
  const waiting = (await mailsOf(caseId)).filter(({ state }) => state === 'queued');
  for (const { id } of waiting) await sendMail(ctx, town.townId, id);
  const raw = server.stored.get(waiting.at(-1)?.messageId ?? '')?.[0]?.raw ?? '';
  const { text = '', to, subject = '' } = await simpleParser(raw);
  const code = /Code court\s:\s([0-9A-Z]{4}-[0-9A-Z]{4})/u.exec(text)?.[1] ?? '';
  return { code, to: to && 'text' in to ? to.text : '', subject };
}

test('number and address, a short code by mail, the page that replaces the code; the old one opens nothing, and the owner is told', async () => {
  const { caseId, number, partyId } = await invited();
  const old = await codeOfParty(town, partyId);
  const visitor = new Visitor(app);
  expect((await ask(visitor, number)).headers.get('location')).toBe('/suivi/code-court');
  await askedTimes(caseId, 1);
  const mail = await receivedCode(caseId);
  expect([mail.to, mail.subject.replaceAll(/\s/gu, ' ')]).toEqual([FARID, `Médiation n° ${number}`]);
  expect((await type(visitor, mail.code)).headers.get('location')).toBe(`${SPACE}/remplacer`);
  // The permit opens that page and nothing else.
  for (const path of [SPACE, '/suivi/demande', '/suivi/remplacer', '/suivi/droits'])
    expect([path, (await visitor.get(path)).status]).toEqual([path, 403]);
  const page = await (await visitor.get(`${SPACE}/remplacer`)).text();
  const done = await visitor.post(`${SPACE}/remplacer`, { choice: 'replace', new: hiddenOf(page, 'new') });
  expect(done.headers.get('location')).toBe(`${SPACE}/nouveau-code`);
  expect((await visitor.get(`${SPACE}/nouveau-code`)).status).toBe(200);
  expect((await new Visitor(app).post('/suivi', { code: old })).status).toBe(422);
  const again = await new Visitor(app).post('/suivi', { code: await codeOfParty(town, partyId) });
  expect(again.headers.get('location')).toBe(SPACE);
  expect((await visitor.get(`${SPACE}/remplacer`)).status).toBe(403);
  const events = await town.owner.selectFrom('case_event').select(['code', 'actor', 'data']).where('case_id', '=', caseId).where('code', 'like', 'code_%').orderBy('seq').execute(); // prettier-ignore
  expect(events).toMatchObject([
    { code: 'code_asked', actor: 'party', data: { sent: true, party: partyId } },
    { code: 'code_replaced', actor: 'party', data: { by: 'mail' } },
  ]);
  const told = await town.owner.selectFrom('mail').select('party_id as partyId').where('case_id', '=', caseId).where('template', '=', 'code_replaced').execute(); // prettier-ignore
  expect(told).toEqual([{ partyId }]);
});

test('P-20: right, wrong and foreign pairs get the same answer, and only the right one a mail', async () => {
  const mine = await invited();
  const other = await invited('autre@courriel.example');
  const seen: string[] = [];
  for (const [number, email] of [
    [mine.number, FARID.toUpperCase()],
    [mine.number, 'autre@courriel.example'],
    [other.number, FARID],
    ['MS-2027-99999', FARID],
  ] as const) {
    const visitor = new Visitor(app);
    const answer = await ask(visitor, number, email);
    const headers = [...answer.headers]
      .filter(([name]) => name !== 'set-cookie')
      .map(String)
      .toSorted();
    const wrong = await type(visitor, '0000-0000');
    seen.push(JSON.stringify([answer.status, headers, await answer.text(), wrong.status, await wrong.text()]));
  }
  expect(new Set(seen).size).toBe(1);
  await askedTimes(mine.caseId, 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect([(await mailsOf(mine.caseId)).length, (await mailsOf(other.caseId)).length]).toEqual([1, 0]);
});

test('T-19: the answer does not wait for what a fitting pair sets going', async () => {
  const { caseId, number } = await invited();
  await town.owner.transaction().execute(async (tx) => {
    await sql`select 1 from mediation_case where id = ${caseId} for update`.execute(tx);
    expect((await ask(new Visitor(app), number)).status).toBe(303);
  });
  await askedTimes(caseId, 1);
});

test('T-16, T-20, T-21: one browser, five tries, three mails, once', async () => {
  const { caseId, number } = await invited();
  const visitor = new Visitor(app);
  for (let times = 1; times <= 3; times += 1) {
    await ask(visitor, number);
    await askedTimes(caseId, times);
  }
  await ask(visitor, number);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await mailsOf(caseId)).toHaveLength(3);
  const fresh = await invited();
  const browser = new Visitor(app);
  await ask(browser, fresh.number);
  await askedTimes(fresh.caseId, 1);
  const { code } = await receivedCode(fresh.caseId);
  expect((await type(new Visitor(app), code)).status).toBe(422);
  const answers = await Promise.all(Array.from({ length: 20 }, () => type(browser.copy(), code)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  const last = await invited();
  const stubborn = new Visitor(app);
  await ask(stubborn, last.number);
  await askedTimes(last.caseId, 1);
  const right = (await receivedCode(last.caseId)).code;
  for (let n = 0; n < 5; n += 1) await type(stubborn, '0000-0000');
  expect((await type(stubborn, right)).status).toBe(422);
});

test('the requester of the same number is served first; a party that said no may still ask; an address taken back or erased opens nothing', async () => {
  const shared = await invited('rosa@courriel.example');
  await ask(new Visitor(app), shared.number, 'rosa@courriel.example');
  await askedTimes(shared.caseId, 1);
  expect(await mailsOf(shared.caseId)).toMatchObject([{ partyId: null }]);

  const refused = await invited();
  await refused.carried.says('other', NO);
  await ask(new Visitor(app), refused.number);
  await askedTimes(refused.caseId, 1);
  expect((await receivedCode(refused.caseId)).code).not.toBe('');

  const gone = await invited();
  await removePartyEmail(town.context('passerelle_web'), { townId: town.townId, caseId: gone.caseId, partyId: gone.partyId }); // prettier-ignore
  await ask(new Visitor(app), gone.number);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await mailsOf(gone.caseId)).toEqual([]);
});

test('R98: where nothing may be written somebody is asked to call, once', async () => {
  const { caseId, number } = await invited();
  await town.owner.updateTable('party_identity').set({ precautions: ['do_not_write'] }).where('case_id', '=', caseId).execute(); // prettier-ignore
  for (let n = 0; n < 2; n += 1) await ask(new Visitor(app), number);
  await askedTimes(caseId, 1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const tasks = await town.owner.selectFrom('deadline').select('kind').where('case_id', '=', caseId).where('reason', '=', 'short_code').execute(); // prettier-ignore
  expect(tasks).toEqual([{ kind: 'task_call_party' }]);
});

test('T-17: whoever types a code next in the same browser replaces their own, not the one somebody else was permitted to', async () => {
  const [mine, next] = [await invited(), await invited('autre@courriel.example')];
  const visitor = new Visitor(app);
  await ask(visitor, mine.number);
  await askedTimes(mine.caseId, 1);
  await type(visitor, (await receivedCode(mine.caseId)).code);
  const before = await codeOfParty(town, mine.partyId);
  await visitor.post('/suivi', { code: await codeOfParty(town, next.partyId) });
  const offer = hiddenOf(await (await visitor.get(`${SPACE}/remplacer`)).text(), 'new');
  await visitor.post(`${SPACE}/remplacer`, { choice: 'replace', new: offer });
  expect(await codeOfParty(town, mine.partyId)).toBe(before);
});

test('C-3: an address that is taken back opens nothing any more, by a short code on its way or by the permit it gave', async () => {
  const { caseId, number, partyId } = await invited();
  const [permitted, late] = [new Visitor(app), new Visitor(app)];
  await ask(permitted, number);
  await askedTimes(caseId, 1);
  await type(permitted, (await receivedCode(caseId)).code);
  expect((await permitted.get(`${SPACE}/remplacer`)).status).toBe(200);
  await ask(late, number);
  await askedTimes(caseId, 2);
  const { code } = await receivedCode(caseId);
  const owner = new Visitor(app);
  await owner.post('/suivi', { code: await codeOfParty(town, partyId) });
  expect((await owner.post(`${SPACE}/courriel`, { choice: 'remove' })).status).toBe(303);
  expect((await type(late, code)).status).toBe(422);
  expect((await permitted.get(`${SPACE}/remplacer`)).status).toBe(403);
});

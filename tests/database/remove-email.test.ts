import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askQuestion } from '../../src/cases/triage.command.ts';
import { askShortCode } from '../../src/follow/ask-short-code.command.ts';
import type { MailContext } from '../../src/mail/mail-context.ts';
import { sendMail } from '../../src/mail/send-mail.command.ts';
import { caseView } from '../../src/staff/case-view.query.ts';
import { worklist } from '../../src/staff/worklist.query.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext, mailRow, queueMail, takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let server: LyingSmtp;
let ctx: MailContext;
beforeAll(async () => {
  town = await testTown('email');
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

const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const reader = () => ({ ...leader(), name: 'R1', roles: ['team_leader' as const] });
async function entered(
  change: Parameters<typeof submit>[1] = {},
): Promise<{ visitor: Visitor; caseId: string; number: string }> {
  const { code = '', caseId, number } = await submit(town, change);
  const visitor = new Visitor(app);
  await visitor.post('/suivi', { code });
  return { visitor, caseId, number };
}
const remove = (visitor: Visitor) => visitor.post('/suivi/courriel', { choice: 'remove' });
const identity = (caseId: string) =>
  town.owner.selectFrom('case_identity').selectAll().where('case_id', '=', caseId).executeTakeFirstOrThrow();
const openTasks = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('deadline')
      .select('kind')
      .where('case_id', '=', caseId)
      .where('kind', 'like', 'task%')
      .where('state', '=', 'open')
      .execute()
  ).map(({ kind }) => kind);

describe('C-3, R98: the person takes the e-mail address back', () => {
  test('the address and its hash are gone, the phone stays, the page says so and offers it no more', async () => {
    const { visitor, caseId } = await entered();
    expect(await (await visitor.get('/suivi/demande')).text()).toContain('href="/suivi/courriel"');
    const answer = await remove(visitor);
    expect(answer.headers.get('location')).toBe('/suivi/demande?enlevee');
    const page = await (await visitor.get('/suivi/demande?enlevee')).text();
    expect(page).toContain('Votre adresse est enlevée.');
    expect(page).not.toContain('href="/suivi/courriel"');
    const row = await identity(caseId);
    expect(row).toMatchObject({ email: null, email_hash: null, contact_ways: ['phone'] });
    expect(row.phone).not.toBeNull();
  });

  test('what waited to leave is cancelled in the same transaction, mails to the team are not', async () => {
    const { visitor, caseId } = await entered();
    const mine = await queueMail(town, { template: 'question', caseId, personId: null });
    const uncertain = await queueMail(town, { template: 'redirected', caseId, personId: null });
    await town.owner.updateTable('mail').set({ state: 'unknown' }).where('id', '=', uncertain).execute();
    const theirs = await queueMail(town, { template: 'assignment', caseId, personId: town.person('R1') });
    await remove(visitor);
    expect((await mailRow(town, mine)).state).toBe('cancelled');
    expect((await mailRow(town, uncertain)).state).toBe('unknown');
    expect((await mailRow(town, theirs)).state).toBe('queued');
  });

  test('nothing is written afterwards: a receipt still owed, a question, a mail sent again come to nobody’s mailbox', async () => {
    const { visitor, caseId } = await entered();
    const uncertain = await queueMail(town, { template: 'closed', caseId, personId: null });
    await town.owner.updateTable('mail').set({ state: 'unknown' }).where('id', '=', uncertain).execute();
    await remove(visitor);
    await takeDueSteps(town, caseId);
    await askQuestion(town.context('passerelle_web'), leader(), { caseId, question: 'Quand vous appeler ?' });
    await takeDueSteps(town, caseId);
    await town.owner.updateTable('mail').set({ state: 'queued' }).where('id', '=', uncertain).execute();
    await sendMail(ctx, town.townId, uncertain);
    const mails = await town.owner
      .selectFrom('mail')
      .select('state')
      .where('case_id', '=', caseId)
      .where('person_id', 'is', null)
      .execute();
    expect(mails.map(({ state }) => state)).toEqual(['cancelled']);
    expect(server.connections()).toBe(0);
    expect(await openTasks(caseId)).toContain('task_call_requester');
  });

  test('the team is told: a thing to do in the worklist, a line on the case, no address left on it', async () => {
    const { visitor, caseId } = await entered();
    await remove(visitor);
    expect(await openTasks(caseId)).toEqual(['task_note_email_removed']);
    const { entries } = await worklist(town.context('passerelle_web'), reader());
    expect(entries.find((entry) => entry.caseId === caseId && entry.kind === 'task_note_email_removed')).toMatchObject({
      mine: true,
    });
    const view = await caseView(town.context('passerelle_web'), reader(), caseId);
    expect(view.identity).toMatchObject({ email: undefined, ways: ['phone'] });
    expect(view.events.at(0)).toMatchObject({ code: 'email_removed', data: {} });
  });

  test('a short code mailed to it no longer works, and no other can be asked for', async () => {
    const { visitor, caseId, number } = await entered();
    const lost = { number, email: 'rosa@courriel.example' };
    const web = town.context('passerelle_web');
    await askShortCode(web, town.townId, lost, 'browser');
    await remove(visitor);
    const live = await town.owner
      .selectFrom('access')
      .select('purpose')
      .where('case_id', '=', caseId)
      .where('ended_at', 'is', null)
      .execute();
    expect(live.map(({ purpose }) => purpose).toSorted()).toEqual(['case_code', 'follow_session']);
    await askShortCode(web, town.townId, lost, 'browser');
    const mails = await town.owner
      .selectFrom('mail')
      .select('state')
      .where('case_id', '=', caseId)
      .where('template', '=', 'short_code')
      .execute();
    expect(mails).toEqual([{ state: 'cancelled' }]);
  });

  test('C-6: without a choice nothing changes; twice is harmless; a request that has ended makes no task', async () => {
    const { visitor, caseId } = await entered();
    expect((await visitor.post('/suivi/courriel', {})).status).toBe(422);
    expect((await visitor.post('/suivi/courriel', { choice: 'keep' })).headers.get('location')).toBe('/suivi/demande');
    expect((await identity(caseId)).email).not.toBeNull();
    await Promise.all([remove(visitor), remove(visitor.copy())]);
    const events = await town.owner
      .selectFrom('case_event')
      .select('code')
      .where('case_id', '=', caseId)
      .where('code', '=', 'email_removed')
      .execute();
    expect(events).toHaveLength(1);
    const ended = await entered();
    await ended.visitor.post('/suivi/arreter', { choice: 'stop' });
    const before = await openTasks(ended.caseId);
    await remove(ended.visitor);
    expect(await openTasks(ended.caseId)).toEqual(before);
    expect((await identity(ended.caseId)).email).toBeNull();
  });

  test('without a code it cannot be done', async () => {
    const { caseId } = await entered();
    expect((await remove(new Visitor(app))).status).toBe(403);
    expect((await identity(caseId)).email).not.toBeNull();
  });
});

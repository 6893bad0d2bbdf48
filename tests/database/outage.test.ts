import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { localDay } from '../../src/calendar/town-calendar.ts';
import { sendMessage } from '../../src/follow/send-message.command.ts';
import { dueMails } from '../../src/mail/due-mails.query.ts';
import { sendMail } from '../../src/mail/send-mail.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { answerRequest } from '../../src/partners/partner-side.command.ts';
import { Carried } from '../support/agreements.ts';
import { submit } from '../support/request.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { letLeasesEnd, mailContext, takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// Quiet hours and one mail a day survive a mail server or a worker that was away (spec §4.4, invariants 5 and 6 of §4.13).

let town: TestTown;
let clock: TownClock;
let server: LyingSmtp;
beforeAll(async () => {
  town = await testTown('outage');
  clock = new TownClock(town);
});
afterAll(() => town.close());
beforeEach(async () => {
  server = await startLyingSmtp();
  await town.owner.updateTable('mail').set({ state: 'cancelled' }).where('state', '=', 'queued').execute();
  return () => server.close();
});

const at = (local: string) => clock.to(new Date(`${local}+01:00`));

async function asked(code: string, urgency: 'standard' | 'urgent' = 'standard') {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const { id: organisationId } = await town.owner
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  const requestId = await askPartner(carried.web, carried.mediator(), {
    caseId,
    organisationId,
    urgency,
    question: 'Quand ?',
  });
  const { id: contactId, email } = await town.owner
    .selectFrom('organisation_contact')
    .select(['id', 'email'])
    .where('organisation_id', '=', organisationId)
    .where('position', '=', 'referent')
    .executeTakeFirstOrThrow();
  return { carried, caseId, requestId, email, seat: { townId: town.townId, contactId, organisationId, requestId } };
}

/** What the pump would send now. `up`: the mail server answers. */
async function send(up = true): Promise<void> {
  await letLeasesEnd(town);
  const ctx = mailContext(town, up ? server.url : 'smtp://127.0.0.1:1');
  for (let round = 0; round < 3; round += 1)
    for (const mail of await dueMails(ctx.db, 100)) await sendMail(ctx, mail.town_id, mail.id);
  await ctx.smtp.close();
}
const mailsTo = async (email: string) =>
  Promise.all(
    [...server.stored.values()]
      .flat()
      .filter(({ to }) => to.includes(email))
      .map(({ raw }) => simpleParser(raw)),
  );
const dueOf = async (requestId: string) =>
  (
    await town.owner
      .selectFrom('partner_request')
      .select('due_day')
      .where('id', '=', requestId)
      .executeTakeFirstOrThrow()
  ).due_day;

describe('§4.4: the server is away over a week-end', () => {
  test('reminders wait for Monday, and two days of them are one mail with every request once', async () => {
    await at('2027-01-11T10:30:00');
    const one = await asked('O11');
    await takeDueSteps(town, one.caseId);
    await send();
    await at('2027-01-12T10:00:00');
    const two = await asked('O11');
    await takeDueSteps(town, two.caseId);
    await send();
    expect(await mailsTo(one.email)).toHaveLength(2);
    await at('2027-01-14T09:25:00');
    await takeDueSteps(town, one.caseId);
    await send(false);
    await at('2027-01-15T09:25:00');
    await takeDueSteps(town, two.caseId);
    await send(false);
    await at('2027-01-16T11:00:00');
    await send();
    expect(await mailsTo(one.email)).toHaveLength(2);
    await at('2027-01-18T09:30:00');
    await send();
    const [, , monday, ...more] = await mailsTo(one.email);
    expect(more).toEqual([]);
    expect(monday?.subject).toMatch(/^2\s+demandes/u);
    const days = await town.owner
      .selectFrom('mail')
      .select(['reminder_day', 'accepted_at'])
      .where('contact_id', '=', one.seat.contactId)
      .where('state', '=', 'accepted')
      .execute();
    const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
    for (const { reminder_day: day, accepted_at: left } of days) expect(left && localDay(calendar, left)).toBe(day);
  });

  test('the first line of a request leaves as soon as the server answers', async () => {
    await at('2027-01-22T10:00:00');
    const { caseId, email, requestId } = await asked('O13');
    await takeDueSteps(town, caseId);
    await send(false);
    const due = await dueOf(requestId);
    await at('2027-01-23T11:00:00');
    await send();
    expect(await mailsTo(email)).toHaveLength(1);
    expect(await dueOf(requestId)).toBe(due);
  });

  test('invariant 6: where it leaves days later, the organisation has its whole time from that day', async () => {
    await at('2027-01-29T10:00:00');
    const { caseId, email, requestId } = await asked('O09', 'urgent');
    await takeDueSteps(town, caseId);
    await send(false);
    await at('2027-02-02T09:25:00');
    await takeDueSteps(town, caseId);
    await send(false);
    await at('2027-02-03T10:00:00');
    await send();
    const [mail, ...more] = await mailsTo(email);
    expect(more).toEqual([]);
    expect(await dueOf(requestId)).toBe('2027-02-05');
    expect(mail?.subject).toContain('5 février');
    const moved = town.owner.selectFrom('case_event').select('data').where('case_id', '=', caseId);
    const said = await moved.where('code', '=', 'partner_ladder_moved').execute();
    expect(said.at(-1)?.data).toMatchObject({ request: requestId, due: '2027-02-05' });
  });
});

test('§4.4: what was written for another day says what is true today; a mail brought is a line of the story', async () => {
  await at('2027-02-08T10:00:00');
  const { caseId, email, requestId, seat } = await asked('O01', 'urgent');
  await takeDueSteps(town, caseId);
  await send();
  await at('2027-02-10T09:25:00');
  await takeDueSteps(town, caseId);
  await send(false);
  await at('2027-02-11T10:00:00');
  await send();
  const [, late] = await mailsTo(email);
  expect(late?.text).not.toContain('aujourd’hui');
  expect(late?.text).toContain('était attendue le');
  const lines = async () =>
    (
      await town.owner
        .selectFrom('case_event')
        .select('data')
        .where('case_id', '=', caseId)
        .where('code', '=', 'mail_settled')
        .orderBy('seq')
        .execute()
    )
      .map(({ data }) => data)
      .filter(({ to }) => to === 'partner');
  const about = { to: 'partner', request: requestId, organisation: seat.organisationId, position: 'referent' };
  expect(await lines()).toEqual([
    { template: 'partner_day', state: 'accepted', item: 'partner_request', ...about },
    { template: 'partner_day', state: 'accepted', item: 'partner_today', ...about },
  ]);
  await answerRequest(town.context('passerelle_web'), seat, { reply: 'answered', seen: 0 });
});

test('F-21: an organisation that closed before its mail left: written on the case', async () => {
  await at('2027-02-12T10:00:00');
  const { caseId, seat } = await asked('O07');
  await takeDueSteps(town, caseId);
  const closed = (ended_at: Date | null) =>
    town.owner.updateTable('organisation').set({ ended_at }).where('id', '=', seat.organisationId).execute();
  await closed(new Date());
  await send();
  await closed(null);
  const line = town.owner.selectFrom('case_event').select('data').where('case_id', '=', caseId);
  expect((await line.where('code', '=', 'mail_settled').execute()).map(({ data }) => data)).toContainEqual(
    expect.objectContaining({ state: 'cancelled', reason: 'not_here_any_more', organisation: seat.organisationId }),
  );
});

test('§4.4: the day’s mail of the team keeps its hours too', async () => {
  await at('2027-02-19T10:00:00');
  const { caseId, seat } = await asked('O15');
  await answerRequest(town.context('passerelle_web'), seat, { reply: 'answered', seen: 0 });
  await takeDueSteps(town, caseId);
  await at('2027-02-19T18:10:00');
  await send();
  const queued = town.owner
    .selectFrom('mail')
    .select('not_before')
    .where('template', '=', 'day')
    .where('state', '=', 'queued');
  const waiting = await queued.execute();
  expect(waiting.length).toBeGreaterThan(0);
  for (const { not_before: leaves } of waiting) expect(leaves).toEqual(new Date('2027-02-22T09:00:00+01:00'));
});

describe('§4.4: reminders and invitations of residents keep their hours', () => {
  const waiting = (caseId: string, template: string) =>
    town.owner
      .selectFrom('mail')
      .select(['state', 'not_before as leaves'])
      .where('case_id', '=', caseId)
      .where('template', '=', template)
      .execute();

  test('a step that is late on a Saturday evening speaks on Monday at nine; one that was written on Friday waits there too, a receipt does not', async () => {
    await at('2027-02-22T10:00:00');
    const [late, held] = [new Carried(town), new Carried(town)];
    for (const carried of [late, held]) await carried.toAgreements();
    // The seventh day is a Wednesday.
    await at('2027-03-05T16:00:00');
    await takeDueSteps(town, held.caseId);
    const { caseId: fresh } = await submit(town);
    await takeDueSteps(town, fresh);
    await send(false);
    await at('2027-03-06T22:00:00');
    await takeDueSteps(town, late.caseId);
    await send();
    const monday = new Date('2027-03-08T09:00:00+01:00');
    for (const { caseId } of [late, held])
      expect(await waiting(caseId, 'agreement_reminder')).toEqual([{ state: 'queued', leaves: monday }]);
    expect(await waiting(fresh, 'acknowledgement')).toMatchObject([{ state: 'accepted' }]);
    await at('2027-03-08T09:01:00');
    await send();
    for (const { caseId } of [late, held])
      expect(await waiting(caseId, 'agreement_reminder')).toMatchObject([{ state: 'accepted' }]);
  });

  test('over Easter and the change of hours: on Tuesday at nine, summer time', async () => {
    await at('2027-03-15T10:00:00');
    const carried = new Carried(town);
    await carried.into('more_info_needed');
    await at('2027-03-27T22:00:00');
    await takeDueSteps(town, carried.caseId);
    const tuesday = new Date('2027-03-30T09:00:00+02:00');
    expect(await waiting(carried.caseId, 'question_reminder')).toEqual([{ state: 'queued', leaves: tuesday }]);
    // Answered on Sunday: nobody is reminded on Tuesday, or called.
    await at('2027-03-28T12:00:00');
    await sendMessage(carried.web, { townId: town.townId, caseId: carried.caseId }, 'Au deuxième.');
    await at('2027-03-30T08:30:00');
    await send();
    expect(await waiting(carried.caseId, 'question_reminder')).toMatchObject([{ state: 'cancelled' }]);
    const calls = town.owner.selectFrom('deadline').select('reason').where('case_id', '=', carried.caseId);
    expect(await calls.where('kind', 'like', 'task_call%').execute()).toEqual([]);
  });
});

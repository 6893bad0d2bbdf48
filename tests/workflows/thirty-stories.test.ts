import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isWorkingDay, localDay, workingDaysBetween } from '../../src/calendar/town-calendar.ts';
import type { StoryEnding } from '../../src/db/tables/outbox.ts';
import { clockOf } from '../../src/demo/demo.query.ts';
import { plain } from '../../src/stories/page-form.ts';
import { playStories } from '../../src/stories/play-stories.ts';
import { STORIES } from '../../src/stories/thirty-stories.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { startWeb, type Web } from '../support/web.ts';

// Spec §5.4 and §5.5: the thirty situations and the scenarios of §5.5, through the pages people use, on real Temporal and real mail, the clock moved
// from due to due.

let town: TestTown;
let stack: Stack;
let web: Web;
beforeAll(async () => {
  town = await testTown('stories');
  stack = await startStack(town);
  web = await startWeb(town, { mailbox: stack.mailbox.webUrl });
});
afterAll(async () => {
  await web?.stop();
  await stack?.stop();
  await town?.close();
});

let endings: readonly StoryEnding[] = [];
const only = process.env['STORIES']?.split(',').map(Number);
const scenario = only ? test.skip : test;

test('§5.4: each story ends as it is to end', { timeout: 1_200_000 }, async () => {
  endings = only ? await told(only) : await toldByTheDemonstration();
  expect(endings.filter(({ asExpected }) => !asExpected)).toEqual([]);
  expect(endings).toHaveLength(only?.length ?? STORIES.length);
});

scenario('R28: whoever has no mailbox was called; at the end of a story nobody waits for a call', async () => {
  const calls = await town.owner
    .selectFrom('deadline as d')
    .innerJoin('mediation_case as c', 'c.id', 'd.case_id')
    .select(['c.number', 'd.kind', 'd.state'])
    .where('d.kind', 'like', 'task_call%')
    .where('c.state', '=', 'closed')
    .execute();
  expect(calls.length).toBeGreaterThan(0);
  expect(calls.filter(({ state }) => state === 'open')).toEqual([]);
});

/** Some stories alone, all beginning at once. */
async function told(numbers: readonly number[]) {
  const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
  return playStories({
    origin: web.origin,
    calendar,
    stories: STORIES.filter(({ n }) => numbers.includes(n)).map((story) => ({ ...story, startsAfter: 0 })),
    mails: (to) => Promise.resolve(stack.mailbox.messages().filter((mail) => mail.to === to)),
    onStep: async ({ told: ended, of, telling }) => console.log(`${ended}/${of} ${telling}`),
  });
}

/** All of them, by the button of /demo, with its progress; a second click while they are told begins nothing. */
async function toldByTheDemonstration(): Promise<readonly StoryEnding[]> {
  const click = () =>
    fetch(`${web.origin}/demo/histoires`, {
      method: 'POST',
      headers: { origin: web.origin, 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
    });
  expect((await click()).status).toBe(303);
  expect((await click()).status).toBe(303);
  let pagesWithProgress = 0;
  for (;;) {
    await wait(2_000);
    const { stories } = await clockOf(town.context('passerelle_web'), town.townId);
    if (stories?.state === 'running') {
      const page = plain(await (await fetch(`${web.origin}/demo`)).text());
      if (/terminées? sur \d+\. Nous sommes le/.test(page)) pagesWithProgress += 1;
      continue;
    }
    expect([stories?.state, stories?.reason]).toEqual(['told', null]);
    expect(pagesWithProgress).toBeGreaterThan(10);
    const runs = await town.owner.selectFrom('story_run').select('id').execute();
    expect(runs).toHaveLength(1);
    return stories?.endings ?? [];
  }
}

/** The case a story became, with what happened in it, in order. */
async function caseOf(story: number) {
  const number = endings.find((ending) => ending.story === story)?.number ?? '';
  const row = await town.owner
    .selectFrom('mediation_case')
    .select(['id', 'state', 'outcome', 'lead_id', 'second_id', 'cycle'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const events = await town.owner
    .selectFrom('case_event')
    .select(['code', 'data', 'at', 'actor'])
    .where('case_id', '=', row.id)
    .orderBy('seq')
    .execute();
  const mails = await town.owner
    .selectFrom('mail')
    .select(['template', 'party_id', 'contact_id', 'person_id', 'state', 'accepted_at'])
    .where('case_id', '=', row.id)
    .execute();
  return { ...row, number, events, mails, codes: events.map(({ code }) => code) };
}
/** What was written to partners about a case: line, day, who. What they were asked to think of it comes apart, at its end (F8). */
const partnerLines = async (caseId: string) =>
  partnerMails(caseId).where('i.template', 'not like', 'partner_opinion%').execute();
const opinionsAsked = async (caseId: string) =>
  partnerMails(caseId).where('i.template', '=', 'partner_opinion').execute();
const partnerMails = (caseId: string) =>
  town.owner
    .selectFrom('mail_item as i')
    .innerJoin('mail as m', 'm.id', 'i.mail_id')
    .innerJoin('organisation_contact as c', 'c.id', 'm.contact_id')
    .select(['i.template', 'c.position', 'm.accepted_at as at'])
    .where('i.case_id', '=', caseId)
    .orderBy('m.accepted_at')
    .orderBy('c.position');
const openThings = async (caseId: string) => {
  const waits = await town.owner
    .selectFrom('deadline')
    .select('kind')
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .execute();
  const steps = await town.owner
    .selectFrom('step')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', 'in', ['pending', 'paused'])
    .execute();
  return { waits: waits.map(({ kind }) => kind), steps: steps.length };
};
const told24 = only && !only.includes(24) ? test.skip : test;

told24(
  '§5.4, #24: sixty-two working days after it was asked for, it is still talked about; the leader was reminded at sixty and has held the review',
  async () => {
    const { state, outcome, events, codes, id } = await caseOf(24);
    expect([state, outcome, codes.at(-1)]).toEqual(['mediation', null, 'review_held']);
    const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
    const day = (code: string) => localDay(calendar, events.find((event) => event.code === code)?.at ?? new Date(0));
    expect(workingDaysBetween(calendar, day('request_received'), day('review_held'))).toBe(62);
    const reminded = await town.owner
      .selectFrom('case_event')
      .select('at')
      .where('case_id', '=', id)
      .where('code', '=', 'step_taken')
      .where(sql<boolean>`data->>'template' = 'review_due'`)
      .execute();
    expect(
      reminded.map(({ at }) => workingDaysBetween(calendar, day('case_accepted'), localDay(calendar, at))),
    ).toEqual([60]);
  },
);

scenario('scenario a, #3: relances at due +3 and +7; the answer the next day stops the ladder', async () => {
  const { id, events } = await caseOf(3);
  const answered = events.find(({ code }) => code === 'partner_answered');
  const written = await partnerLines(id);
  const lines = written.filter(({ at }) => answered && at && at < answered.at);
  expect([...new Set(lines.map(({ template }) => template))]).toEqual([
    'partner_request',
    'partner_received',
    'partner_reminder',
    'partner_today',
    'partner_late',
    'partner_very_late',
  ]);
  const who = (template: string) =>
    lines
      .filter((line) => line.template === template)
      .map(({ position }) => position)
      .toSorted();
  expect([who('partner_today'), who('partner_late'), who('partner_very_late')]).toEqual([
    ['referent'],
    ['referent', 'substitute'],
    ['head', 'referent', 'substitute'],
  ]);
  // Afterwards the ladder is silent: what was taken in hand is asked about on its day.
  expect([...new Set(written.slice(lines.length).map(({ template }) => template))]).toEqual(['partner_action']);
  const [opinion] = await opinionsAsked(id);
  expect(answered && opinion?.at && opinion.at > answered.at).toBe(true);
});

scenario(
  'scenario b, #30: référent away and no substitute: the head is asked, then it stands on the agenda of the GO',
  async () => {
    const { id } = await caseOf(30);
    const lines = await partnerLines(id);
    expect(new Set(lines.map(({ position }) => position))).toEqual(new Set(['head']));
    const agenda = await town.owner
      .selectFrom('go_item as g')
      .innerJoin('partner_request as r', 'r.id', 'g.request_id')
      .select('g.kind')
      .where('r.case_id', '=', id)
      .execute();
    expect(agenda).toEqual([{ kind: 'late_request' }]);
  },
);

scenario(
  'scenario c, #8: neutral ending; the other side’s contact is gone a month later, the refusal stays',
  async () => {
    const { id, outcome } = await caseOf(8);
    const other = await town.owner
      .selectFrom('party as p')
      .innerJoin('party_identity as i', 'i.party_id', 'p.id')
      .select(['i.name', 'i.phone', 'i.erased_at'])
      .where('p.case_id', '=', id)
      .where('p.side', '=', 'other')
      .executeTakeFirstOrThrow();
    expect([outcome, other.name, other.phone, other.erased_at !== null]).toEqual([
      'NON_ENGAGEE_REFUS_AUTRE',
      null,
      null,
      true,
    ]);
  },
);

scenario('scenario d, #29: one click ends requests to partners, what was shared, and every wait', async () => {
  const { id, codes } = await caseOf(29);
  expect(codes).toContain('request_withdrawn');
  const requests = await town.owner.selectFrom('partner_request').select('state').where('case_id', '=', id).execute();
  expect(requests).toEqual([{ state: 'cancelled' }]);
  const shares = await town.owner
    .selectFrom('agreement_item')
    .select('item')
    .where('case_id', '=', id)
    .where('given', '=', true)
    .where('withdrawn_at', 'is', null)
    .execute();
  expect(shares).toEqual([]);
  expect((await openThings(id)).steps).toBe(0);
});

scenario('scenario e, #27: worse after three months, opened again under the same number', async () => {
  const { codes, state } = await caseOf(27);
  expect(codes.indexOf('case_reopened')).toBeGreaterThan(codes.lastIndexOf('case_closed'));
  expect(state).toBe('first_contact');
});

scenario('scenario f, #11: an oral agreement in tamazight, with a named interpreter', async () => {
  const { id } = await caseOf(11);
  const given = await town.owner
    .selectFrom('agreement')
    .select(['mode', 'language', 'interpreter_ref'])
    .where('case_id', '=', id)
    .where('language', '=', 'zgh')
    .execute();
  expect(given.map(({ mode, interpreter_ref }) => [mode, interpreter_ref !== null])).toEqual([['oral', true]]);
});

scenario('scenario g, #31: a minor is never written to; the young people’s service takes over', async () => {
  const { id, mails } = await caseOf(31);
  expect(mails.filter(({ contact_id, person_id }) => !contact_id && !person_id)).toEqual([]);
  expect((await partnerLines(id)).length).toBeGreaterThan(0);
});

scenario(
  'scenario h, #32: the leader is alerted at once, decides with a trace, and nothing is written to the person',
  async () => {
    const { codes, events, mails } = await caseOf(32);
    expect(events[0]).toMatchObject({ code: 'request_received', data: { danger: true } });
    expect(codes).toContain('danger_decided');
    const decided = events.find(({ code }) => code === 'danger_decided')?.at;
    const alert = mails.find(({ template, person_id }) => template === 'danger_alert' && person_id !== null);
    expect(decided && alert?.accepted_at && alert.accepted_at < decided).toBe(true);
    expect(mails.filter(({ contact_id, person_id }) => !contact_id && !person_id)).toEqual([]);
  },
);

scenario(
  'scenarios i and j, #2 and #9: who lives there declines; who has no verified qualification is the second, not the lead',
  async () => {
    const two = await caseOf(2);
    expect(two.codes).toContain('assignment_declined');
    expect(two.lead_id).toBe(town.person('M1'));
    const nine = await caseOf(9);
    expect([nine.lead_id, nine.second_id]).toEqual([town.person('M6'), town.person('M7')]);
  },
);

scenario('scenario l, #33: the police wrote the case and were written nothing of it', async () => {
  const { mails } = await caseOf(33);
  expect(mails.filter(({ contact_id }) => contact_id !== null)).toEqual([]);
  expect(mails.filter(({ person_id, contact_id }) => !person_id && !contact_id)).toEqual([]);
});

scenario('scenario m, #12: « impossible de répondre » is an answer and ends the ladder', async () => {
  const { id } = await caseOf(12);
  expect((await partnerLines(id)).map(({ template }) => template)).toEqual(['partner_request']);
  const request = town.owner.selectFrom('partner_request').select('state').where('case_id', '=', id);
  expect(await request.execute()).toEqual([{ state: 'unable' }]);
});

scenario(
  'invariants 5 and 6 of §4.13 over all stories: no reminder on a closed day, one mail a person and day, every wait has an end',
  async () => {
    const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
    const reminders = await town.owner
      .selectFrom('mail')
      .select(['accepted_at', 'contact_id', 'person_id'])
      .where('reminder_day', 'is not', null)
      .where('state', '=', 'accepted')
      .execute();
    expect(reminders.length).toBeGreaterThan(200);
    expect(
      reminders.filter(({ accepted_at }) => !accepted_at || !isWorkingDay(calendar, localDay(calendar, accepted_at))),
    ).toEqual([]);
    const days = reminders.map(
      ({ accepted_at, contact_id, person_id }) =>
        `${contact_id ?? person_id} ${accepted_at && localDay(calendar, accepted_at)}`,
    );
    expect(new Set(days).size).toBe(days.length);
    // Whoever is waited for on an open case is reminded some day, or it is a task in somebody's worklist.
    const silent = await sql<{ kind: string; state: string }>`
    select distinct d.kind, c.state from deadline d join mediation_case c on c.id = d.case_id
    where d.state = 'open' and d.kind not like 'task%' and d.due_at > business_now(${town.townId}::uuid)
      and not exists (select 1 from step s where s.deadline_id = d.id and s.state in ('pending', 'paused'))`.execute(
      town.owner,
    );
    expect(silent.rows).toEqual([]);
    expect(await mailsInDoubt()).toEqual([]);
  },
);

async function mailsInDoubt() {
  return town.owner
    .selectFrom('mail')
    .select(['template', 'state'])
    .where('state', 'in', ['unknown', 'refused', 'sending'])
    .execute();
}

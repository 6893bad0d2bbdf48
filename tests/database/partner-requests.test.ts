import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayNumber } from '../../src/calendar/day.ts';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { requestForPartner } from '../../src/partners/own-requests.query.ts';
import { acknowledgeRequest, answerRequest } from '../../src/partners/partner-side.command.ts';
import { cancelRequest, informPartner, notePhoneAnswer } from '../../src/partners/staff-side.command.ts';
import { nextAbove, whoIsAsked } from '../../src/partners/who-is-asked.ts';
import { Carried } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// Requests to partners and their ladder (R20, R61–R63, spec §4.4).

let town: TestTown;
let clock: TownClock;
beforeAll(async () => {
  town = await testTown('partners');
  clock = new TownClock(town);
});
afterAll(() => town.close());

const organisation = async (code: string) =>
  town.owner.selectFrom('organisation').select('id').where('code', '=', code).executeTakeFirstOrThrow();
const contactOf = async (code: string, position: 'referent' | 'substitute' | 'head') =>
  town.owner
    .selectFrom('organisation_contact as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .select(['c.id', 'o.id as organisationId', 'c.email'])
    .where('o.code', '=', code)
    .where('c.position', '=', position)
    .executeTakeFirstOrThrow();

async function asked(code: string, urgency: 'standard' | 'urgent' | 'works' = 'standard') {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const { id: organisationId } = await organisation(code);
  const requestId = await askPartner(carried.web, carried.mediator(), {
    caseId,
    organisationId,
    urgency,
    question: 'Quand la porte sera-t-elle réparée ?',
  });
  return { carried, caseId, requestId, organisationId };
}
/** Lets time pass day by day, taking each step when it is due, as the workflow does. */
async function pass(caseId: string, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    await clock.forward(1);
    await takeDueSteps(town, caseId);
  }
}
const linesOf = async (requestId: string) =>
  (
    await town.owner
      .selectFrom('mail_item as m')
      .innerJoin('mail', 'mail.id', 'm.mail_id')
      .innerJoin('organisation_contact as c', 'c.id', 'mail.contact_id')
      .select(['m.template', 'c.position'])
      .where('m.subject_id', '=', requestId)
      .orderBy('m.created_at')
      .orderBy('c.position')
      .execute()
  ).map(({ template, position }) => `${template} → ${position}`);
const flags = async (caseId: string) =>
  town.owner
    .selectFrom('mediation_case')
    .select('waiting_for_partner as waiting')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
const stateOf = async (id: string) =>
  (await town.owner.selectFrom('partner_request').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;
const seat = async (code: string, position: 'referent' | 'substitute' | 'head', requestId: string) => {
  const { id, organisationId } = await contactOf(code, position);
  return { townId: town.townId, contactId: id, organisationId, requestId };
};

test('R62, scenario a: the ladder of a standard request, to the last mail, the agenda and the leader', async () => {
  const { caseId, requestId } = await asked('O11');
  await takeDueSteps(town, caseId);
  expect(await linesOf(requestId)).toEqual(['partner_request → referent']);
  await pass(caseId, 45);
  expect(await linesOf(requestId)).toEqual([
    'partner_request → referent',
    'partner_received → referent',
    'partner_reminder → referent',
    'partner_today → referent',
    'partner_late → referent',
    'partner_late → substitute',
    'partner_very_late → referent',
    'partner_very_late → substitute',
    'partner_very_late → head',
  ]);
  const item = town.owner.selectFrom('go_item').select('kind').where('request_id', '=', requestId);
  expect(await item.execute()).toEqual([{ kind: 'late_request' }]);
  const coordinator = await town.owner
    .selectFrom('mail_item as m')
    .innerJoin('mail', 'mail.id', 'm.mail_id')
    .innerJoin('person_role as r', 'r.person_id', 'mail.person_id')
    .select('r.role')
    .where('m.case_id', '=', caseId)
    .where('m.template', '=', 'partner_silent')
    .orderBy('r.role')
    .execute();
  expect(coordinator.map(({ role }) => role)).toEqual(['coordinator', 'team_leader']);
  const steps = await town.owner
    .selectFrom('step')
    .select('id')
    .where('stream_id', '=', `partner-request/${requestId}`)
    .where('state', '=', 'pending')
    .execute();
  expect(steps).toEqual([]);
});

test('scenario b: the référent away and no substitute: the head is asked from the first day, written down as such', async () => {
  const referent = await contactOf('O12', 'referent');
  await town.owner
    .insertInto('contact_absence')
    .values({ town_id: town.townId, contact_id: referent.id, from_day: '2027-01-01', to_day: '2027-12-31' })
    .execute();
  const { caseId, requestId } = await asked('O12');
  await takeDueSteps(town, caseId);
  await pass(caseId, 45);
  expect(new Set(await linesOf(requestId))).toEqual(
    new Set(
      [
        'partner_request',
        'partner_received',
        'partner_reminder',
        'partner_today',
        'partner_late',
        'partner_very_late',
      ].map((item) => `${item} → head`),
    ),
  );
  const outcomes = await town.owner
    .selectFrom('step')
    .select('outcome')
    .where('stream_id', '=', `partner-request/${requestId}`)
    .where('audience', '=', 'referent')
    .execute();
  expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['passed_on']));
});

test('urgent: due in two days, the question whether it arrived is dropped', async () => {
  const { caseId, requestId } = await asked('O13', 'urgent');
  await pass(caseId, 4);
  expect(await linesOf(requestId)).toEqual(['partner_request → referent', 'partner_today → referent']);
});

describe('T25: the mediator’s waits pause while a partner’s runs', () => {
  test('F5 by the organisation: the ladder stops, the waits go on, the mediator reads', async () => {
    const { caseId, requestId } = await asked('O09');
    expect(await flags(caseId)).toEqual({ waiting: true });
    const paused = town.owner
      .selectFrom('deadline')
      .select('kind')
      .where('case_id', '=', caseId)
      .where('paused_at', 'is not', null);
    expect((await paused.execute()).map(({ kind }) => kind)).toEqual(['no_note']);
    const web = town.context('passerelle_web');
    await acknowledgeRequest(web, await seat('O09', 'referent', requestId));
    expect(await stateOf(requestId)).toBe('acknowledged');
    await answerRequest(web, await seat('O09', 'referent', requestId), {
      reply: 'in_hand',
      actionOn: '25/01/2030',
      comment: 'Porte commandée.',
      seen: 0,
    });
    expect(await stateOf(requestId)).toBe('in_hand');
    expect(await flags(caseId)).toEqual({ waiting: false });
    expect(await paused.execute()).toEqual([]);
    await pass(caseId, 30);
    expect((await linesOf(requestId)).filter((line) => !line.startsWith('partner_request'))).toEqual([]);
    await answerRequest(web, await seat('O09', 'referent', requestId), { reply: 'done', seen: 1 });
    expect(await stateOf(requestId)).toBe('done');
  });

  test('invariant 5, scenario m: « impossible de répondre » is an answer and stops the ladder', async () => {
    const { caseId, requestId } = await asked('O07');
    await answerRequest(town.context('passerelle_web'), await seat('O07', 'referent', requestId), {
      reply: 'unable',
      seen: 0,
    });
    await pass(caseId, 45);
    expect(await linesOf(requestId)).toEqual([]);
    expect(await stateOf(requestId)).toBe('unable');
  });

  test('a phone answer stops it like any other; two requests wait until both are answered', async () => {
    const { carried, caseId, requestId } = await asked('O01');
    const second = await askPartner(carried.web, carried.mediator(), {
      caseId,
      organisationId: (await organisation('O15')).id,
      urgency: 'standard',
      question: 'Un rendez-vous ?',
    });
    await notePhoneAnswer(carried.web, carried.mediator(), {
      caseId,
      requestId,
      reply: 'answered',
      comment: 'Dit au téléphone.',
    });
    expect(await flags(caseId)).toEqual({ waiting: true });
    await cancelRequest(carried.web, carried.mediator(), { caseId, requestId: second });
    expect(await flags(caseId)).toEqual({ waiting: false });
  });
});

test('F5, the day of an answer: what is done lies behind, what will be done lies ahead, also without a year', async () => {
  const { requestId } = await asked('O01');
  const web = town.context('passerelle_web');
  const me = await seat('O01', 'referent', requestId);
  await expect(answerRequest(web, me, { reply: 'done', actionOn: '12/12/2099', seen: 0 })).rejects.toMatchObject({
    code: 'day_to_come',
    field: 'action_on',
  });
  await expect(answerRequest(web, me, { reply: 'in_hand', actionOn: '12/12/2020', seen: 0 })).rejects.toMatchObject({
    code: 'day_passed',
    field: 'action_on',
  });
  const yesterday = await clock.day(-1);
  const [, month, day] = yesterday.split('-');
  await answerRequest(web, me, { reply: 'done', actionOn: `${day}/${month}`, seen: 0 });
  const written = town.owner.selectFrom('partner_answer').select('action_on').where('request_id', '=', requestId);
  expect(await written.execute()).toEqual([{ action_on: yesterday }]);
});

describe('invariant 6: after a stop, an organisation gets one line a request, and its whole time for a question it had not got', () => {
  const skipped = async (requestId: string) =>
    (
      await town.owner
        .selectFrom('step')
        .select(['template', 'outcome'])
        .where('stream_id', '=', `partner-request/${requestId}`)
        .where('state', '=', 'skipped')
        .orderBy('at')
        .execute()
    ).map(({ template, outcome }) => `${template} ${outcome}`);

  test('from the first day to past due + 7: the strongest rung alone, whoever the others were for', async () => {
    const { caseId, requestId } = await asked('O11');
    await takeDueSteps(town, caseId);
    await clock.forward(28);
    await takeDueSteps(town, caseId);
    expect((await linesOf(requestId)).slice(1)).toEqual([
      'partner_very_late → referent',
      'partner_very_late → substitute',
      'partner_very_late → head',
    ]);
    expect(await skipped(requestId)).toEqual(
      ['partner_received', 'partner_reminder', 'partner_today', 'partner_late'].map((rung) => `${rung} overtaken`),
    );
  });
  test('past due + 12: no mail leaves on the day that says no more mail', async () => {
    const { caseId, requestId } = await asked('O11');
    await takeDueSteps(town, caseId);
    await clock.forward(60);
    await takeDueSteps(town, caseId);
    expect(await linesOf(requestId)).toEqual(['partner_request → referent']);
    const item = town.owner.selectFrom('go_item').select('settled_at').where('request_id', '=', requestId);
    expect(await item.execute()).toEqual([{ settled_at: null }]);
  });
  test('the first mail leaves only now: due again in ten working days, nothing reminded of', async () => {
    const { caseId, requestId } = await asked('O11');
    const due = async () =>
      (
        await town.owner
          .selectFrom('partner_request')
          .select('due_day')
          .where('id', '=', requestId)
          .executeTakeFirstOrThrow()
      ).due_day;
    const before = await due();
    await clock.forward(28);
    await takeDueSteps(town, caseId);
    expect(await linesOf(requestId)).toEqual(['partner_request → referent']);
    expect(dayNumber(await due()) - dayNumber(before)).toBeGreaterThanOrEqual(27);
    await pass(caseId, 5);
    expect(await linesOf(requestId)).toEqual(['partner_request → referent', 'partner_received → referent']);
  });
  test('spec §4.4: the question whether it arrived is asked once, and nobody waits for it after that', async () => {
    const { caseId, requestId } = await asked('O11');
    await takeDueSteps(town, caseId);
    await pass(caseId, 6);
    expect(await linesOf(requestId)).toContain('partner_received → referent');
    const ack = town.owner
      .selectFrom('deadline')
      .select('state')
      .where('stream_id', '=', `partner-request/${requestId}`)
      .where('kind', '=', 'partner_ack');
    expect(await ack.execute()).toEqual([{ state: 'cancelled' }]);
  });
});

const openAbout = async (requestId: string) =>
  (
    await town.owner
      .selectFrom('deadline')
      .select('kind')
      .where('state', '=', 'open')
      .where((where) =>
        where.or([where('request_id', '=', requestId), where('stream_id', '=', `partner-request/${requestId}`)]),
      )
      .orderBy('kind')
      .execute()
  ).map(({ kind }) => kind);

describe('R62: after twelve working days of silence', () => {
  test('T25: the mediator’s waits go on; an answer settles the leader’s task and the point of the agenda', async () => {
    const { caseId, requestId } = await asked('O11');
    await takeDueSteps(town, caseId);
    expect(await flags(caseId)).toEqual({ waiting: true });
    await pass(caseId, 45);
    expect(await flags(caseId)).toEqual({ waiting: false });
    expect(await openAbout(requestId)).toEqual(['partner_answer_standard', 'task_partner_silent']);
    await answerRequest(town.context('passerelle_web'), await seat('O11', 'head', requestId), {
      reply: 'answered',
      seen: 0,
    });
    expect(await openAbout(requestId)).toEqual(['task_partner_answered']);
    const item = town.owner.selectFrom('go_item').select('settled_at').where('request_id', '=', requestId);
    expect((await item.executeTakeFirstOrThrow()).settled_at).not.toBeNull();
  });
  test('F5 by phone: who wrote the answer down is not asked to read it; for another reader, or where something is still to be told, it is a task', async () => {
    const byPhone = async (who: 'mediator' | 'leader', reply: 'answered' | 'needs_info') => {
      const { carried, caseId, requestId } = await asked('O11');
      await notePhoneAnswer(carried.web, carried[who](), { caseId, requestId, reply });
      return (await openAbout(requestId)).filter((kind) => kind === 'task_partner_answered');
    };
    expect(await byPhone('mediator', 'answered')).toEqual([]);
    expect(await byPhone('mediator', 'needs_info')).toHaveLength(1);
    expect(await byPhone('leader', 'answered')).toHaveLength(1);
  });
  test.each(['cancelled by the mediator', 'withdrawn with its case'])('%s: nothing is left of it', async (how) => {
    const { carried, caseId, requestId } = await asked('O11');
    await takeDueSteps(town, caseId);
    await pass(caseId, 45);
    if (how.startsWith('cancelled')) await cancelRequest(carried.web, carried.mediator(), { caseId, requestId });
    else await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    expect(await openAbout(requestId)).toEqual([]);
    const item = town.owner.selectFrom('go_item').select('settled_at').where('request_id', '=', requestId);
    expect((await item.executeTakeFirstOrThrow()).settled_at).not.toBeNull();
  });
});

describe('§4.3: PRISE_EN_CHARGE ends, BESOIN D’INFORMATIONS goes on', () => {
  test('taken in hand: asked about on its day, then the mediator asks; « c’est fait » settles it', async () => {
    const { caseId, requestId } = await asked('O11');
    await takeDueSteps(town, caseId);
    const web = town.context('passerelle_web');
    await answerRequest(web, await seat('O11', 'referent', requestId), { reply: 'in_hand', seen: 0 });
    expect(await openAbout(requestId)).toEqual(['partner_action', 'task_partner_answered']);
    await pass(caseId, 29);
    expect(await linesOf(requestId)).toEqual(['partner_request → referent', 'partner_action → referent']);
    await pass(caseId, 6);
    expect(await openAbout(requestId)).toEqual(['task_partner_action', 'task_partner_answered']);
    await answerRequest(web, await seat('O11', 'referent', requestId), { reply: 'done', seen: 1 });
    expect(await openAbout(requestId)).toEqual(['task_partner_answered']);
  });
  test('R61: an ordinary closing leaves what was taken in hand as it is; nobody is asked about it, its organisation may say it is done', async () => {
    const { carried, caseId, requestId } = await asked('O11');
    const web = town.context('passerelle_web');
    await answerRequest(web, await seat('O11', 'referent', requestId), { reply: 'in_hand', seen: 0 });
    await proposeClosing(carried.web, carried.leader(), {
      caseId,
      outcome: 'ORIENTE',
      reason: 'Autre service.',
      target: 'La maison de justice.',
    });
    expect(await stateOf(requestId)).toBe('in_hand');
    expect(await openAbout(requestId)).toEqual([]);
    await answerRequest(web, await seat('O11', 'referent', requestId), { reply: 'done', seen: 1 });
    expect([await stateOf(requestId), await openAbout(requestId)]).toEqual(['done', []]);
  });
  test('told what it needed to know: the question stands again, with its whole time and its ladder', async () => {
    const { carried, caseId, requestId } = await asked('O11');
    await takeDueSteps(town, caseId);
    const web = town.context('passerelle_web');
    await answerRequest(web, await seat('O11', 'referent', requestId), { reply: 'needs_info', seen: 0 });
    await pass(caseId, 14);
    expect(await linesOf(requestId)).toEqual(['partner_request → referent']);
    const about = { caseId, requestId, said: 'La porte du hall B.' };
    await informPartner(carried.web, carried.mediator(), about);
    expect([await stateOf(requestId), await flags(caseId)]).toEqual(['sent', { waiting: true }]);
    await takeDueSteps(town, caseId);
    expect(await linesOf(requestId)).toContain('partner_informed → referent');
    expect(await openAbout(requestId)).toEqual(['partner_ack', 'partner_answer_standard']);
    await expect(informPartner(carried.web, carried.mediator(), about)).rejects.toMatchObject({
      code: 'not_allowed_now',
    });
    const page = await requestForPartner(web, town.townId, await seat('O11', 'referent', requestId), requestId);
    expect(page?.state === 'cancelled' ? undefined : page?.informed.map(({ said }) => said)).toEqual([about.said]);
  });
  test('an answer nobody reads goes to whoever leads', async () => {
    const { caseId, requestId } = await asked('O11');
    await answerRequest(town.context('passerelle_web'), await seat('O11', 'referent', requestId), {
      reply: 'answered',
      seen: 0,
    });
    await pass(caseId, 7);
    const told = town.owner
      .selectFrom('mail_item as m')
      .innerJoin('mail', 'mail.id', 'm.mail_id')
      .innerJoin('person_role as r', 'r.person_id', 'mail.person_id')
      .select('r.role')
      .where('m.case_id', '=', caseId)
      .where('m.template', '=', 'partner_answered');
    expect((await told.execute()).map(({ role }) => role)).toContain('team_leader');
  });
});

describe('answers that come late, twice or to nobody', () => {
  test('after the escalation: taken like any other', async () => {
    const { caseId, requestId } = await asked('O11');
    await pass(caseId, 45);
    await answerRequest(town.context('passerelle_web'), await seat('O11', 'head', requestId), {
      reply: 'answered',
      seen: 0,
    });
    expect(await stateOf(requestId)).toBe('answered');
  });
  test('to a cancelled request, and to one withdrawn with its case: refused, nothing written', async () => {
    const { carried, caseId, requestId } = await asked('O09');
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    expect(await stateOf(requestId)).toBe('cancelled');
    const stream = town.owner.selectFrom('stream').select('closed').where('id', '=', `partner-request/${requestId}`);
    expect(await stream.executeTakeFirstOrThrow()).toEqual({ closed: true });
    const late = answerRequest(carried.web, await seat('O09', 'referent', requestId), { reply: 'answered', seen: 0 });
    await expect(late).rejects.toMatchObject({ code: 'not_allowed_now' });
    expect(
      await town.owner.selectFrom('partner_answer').select('id').where('request_id', '=', requestId).execute(),
    ).toEqual([]);
  });
  test('by two people at once: one is written, the other is shown it first', async () => {
    const { requestId } = await asked('O11');
    const web = town.context('passerelle_web');
    const both = await Promise.allSettled([
      answerRequest(web, await seat('O11', 'referent', requestId), { reply: 'needs_info', seen: 0 }),
      answerRequest(web, await seat('O11', 'substitute', requestId), { reply: 'unable', seen: 0 }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'changed_meanwhile' } });
  });
  test('B-54: a page of the team that did not show the answer is told so, phone answer and cancellation alike', async () => {
    const { carried, caseId, requestId } = await asked('O11');
    const { seq: seen } = await town.owner
      .selectFrom('case_event')
      .select('seq')
      .where('case_id', '=', caseId)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    await answerRequest(carried.web, await seat('O11', 'referent', requestId), { reply: 'in_hand', seen: 0 });
    const said = { caseId, requestId, seen };
    for (const act of [
      () => notePhoneAnswer(carried.web, carried.mediator(), { ...said, reply: 'unable' }),
      () => cancelRequest(carried.web, carried.mediator(), said),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'changed_meanwhile' });
    expect(await stateOf(requestId)).toBe('in_hand');
  });
  test('§4.4: nobody in the substitute’s place: the head is asked; who refuses mail is followed by the next above, the last by nobody', async () => {
    const [referent, substitute, head] = await Promise.all(
      (['referent', 'substitute', 'head'] as const).map((position) => contactOf('O11', position)),
    );
    if (!referent || !substitute || !head) throw new Error('no contacts');
    const ctx = town.context('passerelle_worker');
    const away = (contactId: string) =>
      town.owner
        .insertInto('contact_absence')
        .values({ town_id: town.townId, contact_id: contactId, from_day: '2040-01-02', to_day: '2040-01-06' })
        .execute();
    await away(substitute.id);
    await away(referent.id);
    await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, async (tx) => {
      const { organisationId } = head;
      expect(await whoIsAsked(tx, organisationId, 'substitute', '2040-01-03')).toEqual({
        contacts: [head.id],
        instead: true,
      });
      expect(await whoIsAsked(tx, organisationId, 'substitute', '2040-02-03')).toEqual({
        contacts: [referent.id, substitute.id],
        instead: false,
      });
      expect(await nextAbove(tx, organisationId, referent.id, '2040-01-03')).toBe(head.id);
      expect(await nextAbove(tx, organisationId, referent.id, '2040-02-03')).toBe(substitute.id);
      expect(await nextAbove(tx, organisationId, head.id, '2040-02-03')).toBeUndefined();
    });
  });
  test('a référent who is taken out in mid-ladder: the next person is asked', async () => {
    const { caseId, requestId } = await asked('O13');
    await takeDueSteps(town, caseId);
    const { id } = await contactOf('O13', 'referent');
    await sql`delete from mail_item where mail_id in (select id from mail where contact_id = ${id})`.execute(
      town.owner,
    );
    await town.owner.deleteFrom('mail').where('contact_id', '=', id).execute();
    await town.owner.deleteFrom('organisation_contact').where('id', '=', id).execute();
    await pass(caseId, 7);
    expect(await linesOf(requestId)).toContain('partner_received → substitute');
  });
  test('an organisation that closes: the leader decides, once', async () => {
    const { caseId, requestId, organisationId } = await asked('O15');
    await town.owner
      .updateTable('organisation')
      .set({ ended_at: new Date() })
      .where('id', '=', organisationId)
      .execute();
    await pass(caseId, 45);
    expect(await linesOf(requestId)).toEqual([]);
    const tasks = town.owner
      .selectFrom('deadline')
      .select('id')
      .where('case_id', '=', caseId)
      .where('kind', '=', 'task_step_blocked');
    expect(await tasks.execute()).toHaveLength(1);
  });
});

describe('R84, line 4, §3.3: who may be asked, and what a partner can read', () => {
  test('police and gendarmerie are never asked about a case', async () => {
    for (const code of ['O02', 'O03']) await expect(asked(code)).rejects.toMatchObject({ field: 'organisation' });
  });
  test('a partner’s role reads its own requests, and no row of the case’s people', async () => {
    const { caseId, requestId } = await asked('O09');
    const other = await asked('O01');
    const me = await seat('O09', 'referent', requestId);
    const asPartner = <T>(
      run: Parameters<
        typeof inTransaction<
          { role: 'app_partner'; townId: string; organisationId: string; contactId: string; caseId: string },
          T
        >
      >[2],
    ) =>
      inTransaction(
        town.db('passerelle_web'),
        { role: 'app_partner', townId: me.townId, organisationId: me.organisationId, contactId: me.contactId, caseId },
        run,
      );
    for (const table of [
      'case_identity',
      'case_story',
      'case_message',
      'contact_attempt',
      'party',
      'party_identity',
      'agreement',
      'case_event',
    ] as const)
      await expect(
        asPartner((tx) => tx.db.selectFrom(table).selectAll().execute()),
        table,
      ).rejects.toThrow('permission denied');
    const seen = await asPartner(async (tx) => ({
      requests: await tx.db.selectFrom('partner_request').select('id').execute(),
      cases: await tx.db.selectFrom('mediation_case').select('id').execute(),
    }));
    expect(seen.requests.map(({ id }) => id)).toContain(requestId);
    expect(seen.requests.map(({ id }) => id)).not.toContain(other.requestId);
    expect(seen.cases).toEqual([{ id: caseId }]);
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayNumber, dayOf } from '../../src/calendar/day.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { acknowledgeRequest, answerRequest } from '../../src/partners/partner-side.command.ts';
import { cancelRequest, notePhoneAnswer } from '../../src/partners/staff-side.command.ts';
import { Carried } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { type TestTown, testTown } from '../support/town.ts';

// Requests to partners and their ladder (R20, R61–R63, spec §4.4).

let town: TestTown;
beforeAll(async () => {
  town = await testTown('partners');
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
    await sql`update town set clock_offset_ms = clock_offset_ms + 86400000`.execute(town.owner);
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
  const today = await town.owner
    .selectNoFrom(sql<string>`(business_now(${town.townId}::uuid) at time zone 'Europe/Paris')::date::text`.as('day'))
    .executeTakeFirstOrThrow();
  const yesterday = dayOf(dayNumber(today.day) - 1);
  const [, month, day] = yesterday.split('-');
  await answerRequest(web, me, { reply: 'done', actionOn: `${day}/${month}`, seen: 0 });
  const written = town.owner.selectFrom('partner_answer').select('action_on').where('request_id', '=', requestId);
  expect(await written.execute()).toEqual([{ action_on: yesterday }]);
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

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { beginEvaluation, noteCheck } from '../../src/followup/note-check.command.ts';
import { missSession } from '../../src/sessions/hold-session.command.ts';
import { withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { claimMail } from '../../src/mail/claim-mail.command.ts';
import { noteSession, type SessionNote } from '../../src/sessions/note-session.command.ts';
import { cancelSession, moveSession, type NewSession, planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { BESIDE_EVERY_CASE, openKinds } from '../support/case-rows.ts';
import { ladderOf } from '../support/ladders.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// What a session asks before it is held, and what its note begins and ends (F4, R9, R12, R19, R21, R22; §4.4).

let town: TestTown;
let clock: TownClock;
beforeAll(async () => {
  town = await testTown('session-notes');
  clock = new TownClock(town);
});
afterAll(() => town.close());

const MEETING = { hour: '14 h 30', minutes: 60, place: 'Salle Zinnia' };
const TALK: Omit<SessionNote, 'caseId' | 'day'> = {
  mode: 'phone',
  hour: '9 h',
  minutes: 10,
  present: [],
  interpreter: false,
  tensionBefore: 3,
  tensionAfter: 1,
  registers: [],
  topics: [],
  progress: 'listening',
  safetyAlert: false,
};

async function agreeing() {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const partyIds = [await carried.partyId('requester'), await carried.partyId('other')];
  const plan = async (change: Partial<NewSession> = {}, days = 7) =>
    planSession(carried.web, carried.mediator(), {
      caseId,
      mode: 'joint',
      partyIds,
      day: await clock.day(days),
      ...MEETING,
      ...change,
    });
  const note = async (change: Partial<SessionNote> = {}) =>
    noteSession(carried.web, carried.mediator(), { ...TALK, caseId, day: await clock.day(-1), ...change });
  return { carried, caseId, partyIds, plan, note };
}
async function mediating() {
  const found = await agreeing();
  await found.carried.says('other');
  await beginMediation(found.carried.web, found.carried.mediator(), found.caseId);
  return found;
}
const waitOf = async (caseId: string, kind: string) =>
  town.owner
    .selectFrom('deadline')
    .select(['id', 'due_day as dueDay'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .where('state', '=', 'open')
    .executeTakeFirst();
const stateOf = async (sessionId: string) =>
  (
    await town.owner
      .selectFrom('mediation_session')
      .select('state')
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow()
  ).state;

describe('a session is held or missed once its hour has come', () => {
  test('F4: a call noted today does not end next week’s meeting; nor is it missed before it begins', async () => {
    const { carried, caseId, plan, note } = await mediating();
    const sessionId = await plan();
    await expect(note({ sessionId })).rejects.toMatchObject({ code: 'not_begun', field: 'session' });
    await expect(missSession(carried.web, carried.mediator(), { caseId, sessionId })).rejects.toMatchObject({
      code: 'not_begun',
      field: 'session',
    });
    await note();
    expect(await stateOf(sessionId)).toBe('planned');
    await clock.forward(8);
    await missSession(carried.web, carried.mediator(), { caseId, sessionId });
    expect(await stateOf(sessionId)).toBe('missed');
    await plan();
  });

  test('F4: a note takes day, hour and length from the session it is about', async () => {
    const { partyIds, plan, note, caseId } = await mediating();
    const sessionId = await plan();
    const { day: _day, hour: _hour, minutes: _minutes, ...rest } = { ...TALK, day: '' };
    await clock.forward(8);
    await noteSession(
      town.context('passerelle_web'),
      { townId: town.townId, personId: town.person('M1') },
      {
        ...rest,
        caseId,
        sessionId,
        mode: 'joint',
        present: partyIds,
      },
    );
    const planned = town.owner.selectFrom('mediation_session').select('starts_at').where('id', '=', sessionId);
    const written = town.owner
      .selectFrom('session_note')
      .select(['starts_at', 'minutes'])
      .where('session_id', '=', sessionId);
    expect(await written.executeTakeFirstOrThrow()).toEqual({
      ...(await planned.executeTakeFirstOrThrow()),
      minutes: 60,
    });
    expect(await openKinds(town, caseId, BESIDE_EVERY_CASE)).toEqual(['no_note']);
    await expect(note({ sessionId })).rejects.toMatchObject({ code: 'unknown_choice', field: 'session' });
  });

  test('F4: nothing is noted that lies ahead; a day without a year is the latest such day', async () => {
    const { note, caseId } = await agreeing();
    await expect(note({ day: await clock.day(1) })).rejects.toMatchObject({ code: 'day_to_come', field: 'day' });
    await expect(note({ day: await clock.day(), hour: '23 h 59' })).rejects.toMatchObject({
      code: 'not_begun',
      field: 'hour',
    });
    const yesterday = await clock.day(-1);
    const [, month, day] = yesterday.split('-');
    await note({ day: `${day}/${month}` });
    const row = town.owner.selectFrom('session_note').select('starts_at').where('case_id', '=', caseId);
    expect((await row.executeTakeFirstOrThrow()).starts_at.toISOString().slice(0, 10)).toBe(yesterday);
  });

  test('T27: what was still planned when opinions are asked is noted, missed or cancelled all the same', async () => {
    const { carried, caseId, plan, note, partyIds } = await mediating();
    const [held, missed, cancelled] = [await plan({}, 3), await plan({}, 4), await plan({}, 30)];
    await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
    await clock.forward(8);
    await noteCheck(carried.web, carried.mediator(), {
      caseId,
      kind: 'm1',
      partyId: partyIds[0] ?? '',
      way: 'phone',
      reached: true,
      situation: 'better',
      next: 'go_on',
    });
    await note({ nextStep: 'Rappeler.', nextOn: await clock.day(2) });
    await beginEvaluation(carried.web, carried.mediator(), caseId);
    expect(await waitOf(caseId, 'next_step')).toBeUndefined();
    await expect(note()).rejects.toMatchObject({ code: 'not_allowed_now' });
    await note({ sessionId: held ?? '', mode: 'joint', present: partyIds });
    expect(await waitOf(caseId, 'no_note')).toBeUndefined();
    await missSession(carried.web, carried.mediator(), { caseId, sessionId: missed ?? '' });
    await cancelSession(carried.web, carried.mediator(), { caseId, sessionId: cancelled ?? '' });
  });
});

describe('invariant 1: sides are brought together by a mediation only', () => {
  test.each([
    ['individual', 'one_at_a_time'],
    ['shuttle', 'one_at_a_time'],
    ['joint', 'agreement_missing'],
    ['collective', 'agreement_missing'],
  ] as const)('R9: before it, %s with both sides is refused', async (mode, code) => {
    const { plan, partyIds } = await agreeing();
    await expect(plan({ mode })).rejects.toMatchObject({ code });
    if (mode === 'individual' || mode === 'shuttle') await plan({ mode, partyIds: partyIds.slice(1) });
  });

  test('R9, R12: in it, a shuttle and a collective meeting call both sides, an individual talk still one', async () => {
    const { plan } = await mediating();
    await expect(plan({ mode: 'individual' })).rejects.toMatchObject({ code: 'one_at_a_time', field: 'parties' });
    for (const mode of ['shuttle', 'collective'] as const) {
      const sessionId = await plan({ mode });
      const invited = town.owner.selectFrom('session_party').select('party_id').where('session_id', '=', sessionId);
      expect(await invited.execute()).toHaveLength(2);
    }
  });
});

describe('§4.4: waits', () => {
  test('R9: the first session is one where people meet after the mediation began, not a call, not a talk before it', async () => {
    const { caseId, partyIds, note } = await mediating();
    await note({ day: await clock.day(), hour: '0 h 01', present: partyIds });
    await note({ mode: 'desk', present: partyIds.slice(1) });
    await note({ mode: 'visit', day: await clock.day(), hour: '0 h 01' });
    expect(await waitOf(caseId, 'first_session')).toBeDefined();
    await note({ mode: 'shuttle', day: await clock.day(), hour: '0 h 01', present: partyIds.slice(1) });
    expect(await waitOf(caseId, 'first_session')).toBeUndefined();
  });

  test('R12: a collective action counts who took part, and is a first session too', async () => {
    const { caseId, note } = await mediating();
    await note({ mode: 'collective', day: await clock.day(), hour: '0 h 01', participants: 23, actionKind: 'walk' });
    const row = town.owner
      .selectFrom('session_note')
      .select(['participants', 'action_kind as kind'])
      .where('case_id', '=', caseId);
    expect(await row.executeTakeFirstOrThrow()).toEqual({ participants: 23, kind: 'walk' });
    expect(await waitOf(caseId, 'first_session')).toBeUndefined();
  });

  test('R9: fifteen working days count from the last agreement; the mediator is reminded on the twelfth', async () => {
    await clock.toWeekday(1, '10:00');
    const { carried, caseId } = await agreeing();
    await carried.says('other');
    await clock.forward(7);
    await beginMediation(carried.web, carried.mediator(), caseId);
    // Five of the fifteen have passed; a day off in between would only make it later.
    expect(await ladderOf(town, caseId, 'first_session')).toEqual([
      'd7 mediator session_due',
      'd11 leader session_late',
    ]);
    const atOnce = await mediating();
    expect(await ladderOf(town, atOnce.caseId, 'first_session')).toEqual([
      'd12 mediator session_due',
      'd16 leader session_late',
    ]);
  });

  test('R9: begun after those fifteen days, the leader still hears of a session that does not come', async () => {
    const { carried, caseId } = await agreeing();
    await carried.says('other');
    await clock.forward(40);
    await beginMediation(carried.web, carried.mediator(), caseId);
    expect(await ladderOf(town, caseId, 'first_session')).toEqual(['d2 leader session_late']);
  });

  test('F4: without a note, the mediator is reminded on the fifteenth working day, the leader told on the twentieth', async () => {
    const { caseId, note } = await mediating();
    await note();
    expect(await ladderOf(town, caseId, 'no_note')).toEqual(['d15 mediator note_due', 'd20 leader note_late']);
  });

  test('R9: whoever is invited is reminded on the working day before', async () => {
    await clock.toWeekday(1, '10:00');
    const { caseId, plan } = await mediating();
    await plan({}, 7);
    const days = await ladderOf(town, caseId, 'session');
    expect(days).toEqual(['d0 party session_invited', 'd4 party session_reminder']);
  });

  test('F4: the next step comes back on its day, and ends with the next note', async () => {
    await clock.toWeekday(1, '10:00');
    const { caseId, note } = await mediating();
    await note({ nextStep: 'Rappeler le gardien.', nextOn: await clock.day(2) });
    expect((await waitOf(caseId, 'next_step'))?.dueDay).toBe(await clock.day(2));
    expect(await ladderOf(town, caseId, 'next_step')).toEqual([
      'd2 mediator next_step_due',
      'd5 leader next_step_late',
    ]);
    await clock.forward(2);
    await takeDueSteps(town, caseId);
    await note();
    expect(await waitOf(caseId, 'next_step')).toBeUndefined();
  });
});

describe('R28, §4.4: news of a session leaves in time', () => {
  async function notBefore(caseId: string, template: string): Promise<Date[]> {
    await takeDueSteps(town, caseId);
    const mails = town.owner
      .selectFrom('mail')
      .select('not_before as notBefore')
      .where('case_id', '=', caseId)
      .where('template', '=', template);
    return (await mails.execute()).map((mail) => mail.notBefore);
  }

  test('planned in the evening for the next morning at eight: at once; for next week: when the window opens', async () => {
    const { caseId, plan } = await mediating();
    await clock.toWeekday(2, '18:00');
    await plan({ hour: '8 h' }, 1);
    const soon = await notBefore(caseId, 'session_invited');
    const now = await clock.now();
    expect(soon.map((at) => at <= now)).toEqual([true, true]);
    const other = await mediating();
    await other.plan({ hour: '8 h' }, 7);
    const mails = await notBefore(other.caseId, 'session_invited');
    expect(mails).toHaveLength(2);
    for (const at of mails) expect(at.getTime() - now.getTime()).toBeGreaterThan(13 * 3_600_000);
  });

  test('moved in the evening before: told before anybody comes for nothing', async () => {
    const { carried, caseId, plan } = await mediating();
    await clock.toWeekday(2, '18:00');
    const sessionId = await plan({ hour: '8 h' }, 1);
    await notBefore(caseId, 'session_invited');
    await moveSession(carried.web, carried.mediator(), {
      caseId,
      sessionId,
      day: await clock.day(14),
      hour: '10 h',
      minutes: 60,
    });
    const mails = await notBefore(caseId, 'session_moved');
    const now = await clock.now();
    expect(mails.map((at) => at <= now)).toEqual([true, true]);
  });

  test.each(['by the mediator', 'because the other side stops'] as const)(
    'R9: called off before its invitation left, %s: nobody is asked to call about a meeting that is off',
    async (how) => {
      const { carried, caseId, partyIds, plan } = await mediating();
      await clock.toWeekday(2, '18:00');
      const sessionId = await plan({ hour: '14 h' }, 7);
      expect(await notBefore(caseId, 'session_invited')).toHaveLength(2);
      await town.owner.updateTable('case_identity').set({ precautions: ['do_not_write'] }).where('case_id', '=', caseId).execute(); // prettier-ignore
      if (how === 'by the mediator') await cancelSession(carried.web, carried.mediator(), { caseId, sessionId });
      else await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId: partyIds[1] ?? '' });
      await takeDueSteps(town, caseId);
      await clock.toWeekday(3, '09:05');
      const ctx = mailContext(town, 'smtp://127.0.0.1:1');
      const policy = await ctx.policies.of(town.townId);
      const waiting = await town.owner.selectFrom('mail').select('id').where('case_id', '=', caseId).where('template', '=', 'session_invited').where('state', '=', 'queued').execute(); // prettier-ignore
      expect(waiting.length).toBeGreaterThan(0);
      for (const { id } of waiting) expect(await claimMail(ctx, policy, town.townId, id)).toBeUndefined();
      const calls = await town.owner.selectFrom('deadline').select(['kind', 'reason']).where('case_id', '=', caseId).where('kind', 'like', 'task_call%').where('state', '=', 'open').execute(); // prettier-ignore
      // What is newer is still said, to whom nothing may be written.
      const reason = how === 'by the mediator' ? 'session_cancelled' : 'mediation_stopped';
      expect(calls).toEqual([{ kind: 'task_call_requester', reason }]);
    },
  );

  test('R28: a meeting that has begun is no more invited to, and nobody is called about it', async () => {
    const { caseId, plan } = await mediating();
    await clock.toWeekday(2, '18:00');
    await plan({ hour: '14 h' }, 1);
    expect(await notBefore(caseId, 'session_invited')).toHaveLength(2);
    await clock.toWeekday(3, '16:00');
    const ctx = mailContext(town, 'smtp://127.0.0.1:1');
    const policy = await ctx.policies.of(town.townId);
    const waiting = await town.owner.selectFrom('mail').select('id').where('case_id', '=', caseId).where('template', '=', 'session_invited').execute(); // prettier-ignore
    for (const { id } of waiting) expect(await claimMail(ctx, policy, town.townId, id)).toBeUndefined();
    expect(await waitOf(caseId, 'task_call_requester')).toBeUndefined();
  });
});

describe('F4: what a note holds', () => {
  test('R19, R21, R22: tension, every commitment and every link, whoever of the team was there', async () => {
    const { caseId, partyIds, note } = await mediating();
    const [one = '', two = ''] = partyIds;
    const [centre, landlord] = [await organisation('O09'), await organisation('O11')];
    const byDay = await clock.day(20);
    await note({
      mode: 'joint',
      day: await clock.day(),
      hour: '0 h 01',
      present: partyIds,
      secondId: town.person('M2'),
      note: 'Chacun a parlé.',
      commitments: [
        { row: 1, partyId: one, what: 'Rentrer le vélo.', byDay },
        { row: 2, partyId: two, what: 'Baisser le son après 22 h.', byDay },
      ],
      links: [
        { row: 1, organisationId: centre, kind: 'introduction', confirmed: true },
        { row: 2, organisationId: landlord, kind: 'information', confirmed: false },
      ],
    });
    const links = town.owner.selectFrom('link_made').select(['kind', 'confirmed_at']).where('case_id', '=', caseId);
    expect(
      (await links.orderBy('kind').execute()).map(({ kind, confirmed_at }) => [kind, confirmed_at !== null]),
    ).toEqual([
      ['information', false],
      ['introduction', true],
    ]);
    const promised = town.owner.selectFrom('commitment').select('note_id').where('case_id', '=', caseId);
    expect((await promised.execute()).filter(({ note_id }) => note_id !== null)).toHaveLength(2);
    const theCase = town.owner.selectFrom('mediation_case').select('tension').where('id', '=', caseId);
    expect((await theCase.executeTakeFirstOrThrow()).tension).toBe(1);
  });

  const NOBODY = '00000000-0000-4000-8000-000000000000';
  test.each([
    [{ present: [NOBODY] }, 'present'],
    [{ secondId: NOBODY }, 'second'],
    [{ links: [{ row: 3, organisationId: NOBODY, kind: 'information', confirmed: false }] }, 'linkWith3'],
    [{ commitments: [{ row: 2, partyId: NOBODY, what: 'Rien.', byDay: '31/12' }] }, 'promisedBy2'],
  ] satisfies [Partial<SessionNote>, string][])(
    'B-18: %o is refused beside its field, and nothing is written',
    async (change, field) => {
      const { caseId, note } = await agreeing();
      await expect(note(change)).rejects.toMatchObject({ code: 'unknown_choice', field });
      const rows = town.owner.selectFrom('session_note').select('id').where('case_id', '=', caseId);
      expect(await rows.execute()).toEqual([]);
    },
  );

  test('B-18: a party of another case was not there', async () => {
    const { note } = await agreeing();
    const other = await agreeing();
    await expect(note({ present: other.partyIds })).rejects.toMatchObject({ code: 'unknown_choice', field: 'present' });
  });
});

async function organisation(code: string): Promise<string> {
  const row = town.owner.selectFrom('organisation').select('id').where('code', '=', code);
  return (await row.executeTakeFirstOrThrow()).id;
}

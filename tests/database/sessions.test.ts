import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { beginMediation } from '../../src/cases/mediate.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { type Pump, startPump } from '../../src/mail/pump.ts';
import { formatCode } from '../../src/privacy/case-code.ts';
import { withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { partyCode } from '../../src/parties/party-code.ts';
import { cancelSession, moveSession, type NewSession, planSession } from '../../src/sessions/plan-session.command.ts';
import { BESIDE_EVERY_CASE, openKinds as kindsOf } from '../support/case-rows.ts';
import { Carried } from '../support/agreements.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// Sessions, their invitations and their notes (R9, R19, R21, R22, F4).

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let server: LyingSmtp;
let pump: Pump;
beforeAll(async () => {
  town = await testTown('sessions');
  app = await webApp(town);
  server = await startLyingSmtp();
  pump = startPump(mailContext(town, server.url), town.database.url('passerelle_worker'));
});
afterAll(async () => {
  await pump.stop();
  await server.close();
  await town.close();
});

const WHEN = { day: '25/01/2027', hour: '14 h 30', minutes: 60, place: 'Salle Zinnia, au fond du couloir' };
async function mediating() {
  const carried = new Carried(town);
  await carried.toAgreements({ firstName: 'Zéphyrine', email: 'zephyrine@courriel.example' });
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), carried.caseId);
  const partyIds = [await carried.partyId('requester'), await carried.partyId('other')];
  return { carried, caseId: carried.caseId, partyIds };
}
async function planned(change: Partial<NewSession> = {}) {
  const found = await mediating();
  const { carried, caseId, partyIds } = found;
  const sessionId = await planSession(carried.web, carried.mediator(), {
    caseId,
    mode: 'joint',
    partyIds,
    ...WHEN,
    ...change,
  });
  return { ...found, sessionId };
}
const openKinds = (caseId: string) => kindsOf(town, caseId, BESIDE_EVERY_CASE);
const mailsOf = async (caseId: string, template: string) =>
  vi.waitUntil(
    async () => {
      const rows = await town.owner
        .selectFrom('mail')
        .select(['message_id as messageId', 'state', 'party_id as partyId'])
        .where('case_id', '=', caseId)
        .where('template', '=', template)
        .execute();
      return rows.length > 0 && rows.every(({ state }) => state === 'accepted') ? rows : undefined;
    },
    { timeout: 15_000 },
  );
async function calendarsOf(caseId: string, template: string): Promise<string[]> {
  const rows = await mailsOf(caseId, template);
  const parsed = await Promise.all(
    rows.map(({ messageId }) => simpleParser(server.stored.get(messageId)?.[0]?.raw ?? '')),
  );
  return parsed.map(({ attachments }) => attachments[0]?.content.toString('utf8').replaceAll('\r\n ', '') ?? '');
}
describe('planning', () => {
  test('R9, R86: both sides are invited by a mail with a calendar file that names nobody', async () => {
    const { caseId, sessionId } = await planned();
    await takeDueSteps(town, caseId);
    const calendars = await calendarsOf(caseId, 'session_invited');
    expect(calendars).toHaveLength(2);
    for (const text of calendars) {
      expect(text).toContain('METHOD:PUBLISH');
      expect(text).toContain('DTSTART:20270125T133000Z');
      expect(text).toContain(`UID:${sessionId}@mediation`);
      expect(text).toContain('SEQUENCE:0');
      // R104: the town is invented.
      expect(text).toMatch(/SUMMARY:Rendez-vous n°\s\S+ – FICTIF\r\n/u);
      for (const never of ['Zinnia', 'Zéphyrine', 'Farid', 'BRUIT', 'ATTENDEE', 'LOCATION'])
        expect(text).not.toContain(never);
    }
    for (const { raw } of [...server.stored.values()].flat())
      for (const never of ['Zinnia', 'Zéphyrine', 'Aubertin']) expect(raw).not.toContain(never);
  });

  test('invariant 1: no meeting of the sides before mediation; a talk with one side is possible', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const partyIds = [await carried.partyId('requester')];
    const plan = (mode: 'joint' | 'individual') =>
      planSession(carried.web, carried.mediator(), { caseId, mode, partyIds, ...WHEN });
    await expect(plan('joint')).rejects.toMatchObject({ code: 'agreement_missing' });
    await plan('individual');
  });

  test.each([
    [{ day: '28/03/2027', hour: '2 h 30' }, 'not_an_hour', 'hour'],
    [{ day: '31/04/2027' }, 'not_a_day', 'day'],
    [{ day: '10/01/2027' }, 'day_passed', 'day'],
    [{ hour: 'midi' }, 'not_an_hour', 'hour'],
    [{ partyIds: [] }, 'unknown_choice', 'parties'],
  ])('B-19: %o is refused beside its field', async (change, code, field) => {
    await expect(planned(change)).rejects.toMatchObject({ code, field });
  });

  test('2:30 on 31 October 2027 comes twice: the first is meant', async () => {
    const { sessionId } = await planned({ day: '31/10/2027', hour: '2h30' });
    const row = town.owner.selectFrom('mediation_session').select('starts_at').where('id', '=', sessionId);
    expect((await row.executeTakeFirstOrThrow()).starts_at.toISOString()).toBe('2027-10-31T00:30:00.000Z');
  });
});

describe('moved, cancelled, stopped', () => {
  test('moved: the old reminder goes, the calendar file replaces the first one', async () => {
    const { carried, caseId, sessionId } = await planned();
    await takeDueSteps(town, caseId);
    await mailsOf(caseId, 'session_invited');
    await moveSession(carried.web, carried.mediator(), { caseId, sessionId, ...WHEN, day: '1/02/2027' });
    await takeDueSteps(town, caseId);
    for (const text of await calendarsOf(caseId, 'session_moved')) {
      expect(text).toContain('SEQUENCE:1');
      expect(text).toContain('DTSTART:20270201T133000Z');
    }
    const due = town.owner
      .selectFrom('deadline')
      .select('due_day')
      .where('stream_id', '=', `session/${sessionId}`)
      .where('kind', '=', 'session')
      .where('state', '=', 'open');
    expect(await due.execute()).toEqual([{ due_day: '2027-02-01' }]);
  });

  test('cancelled: everybody is told, its calendar entry goes', async () => {
    const { carried, caseId, sessionId } = await planned();
    await cancelSession(carried.web, carried.mediator(), { caseId, sessionId });
    for (const text of await calendarsOf(caseId, 'session_cancelled'))
      expect(text).toMatch(/METHOD:CANCEL[\s\S]*STATUS:CANCELLED/);
    expect(await openKinds(caseId)).toEqual(['first_session', 'no_note']);
    await expect(cancelSession(carried.web, carried.mediator(), { caseId, sessionId })).rejects.toMatchObject({
      field: 'session',
    });
  });

  test('R30: a withdrawal cancels what was planned in its own transaction', async () => {
    const { carried, caseId, sessionId } = await planned();
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    const row = town.owner.selectFrom('mediation_session').select('state').where('id', '=', sessionId);
    expect((await row.executeTakeFirstOrThrow()).state).toBe('cancelled');
    const pending = () =>
      town.owner
        .selectFrom('step')
        .select('template')
        .where('stream_id', '=', `session/${sessionId}`)
        .where('state', '=', 'pending')
        .execute();
    // Its last step takes the session out of the calendars of those who were invited.
    expect(await pending()).toEqual([{ template: 'session_cancelled' }]);
    await takeDueSteps(town, caseId);
    expect(await pending()).toEqual([]);
    const calendars = await calendarsOf(caseId, 'session_cancelled');
    expect(calendars).toHaveLength(2);
    for (const text of calendars) expect(text).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:1[\s\S]*STATUS:CANCELLED/);
    const stream = town.owner.selectFrom('stream').select('closed').where('id', '=', `session/${sessionId}`);
    expect(await stream.executeTakeFirstOrThrow()).toEqual({ closed: true });
  });

  test('R9, R30: called off while the worker is away, then withdrawn: calendars are told all the same, each side once', async () => {
    const { carried, caseId, sessionId, partyIds } = await planned();
    await cancelSession(carried.web, carried.mediator(), { caseId, sessionId });
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    await takeDueSteps(town, caseId);
    const calendars = await calendarsOf(caseId, 'session_cancelled');
    expect(calendars).toHaveLength(2);
    for (const text of calendars) expect(text).toMatch(/METHOD:CANCEL[\s\S]*STATUS:CANCELLED/);
    const left = await planned();
    await cancelSession(left.carried.web, left.carried.mediator(), { caseId: left.caseId, sessionId: left.sessionId });
    await withdrawByParty(left.carried.web, {
      townId: town.townId,
      caseId: left.caseId,
      partyId: left.partyIds[1] ?? '',
    });
    await takeDueSteps(town, left.caseId);
    expect(await calendarsOf(left.caseId, 'session_cancelled')).toHaveLength(2);
    expect(partyIds).toHaveLength(2);
  });

  test('R9, R30: queued for the morning, then withdrawn: the calendar file still leaves', async () => {
    const { carried, caseId, sessionId } = await planned();
    await cancelSession(carried.web, carried.mediator(), { caseId, sessionId });
    await town.owner
      .updateTable('mail')
      .set({ not_before: new Date('2030-01-01') })
      .where('case_id', '=', caseId)
      .execute();
    await takeDueSteps(town, caseId);
    const held = town.owner
      .updateTable('mail')
      .set({ not_before: new Date('2030-01-01') })
      .where('case_id', '=', caseId);
    await held.where('template', '=', 'session_cancelled').where('state', '=', 'queued').execute();
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    const states = await town.owner.selectFrom('mail').select('state').where('case_id', '=', caseId).where('template', '=', 'session_cancelled').execute(); // prettier-ignore
    expect(states.map(({ state }) => state)).not.toContain('cancelled');
  });

  test('T23: only what the other side was to come to is called off; whoever stopped reads it in the own calendar too', async () => {
    const { carried, caseId, partyIds, sessionId } = await planned();
    const [requester = '', other = ''] = partyIds;
    const alone = (partyId: string) =>
      planSession(carried.web, carried.mediator(), { caseId, mode: 'individual', partyIds: [partyId], ...WHEN });
    const [kept, dropped] = [await alone(requester), await alone(other)];
    await takeDueSteps(town, caseId);
    await mailsOf(caseId, 'session_invited');
    await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId: other });
    const rows = town.owner.selectFrom('mediation_session').select(['id', 'state', 'sequence']);
    const states = await rows.where('case_id', '=', caseId).execute();
    expect(new Map(states.map(({ id, state, sequence }) => [id, `${state} ${sequence}`]))).toEqual(
      new Map([
        [sessionId, 'cancelled 1'],
        [dropped, 'cancelled 1'],
        [kept, 'planned 0'],
      ]),
    );
    await takeDueSteps(town, caseId);
    const told = (await mailsOf(caseId, 'session_cancelled')).map(({ partyId }) => (partyId ? 'other' : 'requester'));
    expect(told.toSorted()).toEqual(['other', 'other', 'requester']);
    expect(await calendarsOf(caseId, 'session_cancelled')).toHaveLength(3);
    expect((await mailsOf(caseId, 'participation_stopped')).map(({ partyId }) => partyId)).toEqual([other]);
  });
});

describe('F4: the note is asked for', () => {
  test('not written: the mediator is asked on the second working day, the leader on the fifth', async () => {
    const { caseId, sessionId } = await planned({ day: '13/01/2027' });
    const steps = await town.owner
      .selectFrom('step')
      .select(['at', 'audience'])
      .where('stream_id', '=', `session/${sessionId}`)
      .where('template', 'like', 'session_note%')
      .orderBy('at')
      .execute();
    expect(steps.map(({ at, audience }) => `${at.toISOString().slice(0, 10)} ${audience}`)).toEqual([
      '2027-01-15 mediator',
      '2027-01-20 leader',
    ]);
    expect(await openKinds(caseId)).toContain('session_note');
  });
});

test('R29: the other party reads its appointment on its own page and takes its calendar file; a stranger gets nothing', async () => {
  const { caseId, sessionId } = await planned();
  const access = await town.owner
    .selectFrom('access')
    .select('id')
    .where('case_id', '=', caseId)
    .where('purpose', '=', 'party_code')
    .executeTakeFirstOrThrow();
  const visitor = new Visitor(app);
  await visitor.post('/suivi', { code: formatCode(partyCode(town.keys, access.id)) });
  const page = await (await visitor.get('/suivi/participation')).text();
  expect(page).toContain('Salle Zinnia');
  const file = await visitor.get(`/suivi/rendez-vous/${sessionId}`);
  expect(file.headers.get('content-type')).toContain('text/calendar');
  const written = await file.text();
  expect(written).toMatch(/SUMMARY:.* – FICTIF\r\n/);
  expect(written).not.toContain('Zinnia');
  expect((await new Visitor(app).get(`/suivi/rendez-vous/${sessionId}`)).status).toBe(403);
  const other = await planned();
  expect((await visitor.get(`/suivi/rendez-vous/${other.sessionId}`)).status).toBe(404);
});

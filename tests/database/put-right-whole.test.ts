import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { correctMistake } from '../../src/cases/correct-mistake.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { mergeCase } from '../../src/cases/merge-case.command.ts';
import { suspendCase } from '../../src/cases/suspend.command.ts';
import { askQuestion, redirectCase, startTriage } from '../../src/cases/triage.command.ts';
import { withdrawForRequester } from '../../src/cases/withdraw.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { noteCheck } from '../../src/followup/note-check.command.ts';
import { missingAgreements } from '../../src/parties/agreement-status.ts';
import { withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { partiesOf } from '../../src/parties/standing.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { Carried } from '../support/agreements.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// T35 gives back the whole of what one ending took: waits with their reminders, agreements, the rest; and nothing else.

let town: TestTown;
let clock: TownClock;
beforeAll(async () => {
  town = await testTown('put-right-whole');
  clock = new TownClock(town);
});
afterAll(() => town.close());

const web = () => town.context('passerelle_web');
const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const correct = (caseId: string) => correctMistake(web(), leader(), { caseId, reason: 'Trop vite.' });

async function inMediation(): Promise<Carried> {
  const carried = new Carried(town);
  await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), carried.caseId);
  return carried;
}

async function stands(caseId: string) {
  const { state } = await town.owner
    .selectFrom('mediation_case')
    .select('state')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const waits = await sql<{ kind: string; due: string; steps: number }>`
    select d.kind, d.due_day::text as due,
      (select count(*)::int from step s where s.deadline_id = d.id and s.state in ('pending', 'paused')) as steps
    from deadline d where d.case_id = ${caseId} and d.state = 'open' order by d.kind, d.due_day`.execute(town.owner);
  return { state, waits: waits.rows };
}

async function missing(carried: Carried): Promise<string[]> {
  return inTransaction(carried.web.db, { role: 'app_staff', ...carried.mediator() }, async (tx) => {
    const theCase = await tx.db
      .selectFrom('mediation_case')
      .select(['need', 'complexity', 'preventive'])
      .where('id', '=', carried.caseId)
      .executeTakeFirstOrThrow();
    return missingAgreements(theCase, await partiesOf(tx, carried.caseId));
  });
}

test('T35 invariant 1: a withdrawal typed by mistake in a mediation is undone with everything that was agreed', async () => {
  const carried = await inMediation();
  const before = await stands(carried.caseId);
  await withdrawForRequester(carried.web, carried.mediator(), carried.caseId);
  await correct(carried.caseId);
  expect(await stands(carried.caseId)).toEqual(before);
  expect(await missing(carried)).toEqual([]);
});

test('T35 invariant 1: somebody who stopped since is not brought back; the leader reads that an agreement is missing', async () => {
  const carried = await inMediation();
  await withdrawForRequester(carried.web, carried.mediator(), carried.caseId);
  const partyId = await carried.partyId('other');
  await withdrawByParty(carried.web, { townId: town.townId, caseId: carried.caseId, partyId });
  await expect(correct(carried.caseId)).rejects.toMatchObject({ code: 'agreement_missing' });
  expect((await stands(carried.caseId)).state).toBe('closed');
});

test('T35 to agreements: the question that stood open stands open, its reminders too, later by the working days in between', async () => {
  const carried = new Carried(town);
  await carried.toAgreements();
  const before = await stands(carried.caseId);
  await proposeClosing(carried.web, leader(), { caseId: carried.caseId, outcome: 'DOUBLON', reason: 'Deux fois.' });
  await clock.forward(1);
  await correct(carried.caseId);
  const after = await stands(carried.caseId);
  expect(after.waits.map(({ kind, steps }) => [kind, steps])).toEqual(
    before.waits.map(({ kind, steps }) => [kind, steps]),
  );
  const due = (of: typeof after, kind: string) => of.waits.find((wait) => wait.kind === kind)?.due ?? '';
  expect(due(after, 'agreement') > due(before, 'agreement')).toBe(true);
  expect(due(after, 'art14_notice')).toBe(due(before, 'art14_notice'));
  const partyId = await carried.partyId('other');
  await expect(
    askForAgreement(carried.web, carried.mediator(), { caseId: carried.caseId, partyId }),
  ).rejects.toMatchObject({ code: 'not_allowed_now' });
});

test('T35 to the checks: news may be taken, as before', async () => {
  const carried = await inMediation();
  await beginFollowUp(carried.web, carried.mediator(), { caseId: carried.caseId, result: 'ACCORD_ORAL' });
  await proposeClosing(carried.web, leader(), { caseId: carried.caseId, outcome: 'DOUBLON', reason: 'Deux fois.' });
  expect((await stands(carried.caseId)).waits.map(({ kind }) => kind)).toEqual([
    'art14_notice',
    'leader_evaluation',
    'mediator_evaluation',
  ]);
  await correct(carried.caseId);
  const kinds = (await stands(carried.caseId)).waits.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['check_d10', 'check_m1', 'check_m3']));
  const check = { kind: 'd10', way: 'phone', reached: false, next: 'go_on' } as const;
  await noteCheck(carried.web, carried.mediator(), { caseId: carried.caseId, ...check });
});

test('T35 of a case that rested: it rests again until the same day', async () => {
  const carried = await inMediation();
  await suspendCase(carried.web, carried.mediator(), { caseId: carried.caseId, reason: 'away', until: '2027-01-20' });
  const before = await stands(carried.caseId);
  await proposeClosing(carried.web, leader(), { caseId: carried.caseId, outcome: 'DOUBLON', reason: 'Deux fois.' });
  await correct(carried.caseId);
  expect(await stands(carried.caseId)).toEqual(before);
  const rests = town.owner.selectFrom('mediation_case').select('suspended').where('id', '=', carried.caseId);
  expect(await rests.executeTakeFirstOrThrow()).toEqual({ suspended: true });
});

test('T7, T8, T35: requests to partners end with the case, nothing is held any more; a merge that is undone leaves no link', async () => {
  const organisation = await town.owner
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', 'O09')
    .executeTakeFirstOrThrow();
  const other = await submit(town);
  const { number } = await town.owner
    .selectFrom('mediation_case')
    .select('number')
    .where('id', '=', other.caseId)
    .executeTakeFirstOrThrow();
  const ends = {
    T7: (caseId: string) => redirectCase(web(), leader(), { caseId, motive: 'JURIDIQUE', target: 'CDAD' }),
    T8: (caseId: string) => mergeCase(web(), leader(), { caseId, into: number }),
  };
  for (const end of Object.values(ends)) {
    const { caseId } = await submit(town);
    await startTriage(web(), leader(), caseId);
    const question = { organisationId: organisation.id, urgency: 'urgent', question: 'Quand ?' } as const;
    await askPartner(web(), leader(), { caseId, ...question });
    await end(caseId);
    const left = await sql<{ requests: number; held: boolean; streams: number }>`
      select (select count(*)::int from partner_request where case_id = ${caseId} and state = 'sent') as requests,
        (select waiting_for_partner from mediation_case where id = ${caseId}) as held,
        (select count(*)::int from stream s join partner_request r on s.subject_id = r.id where r.case_id = ${caseId} and not s.closed) as streams`.execute(
      town.owner,
    );
    expect(left.rows[0]).toEqual({ requests: 0, held: false, streams: 0 });
    await correct(caseId);
    const back = await town.owner
      .selectFrom('mediation_case')
      .select(['state', 'merged_into as into'])
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(back).toEqual({ state: 'in_triage', into: null });
    const queued = town.owner
      .selectFrom('mail')
      .select('template')
      .where('case_id', '=', caseId)
      .where('template', 'in', ['redirected', 'merged'])
      .where('state', '=', 'queued');
    expect(await queued.execute()).toEqual([]);
    expect((await stands(caseId)).waits.map(({ kind }) => kind)).toEqual(['triage']);
  }
});

test('T35 after a question that was asked: it is waited for again', async () => {
  const { caseId } = await submit(town);
  await askQuestion(web(), leader(), { caseId, question: 'Quel étage ?' });
  await withdrawForRequester(web(), leader(), caseId);
  await correct(caseId);
  const { state, waits } = await stands(caseId);
  expect([state, waits.map(({ kind }) => kind)]).toEqual(['more_info_needed', ['more_info']]);
});

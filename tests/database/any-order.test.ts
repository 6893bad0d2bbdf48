import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACTIVE_STATES, type CaseState, isActive } from '../../src/cases/case-status.ts';
import { withdrawByRequester, withdrawForRequester } from '../../src/cases/withdraw.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { DomainError } from '../../src/errors.ts';
import { missingAgreements } from '../../src/parties/agreement-status.ts';
import { partiesOf } from '../../src/parties/standing.ts';
import { Carried } from '../support/agreements.ts';
import { stateOf } from '../support/case-rows.ts';
import { type Deeds, deedsIn } from '../support/deeds.ts';
import { takeDueSteps } from '../support/mails.ts';
import { caseRows } from '../support/stored-rows.ts';
import { type TestTown, testTown } from '../support/town.ts';

// Whatever people do, in whatever order, whenever (spec §4.13, invariants 1 and 2; « a refused command changes nothing »; « every wait ends »).

let town: TestTown;
let deeds: Deeds;
beforeAll(async () => {
  town = await testTown('any-order');
  const found = await town.owner
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', 'O09')
    .executeTakeFirstOrThrow();
  deeds = deedsIn(town, found.id);
});
afterAll(() => town.close());

async function holds(carried: Carried): Promise<void> {
  const { caseId } = carried;
  const theCase = await town.owner
    .selectFrom('mediation_case')
    .select(['state', 'need', 'complexity', 'preventive', 'suspended', 'waiting_for_partner as waiting'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const staff = { role: 'app_staff' as const, ...carried.mediator() };
  const parties = await inTransaction(town.db('passerelle_web'), staff, (tx) => partiesOf(tx, caseId));
  // Invariant 1.
  if (theCase.state === 'mediation') expect(missingAgreements(theCase, parties)).toEqual([]);
  const open = await openWaits(caseId);
  // Every wait ends: a step is to come, or its leader was told, or it stands late in somebody's list.
  expect(open.filter(({ ends }) => !ends)).toEqual([]);
  // Somebody is to take the case further, or to say that it goes on.
  if (isActive(theCase.state))
    expect({ state: theCase.state, waits: open.some(({ kind }) => !BESIDE.includes(kind)) }).toEqual({
      state: theCase.state,
      waits: true,
    });
  if (open.some(({ pausedAt }) => pausedAt !== null)) expect(theCase.suspended || theCase.waiting).toBe(true);
  if (theCase.suspended) expect(open.map(({ kind }) => kind)).toContain('suspension');
}

/** Waits that take no case further, and tasks that somebody ticks off. */
const BESIDE = [
  'case_review',
  'long_case',
  'opinions',
  'partner_opinion',
  'mediator_evaluation',
  'leader_evaluation',
  'common_conclusion',
  'conclusion_to_confirm',
  'art14_notice',
  'danger',
];
/** Tasks that stand in the list and remind nobody. */
const UNREMINDED = ['task_mail_uncertain', 'task_mail_refused', 'task_note_withdrawal'];

async function openWaits(caseId: string): Promise<{ kind: string; pausedAt: Date | null; ends: boolean }[]> {
  const open = await sql<{ kind: string; pausedAt: Date | null; ends: boolean }>`
    select d.kind, d.paused_at as "pausedAt",
      d.due_at <= business_now(d.town_id) or d.kind = any (${UNREMINDED}) or exists (
        select 1 from step where step.deadline_id = d.id
          and (step.state in ('pending', 'paused') or (step.state = 'done' and step.audience in ('leader', 'deputy')))) as ends
    from deadline d where d.case_id = ${caseId} and d.state = 'open'`.execute(town.owner);
  return open.rows;
}

/** The same few in every run of the suite; ANY_ORDER_RUNS=250 looks for more, each time others. */
const FEW = 25;
const runs = Number(process.env['ANY_ORDER_RUNS'] ?? FEW);
test(
  'invariants 1 and 2: any order of acts and any time between; a refusal changes nothing; withdrawal ends everything',
  { timeout: 400_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        // Its keys are all that there is in it.
        fc.array(fc.constantFrom(...(Object.keys(deeds) as (keyof Deeds)[])), { minLength: 4, maxLength: 26 }),
        async (names) => {
          const carried = new Carried(town);
          await carried.toFirstContact();
          for (const name of ['requesterYes', 'addParty', ...names] as const) await tried(carried, name);
          if (!isActive(await stateOf(town, carried.caseId))) return;
          await withdrawByRequester(carried.web, { townId: town.townId, caseId: carried.caseId });
          await expectNothingLeft(carried);
        },
      ),
      { numRuns: runs, ...(runs === FEW ? { seed: 20_261_123 } : {}) },
    );
  },
);

/** Does it, or is refused and leaves all as it was. */
async function tried(carried: Carried, name: keyof Deeds): Promise<void> {
  const before = await caseRows(town.owner, carried.caseId);
  try {
    await deeds[name](carried);
  } catch (error) {
    // « no result »: there is no such party, session or request yet.
    if (!(error instanceof DomainError) && !String(error).includes('no result')) throw error;
    expect(await caseRows(town.owner, carried.caseId), name).toBe(before);
  }
  await holds(carried);
}

/** Invariant 2: nothing waits, is shared, asked, proposed or on its way; what leaves is the word that it has ended. */
async function expectNothingLeft(carried: Carried): Promise<void> {
  const { caseId } = carried;
  await takeDueSteps(town, caseId);
  const left = await sql<Record<string, number>>`
    select (select count(*)::int from step where case_id = ${caseId} and state in ('pending', 'paused')) as steps,
      (select count(*)::int from deadline where case_id = ${caseId} and state = 'open' and kind not like 'task\\_%') as waits,
      (select count(*)::int from stream s where not s.closed and exists (select 1 from deadline d where d.stream_id = s.id and d.case_id = ${caseId})) as streams,
      (select count(*)::int from partner_request where case_id = ${caseId} and state in ('sent', 'acknowledged', 'in_hand', 'needs_info')) as requests,
      (select count(*)::int from mediation_session where case_id = ${caseId} and state = 'planned') as sessions,
      (select count(*)::int from agreement_item where case_id = ${caseId} and withdrawn_at is null) as items,
      (select count(*)::int from agreement where case_id = ${caseId} and state = 'asked') as questions,
      (select count(*)::int from closing_proposal where case_id = ${caseId} and answer is null) as proposals,
      (select count(*)::int from assignment where case_id = ${caseId} and answer is null) as assignments,
      (select count(*)::int from suspension where case_id = ${caseId} and ended_at is null) as rests,
      (select count(*)::int from mediation_case where id = ${caseId} and (suspended or waiting_for_partner)) as held,
      (select count(*)::int from mail where case_id = ${caseId} and person_id is null and contact_id is null and party_id is null and state = 'queued'
        and template not in ('closed', 'mediation_stopped', 'session_cancelled')) as mails`.execute(town.owner);
  const { ...counts } = left.rows[0];
  expect(counts).toEqual(Object.fromEntries(Object.keys(counts).map((name) => [name, 0])));
}

/** The way into each state in which somebody waits, with as much running as that state allows. */
const INTO: Partial<Record<CaseState, readonly (keyof Deeds)[]>> = {
  received: [],
  in_triage: ['askByLeader'],
  more_info_needed: [],
  accepted: ['askByLeader'],
  assigned: [],
  first_contact: ['ask', 'session', 'propose', 'rest'],
  agreements: ['requesterYes', 'addParty', 'ask', 'session', 'propose', 'rest'],
  support: ['requesterYes', 'addParty', 'otherNo', 'support', 'addParty', 'session', 'propose', 'rest'],
  mediation: ['requesterYes', 'addParty', 'otherYes', 'mediation', 'allowShare', 'ask', 'session', 'propose', 'rest'],
  follow_up: ['requesterYes', 'addParty', 'otherYes', 'mediation', 'followUp', 'ask', 'session', 'propose', 'rest'],
  evaluation: [
    'requesterYes',
    'addParty',
    'otherYes',
    'mediation',
    'followUp',
    'checkAfterTenDays',
    'checkAfterAMonth',
    'evaluation',
    'propose',
  ],
};
const BY = {
  'by the code': (c: Carried) => withdrawByRequester(c.web, { townId: town.townId, caseId: c.caseId }),
  'told to the team': (c: Carried) => withdrawForRequester(c.web, c.leader(), c.caseId),
};

describe('invariant 2, T32: withdrawal ends everything', () => {
  for (const state of ACTIVE_STATES)
    for (const [how, withdraw] of Object.entries(BY))
      test(`from ${state}, ${how}`, async () => {
        const carried = new Carried(town);
        await carried.into(state);
        for (const name of INTO[state] ?? []) await deeds[name](carried);
        expect(await stateOf(town, carried.caseId)).toBe(state);
        await withdraw(carried);
        expect(await stateOf(town, carried.caseId)).toBe('closed');
        await expectNothingLeft(carried);
      });
});

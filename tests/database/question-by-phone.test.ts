import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { askQuestion, noteAnswer, startTriage } from '../../src/cases/triage.command.ts';
import { openKinds } from '../support/case-rows.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// A question to somebody without e-mail is asked, and answered, by phone (spec §4.3, T4 to T6).

let town: TestTown;
let clock: TownClock;
beforeAll(async () => {
  town = await testTown('by-phone');
  clock = new TownClock(town);
});
afterAll(() => town.close());

const web = () => town.context('passerelle_web');
const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const caseOf = (id: string) =>
  town.owner.selectFrom('mediation_case').select(['state', 'outcome']).where('id', '=', id).executeTakeFirstOrThrow();

async function asked(): Promise<string> {
  const { caseId } = await submit(town, { email: null, contactWays: ['phone'] });
  await askQuestion(web(), leader(), { caseId, question: 'Quel étage ?' });
  await takeDueSteps(town, caseId);
  return caseId;
}
const called = (caseId: string, reached: boolean) => noteContact(web(), leader(), { caseId, way: 'phone', reached });

test('T5: the leader writes the answer down; the case is read again, and the call it took is done', async () => {
  const caseId = await asked();
  expect(await openKinds(town, caseId)).toEqual(expect.arrayContaining(['more_info', 'task_call_requester']));
  await noteAnswer(web(), leader(), { caseId, answer: 'Le quatrième.' });
  expect(await caseOf(caseId)).toEqual({ state: 'in_triage', outcome: null });
  const calls = town.owner.selectFrom('deadline').select('reason').where('kind', '=', 'task_call_requester');
  const left = await calls.where('case_id', '=', caseId).where('state', '=', 'open').execute();
  expect(left.map(({ reason }) => reason)).not.toContain('question');
  expect(await openKinds(town, caseId)).toContain('triage');
  const event = await town.owner
    .selectFrom('case_event')
    .select(['actor', 'person_id'])
    .where('case_id', '=', caseId)
    .where('code', '=', 'question_answered')
    .executeTakeFirstOrThrow();
  expect(event).toEqual({ actor: 'staff', person_id: town.person('R1') });
  await expect(noteAnswer(web(), leader(), { caseId, answer: 'Encore.' })).rejects.toMatchObject({
    code: 'not_allowed_now',
  });
});

describe('T6, ten working days later', () => {
  test.each([
    ['nobody called: the leader decides', [], 'more_info_needed'],
    ['a call that reached nobody: closed', [false], 'closed'],
    ['a call that reached the person, with no answer noted: the leader decides', [true], 'more_info_needed'],
    ['reached once and not the second time: the leader decides', [true, false], 'more_info_needed'],
  ] as const)('%s', async (_what, calls, state) => {
    const caseId = await asked();
    for (const reached of calls) await called(caseId, reached);
    await clock.forward(21);
    await takeDueSteps(town, caseId);
    expect(await caseOf(caseId)).toEqual({ state, outcome: state === 'closed' ? 'SANS_SUITE_INCOMPLET' : null });
    expect((await openKinds(town, caseId)).includes('task_close_or_extend')).toBe(state !== 'closed');
  });

  test('a call made before the question does not count', async () => {
    const { caseId } = await submit(town);
    await startTriage(web(), leader(), caseId);
    await called(caseId, false);
    await clock.forward(1);
    await askQuestion(web(), leader(), { caseId, question: 'Quel étage ?' });
    await clock.forward(21);
    await takeDueSteps(town, caseId);
    expect((await caseOf(caseId)).state).toBe('more_info_needed');
  });
});

import { beforeEach, expect, test } from 'vitest';
import { sql } from 'kysely';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { answerRight, extendRight } from '../../src/rights/settle-right.command.ts';
import { takeRightBack } from '../../src/rights/take-back-right.command.ts';
import { Carried } from '../support/agreements.ts';
import { askedRight } from '../support/rights.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';

// rightsRequest through the real engine: who is reminded and when, on the moved clock (R82).

let town: TestTown;
let stack: Stack;
let carried: Carried;
beforeEach(async () => {
  town = await testTown('rights-flow');
  stack = await startStack(town);
  carried = new Carried(town);
  await carried.toAgreements();
  return async () => {
    await stack.stop();
    await town.close();
  };
});

/** Every line about somebody's own data that a mail of the day brought: the day, to whom, what. */
async function told(): Promise<string[]> {
  const lines = await sql<{ line: string }>`
    select to_char(m.reminder_day, 'YYYY-MM-DD') || ' ' || p.ref || ' ' || i.template as line
    from mail_item i join mail m on m.id = i.mail_id join person p on p.id = m.person_id
    where i.template like 'rights%' order by m.reminder_day, p.ref, i.template`.execute(town.owner);
  return lines.rows.map(({ line }) => line);
}
async function ended(id: string): Promise<string> {
  const handle = stack.temporal.client.workflow.getHandle(`rights-request/${id}`);
  await handle.result();
  return (await handle.describe()).status.name;
}
/** By the reference of the town file; the coordinator is the only one there. */
const COORDINATOR = 'C1';

test('nobody answers: the leader ten and three working days before, on the day, then the coordinator; each once', async () => {
  const id = await askedRight(town, { caseId: carried.caseId });
  await stack.calm();
  await stack.travel(new Date('2027-02-20T12:00:00Z'));
  await stack.calm();
  expect(await told()).toEqual([
    '2027-01-11 R1 rights_asked',
    '2027-01-28 R1 rights_due',
    '2027-02-08 R1 rights_due',
    '2027-02-11 R1 rights_due',
    `2027-02-12 ${COORDINATOR} rights_late`,
  ]);
  // Late, and answered all the same: it ends.
  const { caseId } = carried;
  await answerRight(carried.web, carried.leader(), { caseId, requestId: id, answer: 'Voici.', erase: [] });
  await stack.calm();
  expect(await ended(id)).toBe('COMPLETED');
});

test('answered in time: nobody is reminded any more, the person has a mail, the workflow ends', async () => {
  const { caseId } = carried;
  const id = await askedRight(town, { caseId });
  await stack.calm();
  await stack.travel(new Date('2027-01-29T12:00:00Z'));
  await answerRight(carried.web, carried.leader(), { caseId, requestId: id, answer: 'Voici.', erase: [] });
  await stack.calm();
  expect(await ended(id)).toBe('COMPLETED');
  await stack.travel(new Date('2027-02-20T12:00:00Z'));
  expect(await told()).toEqual(['2027-01-11 R1 rights_asked', '2027-01-28 R1 rights_due']);
  const subjects = stack.mailbox.messages().filter(({ to }) => to === 'rosa@courriel.example');
  expect(subjects.map(({ text }) => text).join('\n')).toContain('Mes droits');
});

test('made longer: reminded before the new day, three months after it came; the former reminders are gone', async () => {
  const { caseId } = carried;
  const id = await askedRight(town, { caseId });
  await stack.calm();
  await extendRight(carried.web, carried.leader(), { caseId, requestId: id, reason: 'Beaucoup de papiers.' });
  await stack.calm();
  await stack.travel(new Date('2027-04-14T12:00:00Z'));
  await stack.calm();
  // Due on Monday the 12th of April, since the 11th is a Sunday.
  expect((await told()).slice(1)).toEqual([
    '2027-03-26 R1 rights_due',
    '2027-04-07 R1 rights_due',
    '2027-04-12 R1 rights_due',
    `2027-04-13 ${COORDINATOR} rights_late`,
  ]);
});

test('the case ends: it goes on; asked after the end it has its own workflow; taken back it ends', async () => {
  const { caseId } = carried;
  const id = await askedRight(town, { caseId });
  await stack.calm();
  await withdrawByRequester(carried.web, { townId: town.townId, caseId });
  await stack.calm();
  const later = await askedRight(town, { caseId }, 'object');
  await stack.travel(new Date('2027-01-29T12:00:00Z'));
  expect(await told()).toContain('2027-01-28 R1 rights_due');
  for (const request of [id, later]) await takeRightBack(carried.web, { townId: town.townId, caseId }, request);
  await stack.calm();
  expect([await ended(id), await ended(later)]).toEqual(['COMPLETED', 'COMPLETED']);
});

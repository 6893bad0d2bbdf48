import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { beforeEach, expect, test } from 'vitest';
import { beginMediation } from '../../src/cases/mediate.command.ts';
import { cancelSession, moveSession, planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';

// mediationSession through the real engine: what people are told, and what their calendars hold (R9, R28, R86).

let town: TestTown;
let stack: Stack;
beforeEach(async () => {
  town = await testTown('session-flow');
  stack = await startStack(town);
  return async () => {
    await stack.stop();
    await town.close();
  };
});

/** Of every mail with a calendar file, in the order they came: whom it went to, and what the file says. */
async function calendars(): Promise<string[]> {
  const files = readdirSync(stack.mailDir).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    files.toSorted().map((name) => simpleParser(readFileSync(path.join(stack.mailDir, name)))),
  );
  return mails.flatMap(({ headers, attachments }) =>
    // The same file stands twice in a mail: for calendars that read it in the text, and as an attachment.
    attachments.slice(0, 1).map(({ content }) => {
      const text = content.toString('utf8').replaceAll('\r\n ', '');
      const [method, sequence, uid] = [/METHOD:(\w+)/, /SEQUENCE:(\d+)/, /UID:([0-9a-f-]+)/].map(
        (line) => line.exec(text)?.[1],
      );
      const to = /([a-z]+)@courriel/.exec(JSON.stringify(headers.get('to')))?.[1];
      return `${to} ${method} ${sequence} ${uid}`;
    }),
  );
}

test('R9, R28: moved twice, then cancelled: each side is told once each time, under one UID with a rising sequence; then it ends', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ email: 'zephyrine@courriel.example' });
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  const partyIds = [await carried.partyId('requester'), await carried.partyId('other')];
  const when = { caseId, hour: '14 h 30', minutes: 60 };
  const sessionId = await planSession(carried.web, carried.mediator(), {
    ...when,
    mode: 'joint',
    partyIds,
    day: '25/01/2027',
    place: 'Salle du Lavoir',
  });
  await stack.calm();
  for (const day of ['27/01/2027', '29/01/2027']) {
    await moveSession(carried.web, carried.mediator(), { ...when, sessionId, day });
    await stack.calm();
  }
  // Past the days it was moved from, and past the reminder of the working day before.
  await stack.travel(new Date('2027-01-28T12:00:00Z'));
  await cancelSession(carried.web, carried.mediator(), { caseId, sessionId });
  await stack.calm();
  await stack.travel(new Date('2027-02-08T12:00:00Z'));
  const told = (to: string, ...lines: string[]) => lines.map((line) => `${to} ${line} ${sessionId}`);
  const lines = ['PUBLISH 0', 'PUBLISH 1', 'PUBLISH 2', 'PUBLISH 2', 'CANCEL 3'];
  expect((await calendars()).toSorted()).toEqual(
    [...told('farid', ...lines), ...told('zephyrine', ...lines)].toSorted(),
  );
  const handle = stack.temporal.client.workflow.getHandle(`session/${sessionId}`);
  await handle.result();
  expect((await handle.describe()).status.name).toBe('COMPLETED');
});

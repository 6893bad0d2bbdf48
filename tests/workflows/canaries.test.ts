import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { acceptCase, askQuestion } from '../../src/cases/triage.command.ts';
import { sendMessage } from '../../src/follow/send-message.command.ts';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { decodeHistory, fetchHistory, searchable } from '../support/histories.ts';
import { submit } from '../support/request.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
let stack: Stack;
const printed: string[] = [];
const write = process.stdout.write.bind(process.stdout);
beforeAll(async () => {
  process.stdout.write = (chunk: string | Uint8Array) => {
    printed.push(String(chunk));
    return true;
  };
  town = await testTown('canaries');
  stack = await startStack(town);
});
afterAll(async () => {
  process.stdout.write = write;
  await stack?.stop();
  await town?.close();
});

const CANARIES = [
  'Zephyrine',
  'CANARISTORY',
  'CANARIPLACE',
  'CANARITRUST',
  'CANARISTREET',
  'CANARIHOURS',
  'CANARIHOPES',
  'CANARILINE',
  'CANARISTOP',
  'CANARISERVICE',
  'CANARIQUESTION',
  'CANARIANSWER',
  '639987766',
];

/** As it is written: plain, URL and quoted-printable. */
function forms(canary: string): string[] {
  return [
    canary,
    encodeURIComponent(canary),
    canary
      .split('')
      .map((sign) => `=${sign.charCodeAt(0).toString(16).toUpperCase()}`)
      .join(''),
  ];
}

/**
 * The text and, behind it, whatever in it may be base64, read from each of the four signs it can begin at. A canary's
 * own base64 is no search: of a number's nine digits five and a half are left of it, and a clock's digits have met them.
 */
function spelledOut(output: string): string {
  const runs = output.match(/[\w+/-]{12,}/g) ?? [];
  return [
    output,
    ...runs.flatMap((run) => [0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64').toString('latin1'))),
  ].join('\n');
}

test('line 3, T-25, T-26: nothing of a person is in mails, journal, outbox, logs or workflow histories', async () => {
  const { caseId, number } = await submit(town, {
    firstName: 'Zephyrine',
    story: 'CANARISTORY',
    placeText: 'CANARIPLACE',
    trustedPerson: 'CANARITRUST',
    postalAddress: 'CANARISTREET',
    contactHours: 'CANARIHOURS',
    hopesText: 'CANARIHOPES',
    transportLine: 'CANARILINE',
    transportStop: 'CANARISTOP',
    service: { organisationId: null, text: 'CANARISERVICE' },
    phone: '+33639987766',
    email: 'zephyrine@courriel.example',
    categories: ['ISOLEMENT'],
  });
  await stack.calm();
  const leader = { townId: town.townId, personId: town.person('R1') };
  const web = town.context('passerelle_web');
  await askQuestion(web, leader, { caseId, question: 'CANARIQUESTION' });
  await stack.calm();
  await sendMessage(web, { townId: town.townId, caseId }, 'CANARIANSWER');
  await acceptCase(web, leader, { caseId, domain: 'social', complexity: 'simple', tension: 1 });
  await assignMediator(web, leader, { caseId, mediatorId: town.person('M7'), overrideReason: 'CANARITRUST' });
  await stack.calm();
  await stack.travel(new Date('2027-01-20T09:00:00Z'));

  const history = await fetchHistory(stack, `referral/${caseId}`);
  const encrypted = searchable(String(historyToJSON(history)));
  const decoded = searchable(String(historyToJSON(await decodeHistory(town, history))));
  const mails = stack.mailbox.messages();
  expect(mails.length).toBeGreaterThan(3);
  const tables = await Promise.all(
    [
      'case_event',
      'outbox',
      'stream',
      'deadline',
      'step',
      'mail',
      'mail_item',
      'mediation_case',
      'case_situation',
      'access',
      'assignment',
    ].map(async (table) => {
      const rows = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(
        town.owner,
      );
      return rows.rows.map(({ row }) => row).join('\n');
    }),
  );
  const outputs = {
    encrypted,
    decoded,
    logs: printed.join(''),
    tables: tables.join('\n'),
    mails: JSON.stringify(mails.map(({ to: _to, ...mail }) => mail)),
  };
  const found = Object.entries(outputs).flatMap(([name, output]) => {
    const text = spelledOut(output);
    return CANARIES.flatMap((canary) =>
      forms(canary)
        .filter((form) => text.includes(form))
        .map((form) => `${name}: ${form}`),
    );
  });
  expect(found).toEqual([]);
  // A category is clear in the database, and nowhere else.
  expect(outputs.mails + outputs.decoded + outputs.logs).not.toMatch(/ISOLEMENT|[Ss]olitude/);
  // The search would find something: the number is in the mails, the id in the history, a canary at any place of base64.
  for (const before of ['', 'x', 'xx']) {
    const planted = Buffer.from(`${before}639987766 and so on`).toString('base64');
    expect(spelledOut(`"${planted}"`)).toContain('639987766');
    expect(planted).not.toContain('639987766');
  }
  expect(outputs.mails).toContain(number);
  expect(outputs.decoded).toContain(`"caseId":"${caseId}"`);
  expect(outputs.encrypted).not.toContain(`"caseId":"${caseId}"`);
});

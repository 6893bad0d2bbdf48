import { setTimeout as wait } from 'node:timers/promises';
import proto from '@temporalio/proto';
import { beforeEach, describe, expect, test } from 'vitest';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { proposeClosing, validateClosing } from '../../src/cases/close-case.command.ts';
import { finishTask } from '../../src/cases/finish-task.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { acceptCase, askQuestion } from '../../src/cases/triage.command.ts';
import { extendWait } from '../../src/cases/extend-wait.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { removeEmail } from '../../src/follow/remove-email.command.ts';
import { lookBack } from '../support/look-back.ts';
import { fetchHistory } from '../support/histories.ts';
import { submit } from '../support/request.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
let stack: Stack;
beforeEach(async () => {
  town = await testTown('referral');
  stack = await startStack(town);
  return async () => {
    await stack.stop();
    await town.close();
  };
});

const paris = new Intl.DateTimeFormat('fr', {
  timeZone: 'Europe/Paris',
  weekday: 'short',
  day: 'numeric',
  month: 'numeric',
});

async function story(caseId: string): Promise<string[]> {
  const events = await town.owner
    .selectFrom('case_event')
    .select(['code', 'at', 'data'])
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  return events
    .filter((event) => event.code !== 'mail_settled')
    .map((event) =>
      [paris.format(event.at), event.code, event.data['template'] ?? event.data['outcome']].filter(Boolean).join(' '),
    );
}

const { EventType } = proto.temporal.api.enums.v1;
/** Events after which something is still to come without anybody doing anything: rows are acknowledged before their task is completed. */
const ON_THE_WAY: readonly unknown[] = [
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
];

/** How many events the workflow has once it waits. */
async function eventsOf(caseId: string): Promise<number> {
  for (;;) {
    const { events } = await fetchHistory(stack, `referral/${caseId}`);
    if (!ON_THE_WAY.includes(events?.at(-1)?.eventType)) return events?.length ?? 0;
    await wait(50);
  }
}

async function workflowEnded(caseId: string): Promise<string> {
  const handle = stack.temporal.client.workflow.getHandle(`referral/${caseId}`);
  await handle.result();
  return (await handle.describe()).status.name;
}

const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const awa = () => ({ townId: town.townId, personId: town.person('M1') });

describe('the road, on real parts', () => {
  test('decision 0022: a change that brings nothing sooner wakes no workflow, the next one that does is followed', async () => {
    const { caseId } = await submit(town);
    await stack.calm();
    const web = town.context('passerelle_web');
    await acceptCase(web, leader(), { caseId, domain: 'social', complexity: 'standard', tension: 2 });
    await removeEmail(web, { townId: town.townId, caseId });
    await stack.calm();
    const before = await eventsOf(caseId);
    const task = await town.owner
      .selectFrom('deadline')
      .select('id')
      .where('case_id', '=', caseId)
      .where('kind', '=', 'task_note_email_removed')
      .executeTakeFirstOrThrow();
    await finishTask(web, leader(), { caseId, deadlineId: task.id });
    await stack.calm();
    expect(await eventsOf(caseId)).toBe(before);
    await assignMediator(web, leader(), { caseId, mediatorId: town.person('M1') });
    await stack.calm();
    expect(await story(caseId)).toContain('lun. 11/01 step_taken assignment');
  });

  test('the next due instant is one somebody waits for, not the night before it', async () => {
    const { caseId } = await submit(town);
    await stack.calm();
    const { at } = await stack.travel();
    expect(await story(caseId)).toContain('mer. 13/01 step_taken triage_due');
    expect(at.toISOString().slice(0, 10)).toBe('2027-01-13');
  });

  test('a request reaches a mediator, is closed with what listening brought, and its workflow ends', async () => {
    const { caseId, number } = await submit(town);
    await stack.calm();
    const web = town.context('passerelle_web');
    await acceptCase(web, leader(), { caseId, domain: 'social', complexity: 'standard', tension: 2 });
    await assignMediator(web, leader(), { caseId, mediatorId: town.person('M1') });
    await stack.calm();
    await acceptAssignment(web, awa(), caseId);
    await noteContact(web, awa(), { caseId, way: 'phone', reached: true, note: 'A pu parler.' });
    await proposeClosing(web, awa(), { caseId, outcome: 'RESOLU_ECOUTE', reason: 'Se sent écoutée.' });
    await stack.calm();
    await validateClosing(web, leader(), caseId);
    await stack.calm();
    expect(await story(caseId)).toEqual([
      'lun. 11/01 request_received',
      'lun. 11/01 step_taken acknowledgement',
      'lun. 11/01 step_taken new_request',
      'lun. 11/01 triage_started',
      'lun. 11/01 case_accepted',
      'lun. 11/01 mediator_proposed',
      'lun. 11/01 step_taken assignment',
      'lun. 11/01 assignment_accepted',
      'lun. 11/01 contact_attempted',
      'lun. 11/01 closing_proposed RESOLU_ECOUTE',
      'lun. 11/01 step_taken closing_proposed',
      'lun. 11/01 case_closed RESOLU_ECOUTE',
    ]);
    const subjects = stack.mailbox.messages().map((message) => `${message.to} ${message.subject}`);
    expect(subjects).toEqual([
      `rosa@courriel.example Votre demande n°\u00a0${number}`,
      expect.stringContaining('nadege.kerlidou'),
      expect.stringContaining('awa.diarrassy'),
      `rosa@courriel.example Votre demande n°\u00a0${number}`,
    ]);
    // R57: both look back at the work once it is over; nothing waits any more then.
    await lookBack(web, caseId, { mediator: awa(), leader: leader(), metOn: '11/01' });
    await stack.calm();
    expect(await workflowEnded(caseId)).toBe('COMPLETED');
    expect(stack.relay.repairs()).toBe(0);
  });

  test('R62: nobody reads: the leader is reminded on day 2, the deputy on day 3, each once, in the order of the due instants', async () => {
    const { caseId } = await submit(town);
    await stack.calm();
    await stack.travel(new Date('2027-01-15T09:00:00Z'));
    expect(await story(caseId)).toEqual([
      'lun. 11/01 request_received',
      'lun. 11/01 step_taken acknowledgement',
      'lun. 11/01 step_taken new_request',
      'mer. 13/01 step_taken triage_due',
      'jeu. 14/01 step_taken triage_late',
    ]);
    const reminders = stack.mailbox.messages().filter((message) => message.subject.includes('vous attend'));
    expect(reminders.map((message) => message.to)).toEqual([
      'nadege.kerlidou@val-riviere.example',
      'nadege.kerlidou@val-riviere.example',
      'philippe.astrugue@val-riviere.example',
    ]);
    // R42: from the escalation on, the deputy acts on this case.
    const deputy = { townId: town.townId, personId: town.person('R2') };
    await acceptCase(town.context('passerelle_web'), deputy, {
      caseId,
      domain: 'social',
      complexity: 'simple',
      tension: 1,
    });
    await stack.calm();
  });

  test('a mediator who says nothing for two days: the case comes back to the leader (T11)', async () => {
    const { caseId } = await submit(town);
    const web = town.context('passerelle_web');
    await acceptCase(web, leader(), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
    await assignMediator(web, leader(), { caseId, mediatorId: town.person('M1') });
    await stack.travel(new Date('2027-01-14T15:00:00Z'));
    const row = await town.owner
      .selectFrom('mediation_case')
      .select(['state', 'lead_id'])
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ state: 'accepted', lead_id: null });
    expect((await story(caseId)).filter((line) => line.includes('answer_due') || line.includes('returned'))).toEqual([
      'mar. 12/01 step_taken answer_due',
      'mer. 13/01 assignment_returned',
      'mer. 13/01 step_taken assignment_returned',
    ]);
  });

  test('a question stays without answer: one reminder, then « clore ou prolonger » for the leader, because nobody called; extended, it ends', async () => {
    const { caseId } = await submit(town);
    await askQuestion(town.context('passerelle_web'), leader(), { caseId, question: 'À quelle heure ?' });
    await stack.travel(new Date('2027-01-27T15:00:00Z'));
    expect((await story(caseId)).slice(-4)).toEqual([
      'lun. 11/01 step_taken question',
      'lun. 18/01 step_taken question_reminder',
      'mar. 26/01 step_taken question_unanswered',
      'mar. 26/01 step_taken question_unanswered',
    ]);
    const open = await town.owner
      .selectFrom('deadline')
      .select('kind')
      .where('case_id', '=', caseId)
      .where('state', '=', 'open')
      .execute();
    expect(open.map((deadline) => deadline.kind)).toContain('task_close_or_extend');

    await extendWait(town.context('passerelle_web'), leader(), { caseId, workingDays: 10 });
    const extended = await town.owner
      .selectFrom('deadline')
      .select(['kind', 'due_day'])
      .where('case_id', '=', caseId)
      .where('state', '=', 'open')
      .execute();
    expect(extended).toEqual([{ kind: 'more_info', due_day: '2027-02-10' }]);
    await noteContact(town.context('passerelle_web'), leader(), { caseId, way: 'phone', reached: false });
    await stack.travel(new Date('2027-02-12T15:00:00Z'));
    expect((await story(caseId)).slice(-4)).toEqual([
      'mer. 27/01 deadline_extended',
      'mer. 27/01 contact_attempted',
      'mer. 03/02 step_taken question_reminder',
      'jeu. 11/02 closed_incomplete SANS_SUITE_INCOMPLET',
    ]);
    // The wait that was extended has its own reminder: no mail says that it is the only one.
    const reminders = stack.mailbox.messages().filter(({ text }) => text.includes('Nous attendons votre réponse'));
    expect(reminders.length).toBeGreaterThan(1);
    for (const { text } of reminders) expect(text).not.toContain('seul rappel');
    expect(await workflowEnded(caseId)).toBe('COMPLETED');
  });

  test('R30: a withdrawal stops every timer in its transaction and ends the workflow', async () => {
    const { caseId } = await submit(town);
    await stack.calm();
    await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId });
    await stack.calm();
    expect(await workflowEnded(caseId)).toBe('COMPLETED');
    const pending = await town.owner
      .selectFrom('step')
      .select('id')
      .where('case_id', '=', caseId)
      .where('state', '=', 'pending')
      .execute();
    expect(pending).toEqual([]);
    const before = stack.mailbox.messages().length;
    await stack.travel(new Date('2027-02-11T09:00:00Z'));
    // Nothing more to the person; the leader learns in the morning that it was stopped.
    const after = stack.mailbox.messages().slice(before);
    expect(after.map(({ text }) => text.includes('la personne a arrêté sa demande'))).toEqual([true]);
    expect(after.some(({ to }) => to === 'rosa@courriel.example')).toBe(false);
  });
});

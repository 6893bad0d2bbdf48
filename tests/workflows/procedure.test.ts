import { beforeEach, describe, expect, test } from 'vitest';
import { proposeClosing, validateClosing } from '../../src/cases/close-case.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { answerRequest } from '../../src/partners/partner-side.command.ts';
import { Carried } from '../support/agreements.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';

// The whole procedure through the real engine: referral and partnerRequest, each on its own stream (spec §5.5).

let town: TestTown;
let stack: Stack;
beforeEach(async () => {
  town = await testTown('procedure-flow');
  stack = await startStack(town);
  return async () => {
    await stack.stop();
    await town.close();
  };
});

const ended = async (workflowId: string) => {
  const handle = stack.temporal.client.workflow.getHandle(workflowId);
  await handle.result();
  return (await handle.describe()).status.name;
};
const running = async (workflowId: string) =>
  (await stack.temporal.client.workflow.getHandle(workflowId).describe()).status.name;
const landlord = async (position: 'referent' | 'head') =>
  town.owner
    .selectFrom('organisation_contact as c')
    .innerJoin('organisation as o', 'o.id', 'c.organisation_id')
    .select(['c.id as contactId', 'o.id as organisationId', 'c.email'])
    .where('o.code', '=', 'O11')
    .where('c.position', '=', position)
    .executeTakeFirstOrThrow();
const partnerMails = () =>
  stack.mailbox
    .messages()
    .filter(({ to }) => to.includes('@o11.'))
    .map(({ to, subject }) => `${to.split('.')[0]} ${subject.split(' – ')[0]}`);

describe('story 3: the late landlord', () => {
  test('scenario a, R62: reminded at due, +3 and +7; answers the next day, the ladder stops; to the agreement, the checks and the closing', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact({ need: 'service', categories: ['LOGEMENT'] });
    await carried.says('requester');
    const { organisationId } = await landlord('referent');
    const requestId = await askPartner(carried.web, carried.mediator(), {
      caseId,
      organisationId,
      urgency: 'standard',
      question: 'Quand la porte ?',
    });
    await stack.calm();
    // Asked on Mon 11 January: due on the 25th; +3 on the 28th, +7 on 3 February.
    await stack.travel(new Date('2027-02-04T09:00:00Z'));
    expect(await running(`partner-request/${requestId}`)).toBe('RUNNING');
    const { contactId } = await landlord('head');
    await answerRequest(
      carried.web,
      { townId: town.townId, contactId, organisationId, requestId },
      { reply: 'in_hand', seen: 0 },
    );
    await answerRequest(
      carried.web,
      { townId: town.townId, contactId, organisationId, requestId },
      { reply: 'done', seen: 1 },
    );
    await stack.calm();
    expect(await ended(`partner-request/${requestId}`)).toBe('COMPLETED');
    const before = partnerMails();
    // Those of one instant leave in any order.
    expect(before.toSorted()).toEqual([
      'brigitte Rappel',
      'brigitte Rappel',
      expect.stringMatching(/^damien Demande/),
      ...Array.from({ length: 5 }, () => 'damien Rappel'),
      'herve Rappel',
    ]);

    await addParty(carried.web, carried.mediator(), {
      caseId,
      kind: 'institution',
      organisationId,
      name: 'Vairelle Habitat',
      representative: 'Hervé Lantier, directeur',
      interpreter: false,
      minor: false,
      contactWays: [],
      precautions: [],
    });
    await carried.says('other', { mandate: true });
    await beginMediation(carried.web, carried.mediator(), caseId);
    await beginFollowUp(carried.web, carried.mediator(), {
      caseId,
      result: 'ACCORD_ECRIT',
      agreedText: 'La porte est réparée avant mars.',
    });
    await stack.calm();
    await stack.travel(new Date('2027-02-16T09:00:00Z'));
    const check = (kind: 'd10' | 'm1' | 'm3') => carried.news(kind, { situation: 'settled' });
    await check('d10');
    await stack.travel(new Date('2027-03-05T09:00:00Z'));
    await check('m1');
    await beginEvaluation(carried.web, carried.mediator(), caseId);
    await stack.travel(new Date('2027-03-22T09:00:00Z'));
    await proposeClosing(carried.web, carried.mediator(), { caseId, outcome: 'ACCORD_ECRIT', reason: 'Accord tenu.' });
    await validateClosing(carried.web, carried.leader(), caseId);
    await stack.calm();
    expect(await running(`referral/${caseId}`)).toBe('RUNNING');
    // The check after three months is asked for although the case has closed; with it the workflow ends.
    await stack.travel(new Date('2027-05-06T09:00:00Z'));
    await check('m3');
    await stack.calm();
    expect(await ended(`referral/${caseId}`)).toBe('COMPLETED');
    // F8: what the landlord thinks is asked once and reminded twice, of the one who is named for it; the ladder stays silent.
    expect(partnerMails()).toEqual([...before, ...Array.from({ length: 3 }, () => 'damien Votre avis')]);
    expect(stack.relay.repairs()).toBe(0);
  });
});

test('story 29, scenario d: one click stops the case, the partner’s ladder and every workflow', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const { organisationId } = await landlord('referent');
  const requestId = await askPartner(carried.web, carried.mediator(), {
    caseId,
    organisationId,
    urgency: 'standard',
    question: 'Une salle ?',
  });
  await stack.calm();
  await withdrawByRequester(carried.web, { townId: town.townId, caseId });
  await stack.calm();
  expect(await ended(`partner-request/${requestId}`)).toBe('COMPLETED');
  expect(await ended(`referral/${caseId}`)).toBe('COMPLETED');
  const before = partnerMails().length;
  await stack.travel(new Date('2027-03-15T09:00:00Z'));
  expect(partnerMails()).toHaveLength(before);
});

import { reopenForRequester } from '../../src/cases/reopen.command.ts';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { beginFollowUp, beginMediation, beginSupport } from '../../src/cases/mediate.command.ts';
import { mergeCase } from '../../src/cases/merge-case.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { acceptCase, askQuestion, noteAnswer, redirectCase, startTriage } from '../../src/cases/triage.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import {
  dailyStream,
  partnerRequestStream,
  referralStream,
  rightsRequestStream,
  sessionStream,
} from '../../src/outbox/streams.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { acknowledgeRequest } from '../../src/partners/partner-side.command.ts';
import { cancelRequest, notePhoneAnswer } from '../../src/partners/staff-side.command.ts';
import { answerRight, extendRight, refuseRight } from '../../src/rights/settle-right.command.ts';
import { takeRightBack } from '../../src/rights/take-back-right.command.ts';
import { noteSession } from '../../src/sessions/note-session.command.ts';
import { cancelSession, moveSession, planSession } from '../../src/sessions/plan-session.command.ts';
import { A_NEIGHBOUR, Carried, YES } from './agreements.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { submit } from './request.ts';
import { askedRight } from './rights.ts';
import type { Stack } from './stack.ts';
import type { TestTown } from './town.ts';

/**
 * Carries a few cases through every chapter of the procedure, each act followed by its workflow before the next: what is recorded of them
 * replays in every later build. @returns the workflows to record, by the name of their files.
 */
export async function carryEverything(town: TestTown, stack: Stack): Promise<Record<string, string>> {
  const carried = new Carried(town);
  const { web } = carried;
  const leader = carried.leader();
  const mediator = carried.mediator();
  const calmly = async <T>(act: Promise<T>): Promise<T> => {
    const done = await act;
    await stack.calm();
    return done;
  };

  // Nobody is asked for an opinion: the leader may close at once.
  const { caseId } = await calmly(submit(town, { acceptEvaluation: false }));
  carried.caseId = caseId;
  await calmly(startTriage(web, leader, caseId));
  await calmly(askQuestion(web, leader, { caseId, question: 'À quelle heure ?' }));
  await calmly(noteAnswer(web, leader, { caseId, answer: 'Le soir.' }));
  await calmly(acceptCase(web, leader, { caseId, domain: 'social', complexity: 'standard', tension: 2 }));
  await calmly(assignMediator(web, leader, { caseId, mediatorId: mediator.personId }));
  await calmly(acceptAssignment(web, mediator, caseId));
  await noteContact(web, mediator, { caseId, way: 'phone', reached: true });
  await carried.says('requester', { recontact: false });
  await calmly(addParty(web, mediator, { ...A_NEIGHBOUR, caseId }));

  const ask = async (code: string) => {
    const { id: organisationId } = await town.owner
      .selectFrom('organisation')
      .select('id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    const requestId = await calmly(
      askPartner(web, mediator, { caseId, organisationId, urgency: 'standard', question: 'Quand ?' }),
    );
    return { organisationId, requestId };
  };
  const done = await ask('O11');
  const { id: contactId } = await town.owner
    .selectFrom('organisation_contact')
    .select('id')
    .where('organisation_id', '=', done.organisationId)
    .where('position', '=', 'referent')
    .executeTakeFirstOrThrow();
  await calmly(acknowledgeRequest(web, { townId: town.townId, ...done, contactId }));
  const { requestId } = done;
  await calmly(notePhoneAnswer(web, mediator, { caseId, requestId, reply: 'in_hand', actionOn: '15/01/2027' }));
  const asked = await ask('O09');
  await calmly(notePhoneAnswer(web, mediator, { caseId, requestId: asked.requestId, reply: 'needs_info' }));
  await calmly(cancelRequest(web, mediator, { caseId, requestId: asked.requestId }));
  const late = await ask('O13');
  // To the first reminders, a night among them.
  await stack.travel(new Date('2027-01-12T10:00:00Z'));
  await stack.calm();
  await calmly(notePhoneAnswer(web, mediator, { caseId, requestId, reply: 'done' }));
  await calmly(notePhoneAnswer(web, mediator, { caseId, requestId: late.requestId, reply: 'unable' }));

  await carried.says('other', { recontact: false });
  await calmly(beginMediation(web, mediator, caseId));
  const plan = async (day: string) =>
    calmly(
      planSession(web, mediator, {
        caseId,
        mode: 'joint',
        partyIds: [await carried.partyId('requester'), await carried.partyId('other')],
        day,
        hour: '14 h',
        minutes: 60,
        place: 'Salle du Lavoir',
      }),
    );
  const sessionId = await plan('14/01/2027');
  const when = { day: '13/01/2027', hour: '15 h', minutes: 60, place: 'Salle du Lavoir' };
  await calmly(moveSession(web, mediator, { caseId, sessionId, ...when }));
  await stack.travel(new Date('2027-01-13T17:00:00Z'));
  const talk = { interpreter: false, tensionBefore: 2, tensionAfter: 1, registers: [], topics: [] } as const;
  await calmly(
    noteSession(web, mediator, {
      caseId,
      sessionId,
      mode: 'joint',
      day: when.day,
      hour: when.hour,
      minutes: 60,
      present: [],
      progress: 'agreement',
      safetyAlert: false,
      ...talk,
    }),
  );
  const cancelled = await plan('25/01/2027');
  await calmly(cancelSession(web, mediator, { caseId, sessionId: cancelled }));
  await calmly(beginFollowUp(web, mediator, { caseId, result: 'APAISE' }));
  await carried.news('m1');
  await calmly(beginEvaluation(web, mediator, caseId));
  await calmly(proposeClosing(web, leader, { caseId, outcome: 'APAISE', reason: 'Calme.' }));
  await calmly(reopenForRequester(web, mediator, caseId));
  await calmly(withdrawByRequester(web, { townId: town.townId, caseId }));

  // What people ask about their own data, after the end too: answered after a longer time, refused, taken back.
  const rights = [];
  for (const right of ['access', 'object', 'restrict'] as const)
    rights.push(await calmly(askedRight(town, { caseId }, right)));
  const [copy = '', opposed = '', limited = ''] = rights;
  await calmly(extendRight(web, leader, { caseId, requestId: copy, reason: 'Beaucoup de papiers.' }));
  await calmly(refuseRight(web, leader, { caseId, requestId: opposed, ground: 'legal_duty', answer: 'La loi.' }));
  await calmly(takeRightBack(web, { townId: town.townId, caseId }, limited));
  await stack.travel(new Date('2027-03-30T10:00:00Z'));
  await calmly(answerRight(web, leader, { caseId, requestId: copy, answer: 'Voici.', erase: [] }));

  const elsewhere = await calmly(submit(town));
  await calmly(startTriage(web, leader, elsewhere.caseId));
  await calmly(redirectCase(web, leader, { caseId: elsewhere.caseId, motive: 'other_service', target: 'La mairie' }));

  const alone = new Carried(town);
  const joined = await calmly(submit(town));
  await calmly(alone.toAgreements());
  const { number } = await town.owner
    .selectFrom('mediation_case')
    .select('number')
    .where('id', '=', alone.caseId)
    .executeTakeFirstOrThrow();
  await calmly(mergeCase(web, leader, { caseId: joined.caseId, into: number }));
  await alone.says('other', { ...YES, takePart: false, contactOther: false, recontact: false });
  await calmly(beginSupport(web, mediator, alone.caseId));
  await calmly(withdrawByRequester(web, { townId: town.townId, caseId: alone.caseId }));

  return {
    'referral.whole': referralStream(caseId),
    'referral.redirected': referralStream(elsewhere.caseId),
    'referral.merged': referralStream(joined.caseId),
    'referral.support': referralStream(alone.caseId),
    'partner-request.done': partnerRequestStream(requestId),
    'partner-request.cancelled': partnerRequestStream(asked.requestId),
    'partner-request.late': partnerRequestStream(late.requestId),
    'rights-request.answered': rightsRequestStream(copy),
    'rights-request.refused': rightsRequestStream(opposed),
    'rights-request.taken-back': rightsRequestStream(limited),
    'session.held': sessionStream(sessionId),
    'session.cancelled': sessionStream(cancelled),
    daily: dailyStream(town.townId),
  };
}

import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { closingTransition, PROPOSABLE_OUTCOMES } from '../../src/cases/case-outcome.ts';
import { proposeClosing, returnClosing, validateClosing } from '../../src/cases/close-case.command.ts';
import { correctMistake } from '../../src/cases/correct-mistake.command.ts';
import { extendWait } from '../../src/cases/extend-wait.command.ts';
import { holdReview } from '../../src/cases/hold-review.command.ts';
import { beginFollowUp, beginMediation, beginSupport, gatherAgain, RESULTS } from '../../src/cases/mediate.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { reassignMediator } from '../../src/cases/reassign.command.ts';
import { reopenByRequester, reopenForRequester } from '../../src/cases/reopen.command.ts';
import { resumeCase, suspendCase } from '../../src/cases/suspend.command.ts';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { withdrawForRequester } from '../../src/cases/withdraw.command.ts';
import { beginEvaluation, noteCheck } from '../../src/followup/note-check.command.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { allowShare } from '../../src/parties/allow-share.command.ts';
import { takeItemBack, withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { beginAgreements } from '../../src/parties/record-agreement.command.ts';
import { askForAgreement, noteNoAnswer, withdrawForParty } from '../../src/parties/party-acts.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { notePhoneAnswer } from '../../src/partners/staff-side.command.ts';
import { noteSession } from '../../src/sessions/note-session.command.ts';
import { cancelSession, moveSession, planSession } from '../../src/sessions/plan-session.command.ts';
import { A_NEIGHBOUR, type Carried, NO, YES } from './agreements.ts';
import { takeDueSteps } from './mails.ts';
import type { TestTown } from './town.ts';
import { TownClock } from './town-clock.ts';

type Deed = (carried: Carried) => Promise<unknown>;
export type Deeds = ReturnType<typeof deedsIn>;

/** All that people may try with a case once it was taken, in whatever order, and time that passes. */
export function deedsIn(town: TestTown, organisationId: string) {
  const clock = new TownClock(town);
  const townId = town.townId;
  const other = (c: Carried) => c.partyId('other');
  const rowOf = (table: 'partner_request' | 'mediation_session', state: string) => (c: Carried) =>
    town.owner
      .selectFrom(table)
      .select('id')
      .where('case_id', '=', c.caseId)
      .where('state', '=', state as never)
      .executeTakeFirstOrThrow();
  const asked = rowOf('partner_request', 'sent');
  const planned = rowOf('mediation_session', 'planned');
  const checked =
    (
      side: 'requester' | 'other' | undefined,
      kind: 'd10' | 'm1' | 'm3',
      next: 'go_on' | 'resume_mediation' | 'close' | 'orient',
    ) =>
    async (c: Carried) => {
      const heard = side
        ? ({ reached: true, partyId: await c.partyId(side) } as const)
        : ({ reached: false, givesUp: true } as const);
      await noteCheck(c.web, c.mediator(), { caseId: c.caseId, kind, way: 'phone', situation: 'same', next, ...heard });
    };
  const proposal = async (c: Carried, outcome?: 'DEMENAGEMENT') => {
    const { state } = await town.owner
      .selectFrom('mediation_case')
      .select('state')
      .where('id', '=', c.caseId)
      .executeTakeFirstOrThrow();
    const found = PROPOSABLE_OUTCOMES.find((known) => closingTransition(known, state) !== undefined);
    return { caseId: c.caseId, outcome: outcome ?? found ?? 'ORIENTE', reason: 'Ainsi.', target: 'Ailleurs' };
  };
  return {
    requesterYes: (c) => c.says('requester', YES),
    requesterNo: (c) => c.says('requester', NO),
    otherYes: (c) => c.says('other', YES),
    otherNo: (c) => c.says('other', NO),
    openAgreements: (c) => beginAgreements(c.web, c.mediator(), c.caseId),
    addParty: (c) => addParty(c.web, c.mediator(), { ...A_NEIGHBOUR, caseId: c.caseId }),
    addInstitution: (c) =>
      addParty(c.web, c.mediator(), { ...A_NEIGHBOUR, kind: 'institution', name: 'Guichet', caseId: c.caseId }),
    addMinor: (c) => addParty(c.web, c.mediator(), { ...A_NEIGHBOUR, minor: true, caseId: c.caseId }),
    otherYesWhole: (c) => c.says('other', { ...YES, mandate: true, legalRepresentativeAgreed: true }),
    askAgain: async (c) =>
      askForAgreement(c.web, c.mediator(), { caseId: c.caseId, partyId: await other(c), cameBack: true }),
    noAnswer: async (c) => noteNoAnswer(c.web, c.mediator(), { caseId: c.caseId, partyId: await other(c) }),
    partyStops: async (c) => withdrawByParty(c.web, { townId, caseId: c.caseId, partyId: await other(c) }),
    partyStopsByPhone: async (c) =>
      withdrawForParty(c.web, c.mediator(), { caseId: c.caseId, partyId: await other(c), way: 'phone' }),
    takeItemBack: async (c) => {
      const item = await town.owner
        .selectFrom('agreement_item')
        .select(['agreement_id as agreementId', 'ordinal'])
        .where('party_id', '=', await c.partyId('requester'))
        .where('item', '=', 'contact_other')
        .where('withdrawn_at', 'is', null)
        .executeTakeFirstOrThrow();
      return takeItemBack(c.web, { townId, caseId: c.caseId }, item);
    },
    allowShare: async (c) =>
      allowShare(c.web, c.mediator(), {
        caseId: c.caseId,
        partyId: await c.partyId('requester'),
        share: { organisationId, what: 'Le quartier', purpose: 'Une visite' },
        mode: 'oral',
      }),
    mediation: (c) => beginMediation(c.web, c.mediator(), c.caseId),
    support: (c) => beginSupport(c.web, c.mediator(), c.caseId),
    gather: (c) => gatherAgain(c.web, c.mediator(), c.caseId),
    contact: (c) => noteContact(c.web, c.mediator(), { caseId: c.caseId, way: 'phone', reached: false }),
    followUp: (c) => beginFollowUp(c.web, c.mediator(), { caseId: c.caseId, result: RESULTS[0] }),
    checkAfterTenDays: checked(undefined, 'd10', 'orient'),
    checkAfterAMonth: checked('requester', 'm1', 'go_on'),
    checkOtherAfterAMonth: checked('other', 'm1', 'close'),
    checkAfterThreeMonths: checked('requester', 'm3', 'go_on'),
    worseAfterThreeMonths: checked('requester', 'm3', 'resume_mediation'),
    relapse: checked('requester', 'd10', 'resume_mediation'),
    evaluation: (c) => beginEvaluation(c.web, c.mediator(), c.caseId),
    rest: async (c) =>
      suspendCase(c.web, c.mediator(), { caseId: c.caseId, reason: 'works', until: await clock.day(10) }),
    resume: (c) => resumeCase(c.web, c.mediator(), c.caseId),
    ask: (c) =>
      askPartner(c.web, c.mediator(), { caseId: c.caseId, organisationId, urgency: 'urgent', question: 'Quand ?' }),
    askByLeader: (c) =>
      askPartner(c.web, c.leader(), { caseId: c.caseId, organisationId, urgency: 'standard', question: 'Où ?' }),
    answer: async (c) =>
      notePhoneAnswer(c.web, c.mediator(), { caseId: c.caseId, requestId: (await asked(c)).id, reply: 'answered' }),
    session: async (c) =>
      planSession(c.web, c.mediator(), {
        caseId: c.caseId,
        mode: 'individual',
        partyIds: [await c.partyId('requester')],
        day: await clock.day(9),
        hour: '10h',
        minutes: 60,
        place: 'Ici',
      }),
    moveSession: async (c) =>
      moveSession(c.web, c.mediator(), {
        caseId: c.caseId,
        sessionId: (await planned(c)).id,
        day: await clock.day(12),
        hour: '11h',
        minutes: 60,
        place: 'Là',
      }),
    cancelSession: async (c) =>
      cancelSession(c.web, c.mediator(), { caseId: c.caseId, sessionId: (await planned(c)).id }),
    note: async (c) =>
      noteSession(c.web, c.mediator(), {
        caseId: c.caseId,
        mode: 'phone',
        day: await clock.day(0),
        hour: '9h',
        minutes: 20,
        present: [await c.partyId('requester')],
        interpreter: false,
        tensionBefore: 2,
        tensionAfter: 2,
        registers: [],
        topics: [],
        progress: 'listening',
        safetyAlert: false,
      }),
    review: (c) => holdReview(c.web, c.leader(), c.caseId),
    prolong: (c) => extendWait(c.web, c.leader(), { caseId: c.caseId, workingDays: 5 }),
    reassign: (c) => reassignMediator(c.web, c.leader(), { caseId: c.caseId, mediatorId: town.person('M2') }),
    reassignBack: (c) => reassignMediator(c.web, c.leader(), { caseId: c.caseId, mediatorId: town.person('M1') }),
    take: (c) => acceptAssignment(c.web, c.mediator(), c.caseId),
    accept: (c) =>
      acceptCase(c.web, c.leader(), { caseId: c.caseId, domain: 'social', complexity: 'simple', tension: 1 }),
    assign: (c) => assignMediator(c.web, c.leader(), { caseId: c.caseId, mediatorId: town.person('M1') }),
    close: async (c) => proposeClosing(c.web, c.leader(), await proposal(c)),
    closeNeutrally: async (c) => proposeClosing(c.web, c.leader(), await proposal(c, 'DEMENAGEMENT')),
    propose: async (c) => proposeClosing(c.web, c.mediator(), await proposal(c, 'DEMENAGEMENT')),
    validate: (c) => validateClosing(c.web, c.leader(), c.caseId),
    sendBack: (c) => returnClosing(c.web, c.leader(), c.caseId),
    stopForPerson: (c) => withdrawForRequester(c.web, c.leader(), c.caseId),
    correct: (c) => correctMistake(c.web, c.leader(), { caseId: c.caseId, reason: 'Trop vite.' }),
    comeBack: (c) => reopenByRequester(c.web, { townId, caseId: c.caseId }),
    bringBack: (c) => reopenForRequester(c.web, c.leader(), c.caseId),
    aDay: async (c) => later(c, 1),
    aWeek: async (c) => later(c, 7),
    aMonth: async (c) => later(c, 31),
  } satisfies Record<string, Deed>;

  async function later(c: Carried, days: number): Promise<void> {
    await clock.forward(days);
    await takeDueSteps(town, c.caseId);
  }
}

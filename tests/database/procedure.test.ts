import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proposeClosing, validateClosing } from '../../src/cases/close-case.command.ts';
import { finishTask } from '../../src/cases/finish-task.command.ts';
import { beginFollowUp, beginMediation, beginSupport, gatherAgain } from '../../src/cases/mediate.command.ts';
import { reassignMediator } from '../../src/cases/reassign.command.ts';
import { reopenByRequester, reopenForRequester } from '../../src/cases/reopen.command.ts';
import { resumeCase, suspendCase } from '../../src/cases/suspend.command.ts';
import { mergeCase } from '../../src/cases/merge-case.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { answerByCode, takeItemBack, withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { askForAgreement, informParty, noteNoAnswer, withdrawForParty } from '../../src/parties/party-acts.command.ts';
import { EXPLANATIONS } from '../../src/parties/write-agreement.ts';
import { openKinds as kindsOf, stateOf } from '../support/case-rows.ts';
import { A_NEIGHBOUR, Carried, NO, YES } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// The procedure from the first contact to its end, by its commands (spec §4.3, T13 to T29).

let town: TestTown;
let clock: TownClock;
beforeAll(async () => {
  town = await testTown('procedure');
  clock = new TownClock(town);
});
afterAll(() => town.close());

const openKinds = (caseId: string) => kindsOf(town, caseId, ['case_review', 'long_case']);
const mailsOf = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('mail')
      .select(['template', 'party_id as partyId'])
      .where('case_id', '=', caseId)
      .where('person_id', 'is', null)
      .orderBy('created_at')
      .execute()
  ).map(({ template, partyId }) => `${partyId ? 'other' : 'requester'}:${template}`);

async function inMediation(): Promise<Carried> {
  const carried = new Carried(town);
  await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), carried.caseId);
  return carried;
}
async function inFollowUp(): Promise<Carried> {
  const carried = await inMediation();
  await beginFollowUp(carried.web, carried.mediator(), { caseId: carried.caseId, result: 'ACCORD_ORAL' });
  return carried;
}

describe('R29, F3: agreements', () => {
  test('T15, T16, T21, T27, T28: from the first contact to the closing, each with the agreement it needs', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    await expect(beginMediation(carried.web, carried.mediator(), caseId)).rejects.toMatchObject({
      code: 'agreement_missing',
    });
    await expect(addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId })).rejects.toMatchObject({
      code: 'not_allowed_now',
    });
    await carried.says('requester');
    expect(await stateOf(town, caseId)).toBe('agreements');
    expect(await openKinds(caseId)).toEqual(['no_note', 'other_party_contact']);
    await addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId });
    expect(await openKinds(caseId)).toEqual(['agreement', 'art14_notice', 'no_note']);
    expect(await mailsOf(caseId)).toContain('other:party_invited');
    await expect(beginMediation(carried.web, carried.mediator(), caseId)).rejects.toMatchObject({
      code: 'agreement_missing',
    });
    await carried.says('other');
    await beginMediation(carried.web, carried.mediator(), caseId);
    expect(await stateOf(town, caseId)).toBe('mediation');
    expect(await openKinds(caseId)).toEqual(['art14_notice', 'first_session', 'no_note']);
    await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'ACCORD_ORAL' });
    expect(await openKinds(caseId)).toEqual(['art14_notice', 'check_d10', 'check_m1', 'check_m3']);
    await expect(beginEvaluation(carried.web, carried.mediator(), caseId)).rejects.toMatchObject({
      code: 'step_missing',
      lacking: ['month_check'],
    });
    await carried.news('d10');
    await carried.news('m1');
    await beginEvaluation(carried.web, carried.mediator(), caseId);
    expect(await stateOf(town, caseId)).toBe('evaluation');
    // T28: opinions that were asked are waited for ten working days, and no longer.
    await expect(
      proposeClosing(carried.web, carried.mediator(), { caseId, outcome: 'ACCORD_ORAL', reason: 'Accord tenu.' }),
    ).rejects.toMatchObject({ code: 'step_missing' });
    await clock.forward(15);
    await proposeClosing(carried.web, carried.mediator(), { caseId, outcome: 'ACCORD_ORAL', reason: 'Accord tenu.' });
    await validateClosing(carried.web, carried.leader(), caseId);
    expect(await stateOf(town, caseId)).toBe('closed');
    // R22: the check after three months goes on after the closing.
    expect(await openKinds(caseId)).toContain('check_m3');
    await carried.news('m3');
    expect(await openKinds(caseId)).not.toContain('check_m3');
  });

  test('R7, R8, T16: a tension before any conflict, with nobody on the other side, goes its whole way to its own end', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact(
      { need: 'group' },
      { preventive: true, natures: ['prevent_conflict', 'create_tie'] },
    );
    await expect(beginMediation(carried.web, carried.mediator(), caseId)).rejects.toMatchObject({ code: 'agreement_missing' }); // prettier-ignore
    await carried.says('requester');
    // Nobody else is looked for, told or waited for.
    expect(await openKinds(caseId)).toEqual(['no_note']);
    await beginMediation(carried.web, carried.mediator(), caseId);
    expect([await stateOf(town, caseId), await openKinds(caseId)]).toEqual(['mediation', ['first_session', 'no_note']]);
    await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
    await carried.news('d10');
    await carried.news('m1');
    await beginEvaluation(carried.web, carried.mediator(), caseId);
    await clock.forward(15);
    await proposeClosing(carried.web, carried.mediator(), { caseId, outcome: 'APAISE', reason: 'Les travaux se passent bien.' }); // prettier-ignore
    await validateClosing(carried.web, carried.leader(), caseId);
    const end = await town.owner.selectFrom('mediation_case').select(['state', 'outcome', 'preventive', 'natures']).where('id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
    expect(end).toEqual({ state: 'closed', outcome: 'APAISE', preventive: true, natures: ['prevent_conflict', 'create_tie'] }); // prettier-ignore
    const parties = town.owner.selectFrom('party').select('side').where('case_id', '=', caseId);
    expect(await parties.execute()).toEqual([{ side: 'requester' }]);
    expect((await mailsOf(caseId)).filter((mail) => mail.startsWith('other:'))).toEqual([]);
  });

  test('R101: an agreement in another language needs an interpreter; nobody agrees to what was not explained', async () => {
    const carried = new Carried(town);
    await carried.toFirstContact();
    await expect(carried.says('requester', { language: 'zgh' })).rejects.toMatchObject({ field: 'interpreterRef' });
    await expect(carried.says('requester', { explained: ['role'] })).rejects.toMatchObject({ field: 'explained' });
    await carried.says('requester', { language: 'zgh', interpreterRef: 'ISM 4521' });
    expect(await stateOf(town, carried.caseId)).toBe('agreements');
  });

  test('R81: a minor needs the agreement of a representative before mediation', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({}, { minor: true, legalRepresentative: 'Sa mère' });
    await expect(carried.says('other')).rejects.toMatchObject({ field: 'legalRepresentative' });
    await expect(beginMediation(carried.web, carried.mediator(), caseId)).rejects.toMatchObject({
      code: 'agreement_missing',
      lacking: ['other'],
    });
    await carried.says('other', { legalRepresentativeAgreed: true });
    await beginMediation(carried.web, carried.mediator(), caseId);
    expect(await stateOf(town, caseId)).toBe('mediation');
  });

  test('R11: an institution agrees by somebody who may speak for it', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({ need: 'service' }, { kind: 'institution', name: 'Guichet du CCAS' });
    await expect(carried.says('other')).rejects.toMatchObject({ field: 'mandate' });
    await expect(carried.says('other', { mandate: true })).rejects.toMatchObject({ field: 'representative' });
    await expect(beginMediation(carried.web, carried.mediator(), caseId)).rejects.toMatchObject({
      code: 'agreement_missing',
    });
    await carried.says('other', { mandate: true, representative: 'Nina Tavares, cheffe de service' });
    await beginMediation(carried.web, carried.mediator(), caseId);
    expect(await stateOf(town, caseId)).toBe('mediation');
  });

  test('F3: the other party may not be contacted without the requester’s word', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    await carried.says('requester', { contactOther: false });
    await expect(addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId })).rejects.toMatchObject({
      code: 'agreement_missing',
    });
  });

  test('by the code: both sides answer on their own page, one item is taken back and the rest stays', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    const requester = await carried.partyId('requester');
    await askForAgreement(carried.web, carried.mediator(), { caseId, partyId: requester });
    const said = { takePart: true, contactOther: true, recontact: true, explained: EXPLANATIONS };
    await answerByCode(carried.web, { townId: town.townId, caseId }, { ...said, maySay: 'Le bruit, la nuit.' }, 'fr');
    await expect(answerByCode(carried.web, { townId: town.townId, caseId }, said, 'fr')).rejects.toMatchObject({
      code: 'not_allowed_now',
    });
    const items = await town.owner.selectFrom('agreement_item').selectAll().where('party_id', '=', requester).execute();
    const maySay = items.find(({ item }) => item === 'may_say');
    await takeItemBack(
      carried.web,
      { townId: town.townId, caseId },
      { agreementId: maySay?.agreement_id ?? '', ordinal: 3 },
    );
    const left = await town.owner
      .selectFrom('agreement_item')
      .select('item')
      .where('party_id', '=', requester)
      .where('given', '=', true)
      .where('withdrawn_at', 'is', null)
      .orderBy('ordinal')
      .execute();
    expect(left.map(({ item }) => item)).toEqual(['take_part', 'contact_other', 'recontact']);
    expect(await openKinds(caseId)).toContain('task_party_answered');
  });
});

describe('R30: withdrawal', () => {
  test('T23: the other party stops by its code; the requester reads it without a reason, the mediator has five days', async () => {
    const carried = await inMediation();
    const partyId = await carried.partyId('other');
    await withdrawByParty(carried.web, { townId: town.townId, caseId: carried.caseId, partyId });
    expect(await stateOf(town, carried.caseId)).toBe('support');
    // The notice of art. 14 is owed as long as the data are kept (R77).
    expect(await openKinds(carried.caseId)).toEqual(['art14_notice', 'no_note', 'task_party_withdrew']);
    await takeDueSteps(town, carried.caseId);
    expect(await mailsOf(carried.caseId)).toContain('requester:mediation_stopped');
    // Twice is once.
    await withdrawByParty(carried.web, { townId: town.townId, caseId: carried.caseId, partyId });
    await expect(beginMediation(carried.web, carried.mediator(), carried.caseId)).rejects.toBeDefined();
  });

  test('T23 told by phone, and T19: asked again, the other side comes back', async () => {
    const carried = await inMediation();
    const partyId = await carried.partyId('other');
    await withdrawForParty(carried.web, carried.mediator(), { caseId: carried.caseId, partyId, way: 'phone' });
    await gatherAgain(carried.web, carried.mediator(), carried.caseId);
    const again = { caseId: carried.caseId, partyId };
    await expect(askForAgreement(carried.web, carried.mediator(), again)).rejects.toMatchObject({ field: 'cameBack' });
    await askForAgreement(carried.web, carried.mediator(), { ...again, cameBack: true });
    await carried.says('other');
    await beginMediation(carried.web, carried.mediator(), carried.caseId);
    expect(await stateOf(town, carried.caseId)).toBe('mediation');
  });

  test('T32 in mediation: everything allowed ends, nothing waits, the other side is told', async () => {
    const carried = await inMediation();
    await withdrawByRequester(carried.web, { townId: town.townId, caseId: carried.caseId });
    const left = await town.owner
      .selectFrom('agreement_item')
      .select('item')
      .where('case_id', '=', carried.caseId)
      .where('withdrawn_at', 'is', null)
      .execute();
    expect(left).toEqual([]);
    expect(await openKinds(carried.caseId)).toEqual(['task_note_withdrawal']);
    await takeDueSteps(town, carried.caseId);
    expect(await mailsOf(carried.caseId)).toContain('other:mediation_stopped');
  });

  test('invariant 2: the others are told that it stops, although the mediator took note before any step was taken', async () => {
    const [byRequester, byParty] = [await inMediation(), await inMediation()];
    await withdrawByRequester(byRequester.web, { townId: town.townId, caseId: byRequester.caseId });
    const partyId = await byParty.partyId('other');
    await withdrawByParty(byParty.web, { townId: town.townId, caseId: byParty.caseId, partyId });
    for (const { web, caseId, mediator } of [byRequester, byParty]) {
      const task = await town.owner
        .selectFrom('deadline')
        .select('id')
        .where('case_id', '=', caseId)
        .where('kind', 'in', ['task_note_withdrawal', 'task_party_withdrew'])
        .executeTakeFirstOrThrow();
      await finishTask(web, mediator(), { caseId, deadlineId: task.id });
      await takeDueSteps(town, caseId);
    }
    expect(await mailsOf(byRequester.caseId)).toContain('other:mediation_stopped');
    expect(await mailsOf(byParty.caseId)).toContain('requester:mediation_stopped');
  });
});

describe('when one side does not want', () => {
  test('T17, R32: a no is neutral: support alone, or closed as not engaged; the contact is erased a month later', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await expect(beginSupport(carried.web, carried.mediator(), caseId)).rejects.toMatchObject({ code: 'step_missing' });
    await expect(
      proposeClosing(carried.web, carried.leader(), {
        caseId,
        outcome: 'NON_ENGAGEE_REFUS_AUTRE',
        reason: 'Trop tôt.',
      }),
    ).rejects.toMatchObject({ code: 'step_missing' });
    await carried.says('other', NO);
    const identity = await town.owner
      .selectFrom('party_identity')
      .select('erase_after')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(identity.erase_after).toMatch(/^2027-0[2-9]-\d\d$/);
    await beginSupport(carried.web, carried.mediator(), caseId);
    expect(await stateOf(town, caseId)).toBe('support');
    await beginFollowUp(carried.web, carried.mediator(), { caseId });
    expect(await stateOf(town, caseId)).toBe('follow_up');
  });

  test('T18: closed as not engaged after the refusal, validated by the leader', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await carried.says('other', NO);
    await proposeClosing(carried.web, carried.mediator(), {
      caseId,
      outcome: 'NON_ENGAGEE_REFUS_AUTRE',
      reason: 'Refus.',
    });
    expect(await stateOf(town, caseId)).toBe('agreements');
    await validateClosing(carried.web, carried.leader(), caseId);
    expect(await stateOf(town, caseId)).toBe('closed');
    // Nothing goes on but the look back at the work (F9), and the law's month while the data are kept (R77).
    expect(await openKinds(caseId)).toEqual(['art14_notice', 'leader_evaluation', 'mediator_evaluation']);
  });

  test('no answer: reminded twice, then the leader decides; the party ends without an answer', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const reminders = async () => (await mailsOf(caseId)).filter((mail) => mail === 'other:agreement_reminder').length;
    // Seven working days, then fourteen, then none (§4.4).
    for (const sent of [1, 2, 2]) {
      await clock.forward(10);
      await takeDueSteps(town, caseId);
      expect(await reminders()).toBe(sent);
    }
    expect(await openKinds(caseId)).toContain('task_close_or_extend');
    await noteNoAnswer(carried.web, carried.mediator(), { caseId, partyId: await carried.partyId('other') });
    await beginSupport(carried.web, carried.mediator(), caseId);
    expect(await openKinds(caseId)).not.toContain('task_close_or_extend');
  });
});

describe('R77, GDPR art. 14', () => {
  test('told within the month; only the leader may say why not', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const partyId = await carried.partyId('other');
    const told = { caseId, partyId, how: 'exempted' as const, reason: 'Danger.' };
    await expect(informParty(carried.web, carried.mediator(), told)).rejects.toMatchObject({ code: 'not_your_case' });
    await informParty(carried.web, carried.mediator(), { caseId, partyId, how: 'letter' });
    expect(await openKinds(caseId)).not.toContain('art14_notice');
  });
});

describe('T13, R33: a person nobody reaches', () => {
  test('closed after three tries on different days and hours, a letter and fifteen days; not before', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    const close = () =>
      proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'INJOIGNABLE', reason: 'Aucune réponse.' });
    await expect(close()).rejects.toMatchObject({ code: 'step_missing' });
    for (const day of [1, 1.2, 2.1]) {
      await clock.forward(day);
      await noteContact(carried.web, carried.mediator(), { caseId, way: 'phone', reached: false });
    }
    await noteContact(carried.web, carried.mediator(), { caseId, way: 'letter', reached: false });
    await expect(close()).rejects.toMatchObject({ code: 'step_missing' });
    await clock.forward(30);
    await close();
    expect(await stateOf(town, caseId)).toBe('closed');
  });
});

describe('T24: a rest', () => {
  test('waits keep the working days they had left; it ends by itself; art. 14 goes on; no more than twice', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const due = async (kind: string) =>
      town.owner
        .selectFrom('deadline')
        .select(['due_day as dueDay', 'paused_at as pausedAt'])
        .where('case_id', '=', caseId)
        .where('kind', '=', kind)
        .where('state', '=', 'open')
        .executeTakeFirstOrThrow();
    const before = { agreement: (await due('agreement')).dueDay, art14: (await due('art14_notice')).dueDay };
    await expect(
      suspendCase(carried.web, carried.mediator(), { caseId, reason: 'works', until: await clock.day(90) }),
    ).rejects.toMatchObject({ field: 'until' });
    await suspendCase(carried.web, carried.mediator(), { caseId, reason: 'works', until: await clock.day(14) });
    expect((await due('agreement')).pausedAt).not.toBeNull();
    expect((await due('art14_notice')).pausedAt).toBeNull();
    await clock.forward(16);
    await takeDueSteps(town, caseId);
    const rest = await town.owner
      .selectFrom('mediation_case')
      .select('suspended')
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(rest.suspended).toBe(false);
    expect((await due('agreement')).dueDay > before.agreement).toBe(true);
    expect((await due('art14_notice')).dueDay).toBe(before.art14);
    await suspendCase(carried.web, carried.mediator(), { caseId, reason: 'works', until: await clock.day(7) });
    await resumeCase(carried.web, carried.mediator(), caseId);
    await expect(
      suspendCase(carried.web, carried.mediator(), { caseId, reason: 'works', until: await clock.day(7) }),
    ).rejects.toMatchObject({ code: 'rested_twice' });
  });
});

describe('T26, T29: what was settled comes back', () => {
  test('T26: a relapse at a check is a new cycle', async () => {
    const carried = await inFollowUp();
    await carried.news('d10', { next: 'resume_mediation' });
    expect(await stateOf(town, carried.caseId)).toBe('mediation');
    const row = await town.owner
      .selectFrom('mediation_case')
      .select('cycle')
      .where('id', '=', carried.caseId)
      .executeTakeFirstOrThrow();
    expect(row.cycle).toBe(2);
    expect(await openKinds(carried.caseId)).toEqual(['art14_notice', 'first_session', 'no_note']);
  });

  test('T29: by the person with the code within six months, by nobody after', async () => {
    const close = async () => {
      const carried = await inMediation();
      await proposeClosing(carried.web, carried.leader(), {
        caseId: carried.caseId,
        outcome: 'ECHEC',
        reason: 'Rien à faire.',
      });
      expect(await stateOf(town, carried.caseId)).toBe('closed');
      return carried;
    };
    const one = await close();
    const other = await close();
    await clock.forward(170);
    await reopenByRequester(one.web, { townId: town.townId, caseId: one.caseId });
    expect(await stateOf(town, one.caseId)).toBe('in_triage');
    await clock.forward(20);
    await expect(reopenForRequester(other.web, other.mediator(), other.caseId)).rejects.toMatchObject({
      code: 'too_late',
    });
  });
});

test('T34, R40: another mediator; both are told, the history stays', async () => {
  const carried = await inMediation();
  const { caseId } = carried;
  await expect(
    reassignMediator(carried.web, carried.leader(), { caseId, mediatorId: town.person('M7') }),
  ).rejects.toMatchObject({ code: 'not_qualified' });
  await reassignMediator(carried.web, carried.leader(), { caseId, mediatorId: town.person('M2') });
  expect(await stateOf(town, caseId)).toBe('assigned');
  await takeDueSteps(town, caseId);
  const told = await town.owner
    .selectFrom('mail_item')
    .innerJoin('mail', 'mail.id', 'mail_item.mail_id')
    .select('mail.person_id')
    .where('mail_item.case_id', '=', caseId)
    .where('mail_item.template', '=', 'reassigned')
    .execute();
  expect(told).toEqual([{ person_id: town.person('M1') }]);
  expect(await openKinds(caseId)).toEqual(['art14_notice', 'mediator_answer']);
});

test('T8: a request joins another; it keeps messages and withdrawal, and shows nothing of the other', async () => {
  const web = town.context('passerelle_web');
  const leader = { townId: town.townId, personId: town.person('R1') };
  const [one, two] = [await submit(town), await submit(town, { firstName: 'Autre' })];
  await mergeCase(web, leader, { caseId: one.caseId, into: two.number });
  expect(await stateOf(town, one.caseId)).toBe('merged');
  await expect(mergeCase(web, leader, { caseId: two.caseId, into: one.number })).rejects.toMatchObject({
    field: 'into',
  });
  await withdrawByRequester(web, { townId: town.townId, caseId: one.caseId });
  expect(await stateOf(town, one.caseId)).toBe('closed');
  expect(await stateOf(town, two.caseId)).toBe('received');
});

test('YES covers every explanation of F3', () => {
  expect(YES.explained).toEqual(EXPLANATIONS);
});

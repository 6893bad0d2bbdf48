import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptAssignment, declineAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { extendWait } from '../../src/cases/extend-wait.command.ts';
import { beginSupport } from '../../src/cases/mediate.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { reassignMediator } from '../../src/cases/reassign.command.ts';
import { suspendCase } from '../../src/cases/suspend.command.ts';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { claimMail } from '../../src/mail/claim-mail.command.ts';
import { frenchRooms } from '../../src/i18n/rooms.ts';
import { answerByCode } from '../../src/parties/answer-by-code.command.ts';
import { noteNoAnswer } from '../../src/parties/party-acts.command.ts';
import { EXPLANATIONS } from '../../src/parties/write-agreement.ts';
import { stateOf } from '../support/case-rows.ts';
import { Carried, NO, YES } from '../support/agreements.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// What has to have happened before a transition of §4.3 may be taken.

let town: TestTown;
let clock: TownClock;
beforeAll(async () => {
  town = await testTown('guards');
  clock = new TownClock(town);
});
afterAll(() => town.close());

const web = () => town.context('passerelle_web');
const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const openOf = async (caseId: string, kind: string) =>
  town.owner
    .selectFrom('deadline')
    .select(['party_id as partyId', 'due_day as dueDay'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .where('state', '=', 'open')
    .execute();
type Closed = Parameters<typeof proposeClosing>[2]['outcome'];
const close = (carried: Carried, outcome: Closed) =>
  proposeClosing(carried.web, carried.leader(), { caseId: carried.caseId, outcome, reason: 'Ainsi.' });
/** The refusal names what is missing, in words the page has. */
function stepMissing(what: string) {
  expect(frenchRooms.staff).toHaveProperty([`staff.lacks.${what}`]);
  return { code: 'step_missing', lacking: [what] };
}

describe('T9, T10', () => {
  test('T9: a request without a sector is not accepted until its leader chooses one', async () => {
    const { caseId } = await submit(town, { quarter: null });
    const acceptance = { caseId, domain: 'social', complexity: 'simple', tension: 1 } as const;
    await expect(acceptCase(web(), leader(), acceptance)).rejects.toMatchObject({ field: 'quarter' });
    await acceptCase(web(), leader(), { ...acceptance, quarter: 'PEU' });
    expect(await stateOf(town, caseId)).toBe('accepted');
  });

  test('T10: who declined for a conflict of interests is proposed again with a reason only, also as second', async () => {
    const { caseId } = await submit(town);
    await acceptCase(web(), leader(), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
    await assignMediator(web(), leader(), { caseId, mediatorId: town.person('M1') });
    const m1 = { townId: town.townId, personId: town.person('M1') };
    await declineAssignment(web(), m1, { caseId, reason: 'CONFLIT_INTERETS' });
    const again = { caseId, mediatorId: town.person('M1') };
    await expect(assignMediator(web(), leader(), again)).rejects.toMatchObject({ code: 'conflict_declared' });
    const second = { caseId, mediatorId: town.person('M2'), secondId: town.person('M1') };
    await expect(assignMediator(web(), leader(), second)).rejects.toMatchObject({ code: 'conflict_declared' });
    await assignMediator(web(), leader(), { ...again, overrideReason: 'Le lien était un homonyme.' });
    const kept = town.owner.selectFrom('assignment').select('override_reason').where('case_id', '=', caseId);
    const rows = await kept.where('answer', 'is', null).execute();
    expect(rows.map(({ override_reason }) => override_reason !== null)).toEqual([true]);
  });

  test('T10: the second mediator learns of it with the day’s mail', async () => {
    const { caseId } = await submit(town);
    await acceptCase(web(), leader(), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
    await assignMediator(web(), leader(), { caseId, mediatorId: town.person('M1'), secondId: town.person('M2') });
    const told = await town.owner
      .selectFrom('mail_item')
      .innerJoin('mail', 'mail.id', 'mail_item.mail_id')
      .select('mail.person_id as personId')
      .where('mail_item.case_id', '=', caseId)
      .where('mail_item.template', '=', 'second_named')
      .execute();
    expect(told).toEqual([{ personId: town.person('M2') }]);
  });
});

describe('T13', () => {
  const tries = async (carried: Carried) => {
    for (const days of [1, 1.2, 2.1]) {
      await clock.forward(days);
      await noteContact(carried.web, carried.mediator(), { caseId: carried.caseId, way: 'phone', reached: false });
    }
    await noteContact(carried.web, carried.mediator(), { caseId: carried.caseId, way: 'letter', reached: false });
  };

  test('T13: somebody who answered since is tried anew', async () => {
    const carried = new Carried(town);
    await carried.toFirstContact();
    await tries(carried);
    await clock.forward(30);
    await noteContact(carried.web, carried.mediator(), { caseId: carried.caseId, way: 'phone', reached: true });
    await expect(close(carried, 'INJOIGNABLE')).rejects.toMatchObject(stepMissing('tries'));
    await tries(carried);
    await clock.forward(30);
    await close(carried, 'INJOIGNABLE');
  });

  test('T13, T34, R33: tries are made once, whoever takes the case over; then it may be closed', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    await tries(carried);
    await clock.forward(30);
    await reassignMediator(carried.web, carried.leader(), { caseId, mediatorId: town.person('M2') });
    const m2 = { townId: town.townId, personId: town.person('M2') };
    await acceptAssignment(carried.web, m2, caseId);
    const more = noteContact(carried.web, m2, { caseId, way: 'phone', reached: false });
    await expect(more).rejects.toMatchObject({ code: 'tried_enough' });
    await close(carried, 'INJOIGNABLE');
    expect(await stateOf(town, caseId)).toBe('closed');
  });

  test('T13, T24: the fifteen days do not pass while the case rests', async () => {
    const carried = new Carried(town);
    await carried.toFirstContact();
    await tries(carried);
    await suspendCase(carried.web, carried.mediator(), {
      caseId: carried.caseId,
      reason: 'away',
      until: await clock.day(35),
    });
    await clock.forward(30);
    await expect(close(carried, 'INJOIGNABLE')).rejects.toMatchObject(stepMissing('tries'));
  });
});

const MISSING = {
  INJOIGNABLE: 'silence',
  NON_ENGAGEE_REFUS_AUTRE: 'no_of_others',
  NON_ENGAGEE_REFUS_DEMANDEUR: 'no_of_requester',
} as const;

describe('T17, T18, T20', () => {
  test('T17: needs the requester’s yes, and somebody who was asked and does not take part', async () => {
    const carried = new Carried(town);
    await carried.toFirstContact();
    await carried.says('requester');
    const support = () => beginSupport(carried.web, carried.mediator(), carried.caseId);
    await expect(support()).rejects.toMatchObject(stepMissing('others_out'));
    const other = new Carried(town);
    await other.toAgreements();
    await other.says('other', NO);
    await other.says('requester', NO);
    await expect(beginSupport(other.web, other.mediator(), other.caseId)).rejects.toMatchObject({
      code: 'agreement_missing',
    });
  });

  test('T17: whoever does not want the other side contacted may go on alone', async () => {
    const carried = new Carried(town);
    await carried.toFirstContact();
    await carried.says('requester', { ...YES, contactOther: false });
    await beginSupport(carried.web, carried.mediator(), carried.caseId);
    expect(await stateOf(town, carried.caseId)).toBe('support');
  });

  test('T18, T20: each outcome needs the no or the silence it names, recorded', async () => {
    const carried = new Carried(town);
    await carried.toFirstContact();
    await carried.says('requester');
    // Nobody of the other side was asked, nobody was tried.
    for (const outcome of ['INJOIGNABLE', 'NON_ENGAGEE_REFUS_AUTRE', 'NON_ENGAGEE_REFUS_DEMANDEUR'] as const)
      await expect(close(carried, outcome)).rejects.toMatchObject(stepMissing(MISSING[outcome]));
    const other = new Carried(town);
    await other.toAgreements();
    for (const outcome of ['INJOIGNABLE', 'NON_ENGAGEE_REFUS_AUTRE'] as const)
      await expect(close(other, outcome)).rejects.toMatchObject(stepMissing(MISSING[outcome]));
    await noteNoAnswer(other.web, other.mediator(), { caseId: other.caseId, partyId: await other.partyId('other') });
    await expect(close(other, 'NON_ENGAGEE_REFUS_AUTRE')).rejects.toMatchObject(stepMissing('no_of_others'));
    await beginSupport(other.web, other.mediator(), other.caseId);
    await expect(close(other, 'NON_ENGAGEE_REFUS_DEMANDEUR')).rejects.toMatchObject(stepMissing('no_of_requester'));
    await close(other, 'INJOIGNABLE');
    expect(await stateOf(town, other.caseId)).toBe('closed');
  });

  test('T18, §3.5: a party that had agreed is told by its own text, and its contact goes a month later', async () => {
    const carried = new Carried(town);
    await carried.toAgreements();
    await carried.says('other');
    await carried.says('requester', NO);
    await close(carried, 'NON_ENGAGEE_REFUS_DEMANDEUR');
    const partyId = await carried.partyId('other');
    const mails = town.owner
      .selectFrom('mail')
      .select(['id', 'template'])
      .where('party_id', '=', partyId)
      .where('state', '=', 'queued');
    const told = (await mails.execute()).find(({ template }) => template === 'party_closed');
    const ctx = mailContext(town, 'smtp://127.0.0.1:1');
    const policy = await ctx.policies.of(town.townId);
    expect(await claimMail(ctx, policy, town.townId, told?.id ?? '')).toMatchObject({ template: 'party_closed' });
    const identity = town.owner.selectFrom('party_identity').select('erase_after').where('party_id', '=', partyId);
    expect((await identity.executeTakeFirstOrThrow()).erase_after).not.toBeNull();
  });
});

describe('« clore ou prolonger » for a party that does not answer', () => {
  async function unanswered(): Promise<Carried> {
    const carried = new Carried(town);
    await carried.toAgreements();
    await clock.forward(35);
    await takeDueSteps(town, carried.caseId);
    expect(await openOf(carried.caseId, 'task_close_or_extend')).toHaveLength(1);
    return carried;
  }

  test('T18: prolonged, the same party is waited for again', async () => {
    const carried = await unanswered();
    const partyId = await carried.partyId('other');
    await extendWait(carried.web, carried.leader(), { caseId: carried.caseId, workingDays: 10 });
    expect(await openOf(carried.caseId, 'task_close_or_extend')).toEqual([]);
    expect((await openOf(carried.caseId, 'agreement')).map((wait) => wait.partyId)).toEqual([partyId]);
  });

  test('T18: an answer, by whatever way, or the note that there is none, ends the task', async () => {
    const ends: ((carried: Carried, partyId: string) => Promise<unknown>)[] = [
      (carried) => carried.says('other'),
      (carried, partyId) => noteNoAnswer(carried.web, carried.mediator(), { caseId: carried.caseId, partyId }),
      (carried, partyId) =>
        answerByCode(
          carried.web,
          { townId: town.townId, caseId: carried.caseId, partyId },
          { takePart: true, contactOther: true, recontact: true, explained: EXPLANATIONS },
          'fr',
        ),
    ];
    for (const end of ends) {
      const carried = await unanswered();
      await end(carried, await carried.partyId('other'));
      expect(await openOf(carried.caseId, 'task_close_or_extend')).toEqual([]);
    }
  });
});

test('T24: twice in a cycle, whatever the states in between; the second time may begin before the first has ended', async () => {
  const carried = new Carried(town);
  await carried.toFirstContact();
  const rest = async (days: number) =>
    suspendCase(carried.web, carried.mediator(), {
      caseId: carried.caseId,
      reason: 'works',
      until: await clock.day(days),
    });
  await rest(7);
  await rest(20);
  const waits = await openOf(carried.caseId, 'suspension');
  expect(waits).toHaveLength(1);
  await carried.says('requester');
  await expect(rest(30)).rejects.toMatchObject({ code: 'rested_twice' });
});

test('T12: a proposal is taken by who was asked', async () => {
  const { caseId } = await submit(town);
  await acceptCase(web(), leader(), { caseId, domain: 'social', complexity: 'simple', tension: 1 });
  await assignMediator(web(), leader(), { caseId, mediatorId: town.person('M1') });
  const m2 = { townId: town.townId, personId: town.person('M2') };
  await expect(acceptAssignment(web(), m2, caseId)).rejects.toMatchObject({ code: 'not_found' });
});

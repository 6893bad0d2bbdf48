import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginMediation, beginSupport } from '../../src/cases/mediate.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { reassignMediator } from '../../src/cases/reassign.command.ts';
import { claimMail } from '../../src/mail/claim-mail.command.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { takeItemBack, withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { askForAgreement, noteNoAnswer, withdrawForParty } from '../../src/parties/party-acts.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { requestForPartner } from '../../src/partners/own-requests.query.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { A_NEIGHBOUR, Carried, NO, YES } from '../support/agreements.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// What a refusal, a silence, a new agreement or a withdrawal ends (R29, R30, R32, T23, T32).

let town: TestTown;
let clock: TownClock;
let landlord: string;
beforeAll(async () => {
  town = await testTown('party-endings');
  clock = new TownClock(town);
  const found = town.owner.selectFrom('organisation').select('id').where('code', '=', 'O11');
  landlord = (await found.executeTakeFirstOrThrow()).id;
});
afterAll(() => town.close());

const waits = async (caseId: string, kinds: readonly string[]) =>
  (
    await town.owner
      .selectFrom('deadline')
      .select(['kind', 'reason'])
      .where('case_id', '=', caseId)
      .where('kind', 'in', kinds)
      .where('state', '=', 'open')
      .orderBy('kind')
      .execute()
  ).map(({ kind, reason }) => (reason ? `${kind}:${reason}` : kind));
const mailsTo = async (caseId: string, partyId: string | null) =>
  (
    await town.owner
      .selectFrom('mail')
      .select(['template', 'state'])
      .where('case_id', '=', caseId)
      .where('person_id', 'is', null)
      .where('party_id', partyId ? '=' : 'is', partyId)
      .orderBy('created_at')
      .execute()
  ).map(({ template, state }) => `${template} ${state}`);
const partyRow = (id: string) =>
  town.owner
    .selectFrom('party as p')
    .innerJoin('party_identity as i', 'i.party_id', 'p.id')
    .select(['p.ended_at as endedAt', 'p.end_reason as endReason', 'i.erase_after as eraseAfter'])
    .where('p.id', '=', id)
    .executeTakeFirstOrThrow();
const SHARE = { what: 'L’étage.', purpose: 'Trouver la fuite.' };

describe('F3 item 4, R103: a share ends with the agreement it stands on', () => {
  async function sharing() {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await carried.says('other', { shares: [{ ...SHARE, organisationId: landlord }] });
    const requestId = await askPartner(carried.web, carried.mediator(), {
      caseId,
      organisationId: landlord,
      urgency: 'standard',
      question: 'Quand ?',
    });
    const contact = await town.owner
      .selectFrom('organisation_contact')
      .select('id')
      .where('organisation_id', '=', landlord)
      .where('position', '=', 'referent')
      .executeTakeFirstOrThrow();
    const seat = { contactId: contact.id, organisationId: landlord };
    const read = async () => {
      const request = await requestForPartner(carried.web, town.townId, seat, requestId);
      return request && 'shared' in request ? request.shared : undefined;
    };
    expect(await read()).toEqual([SHARE]);
    return { carried, caseId, read, partyId: await carried.partyId('other') };
  }

  test('a refusal', async () => {
    const { carried, read } = await sharing();
    await carried.says('other', NO);
    expect(await read()).toEqual([]);
  });
  test('a new agreement that does not confirm it; one that does keeps it, and lets it be taken back', async () => {
    const { carried, caseId, read, partyId } = await sharing();
    await carried.says('other', { keepShares: true });
    expect(await read()).toEqual([SHARE]);
    const kept = town.owner
      .selectFrom('agreement_item')
      .select(['agreement_id as agreementId', 'ordinal'])
      .where('party_id', '=', partyId)
      .where('item', '=', 'share')
      .where('withdrawn_at', 'is', null);
    await takeItemBack(carried.web, { townId: town.townId, caseId, partyId }, await kept.executeTakeFirstOrThrow());
    expect(await read()).toEqual([]);
    const again = await sharing();
    await again.carried.says('other', YES);
    expect(await again.read()).toEqual([]);
  });
  test('asked again, and no answer', async () => {
    const { carried, caseId, read, partyId } = await sharing();
    await askForAgreement(carried.web, carried.mediator(), { caseId, partyId });
    expect(await read()).toEqual([]);
    await noteNoAnswer(carried.web, carried.mediator(), { caseId, partyId });
    expect(await read()).toEqual([]);
    const left = town.owner.selectFrom('agreement_item').select('item').where('party_id', '=', partyId);
    expect(await left.where('withdrawn_at', 'is', null).execute()).toEqual([]);
  });
});

describe('R29: a yes of somebody who had left', () => {
  test('brings the party back, its contact is kept', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const id = await carried.partyId('other');
    await carried.says('other', NO);
    expect(await partyRow(id)).toMatchObject({ endReason: 'refused', eraseAfter: expect.any(String) });
    await carried.says('other', YES);
    expect(await partyRow(id)).toEqual({ endedAt: null, endReason: null, eraseAfter: null });
    await beginMediation(carried.web, carried.mediator(), caseId);
  });
  test('§3.5: once its contact is erased it is written down anew', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const partyId = await carried.partyId('other');
    await carried.says('other', NO);
    await town.owner
      .updateTable('party_identity')
      .set({ name: null, erased_at: new Date() })
      .where('party_id', '=', partyId)
      .execute();
    const erased = { code: 'contact_erased', field: 'party' };
    await expect(carried.says('other', YES)).rejects.toMatchObject(erased);
    const again = askForAgreement(carried.web, carried.mediator(), { caseId, partyId, cameBack: true });
    await expect(again).rejects.toMatchObject(erased);
    await addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId });
    await carried.says('other', YES);
    await beginMediation(carried.web, carried.mediator(), caseId);
  });
});

test('invariant 1, R11: under way a yes without the mandate is refused beside its field, and the one before stands', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ need: 'service' }, { kind: 'institution', name: 'Guichet' });
  await carried.says('other', { mandate: true, representative: 'Nina Tavares, cheffe de service' });
  await beginMediation(carried.web, carried.mediator(), caseId);
  await expect(carried.says('other', YES)).rejects.toMatchObject({ code: 'unknown_choice', field: 'mandate' });
  await carried.says('other', { mandate: true, representative: 'Nina Tavares, cheffe de service' });
  const minor = new Carried(town);
  await minor.toAgreements({}, { minor: true, legalRepresentative: 'Sa mère' });
  await minor.says('other', { legalRepresentativeAgreed: true });
  await beginMediation(minor.web, minor.mediator(), minor.caseId);
  await expect(minor.says('other', YES)).rejects.toMatchObject({ field: 'legalRepresentative' });
});

describe('F3 items 1 and 2: the requester’s word ends the asking of the others', () => {
  const ASKING = ['agreement', 'other_party_contact', 'task_call_party'];
  async function nobodyIsAsked(carried: Carried): Promise<void> {
    const other = await carried.partyId('other');
    expect(await waits(carried.caseId, ASKING)).toEqual([]);
    expect(await mailsTo(carried.caseId, other)).toEqual(['party_invited cancelled']);
    await clock.forward(30);
    await takeDueSteps(town, carried.caseId);
    expect(await mailsTo(carried.caseId, other)).toEqual(['party_invited cancelled']);
    const again = { caseId: carried.caseId, partyId: other, cameBack: true };
    await expect(askForAgreement(carried.web, carried.mediator(), again)).rejects.toMatchObject({
      code: 'agreement_missing',
    });
  }
  test('a no', async () => {
    const carried = new Carried(town);
    await carried.toAgreements();
    await carried.says('requester', NO);
    await nobodyIsAsked(carried);
  });
  test('item 2 taken back by the code', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const found = town.owner
      .selectFrom('agreement_item')
      .select(['agreement_id as agreementId', 'ordinal'])
      .where('case_id', '=', caseId)
      .where('item', '=', 'contact_other');
    await takeItemBack(carried.web, { townId: town.townId, caseId }, await found.executeTakeFirstOrThrow());
    await nobodyIsAsked(carried);
    // Given again: the other side, which never answered, may be asked.
    await carried.says('requester', YES);
    expect(await waits(caseId, ASKING)).toEqual(['other_party_contact']);
    const asked = { caseId, partyId: await carried.partyId('other') };
    await askForAgreement(carried.web, carried.mediator(), asked);
    expect(await waits(caseId, ASKING)).toEqual(['agreement']);
  });
});

test('F3 item 2: the other side takes its own back, and nobody else’s question ends with it', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  await carried.says('other', { ...YES, contactOther: true });
  const partyId = await carried.partyId('other');
  await addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, name: 'Mireille Ostrowski', caseId });
  const before = await waits(caseId, ['agreement', 'task_call_party']);
  const item = () =>
    town.owner
      .selectFrom('agreement_item')
      .select(['agreement_id as agreementId', 'ordinal', 'withdrawn_at as withdrawnAt'])
      .where('party_id', '=', partyId)
      .where('item', '=', 'contact_other')
      .executeTakeFirstOrThrow();
  await takeItemBack(carried.web, { townId: town.townId, caseId, partyId }, await item());
  expect((await item()).withdrawnAt).not.toBeNull();
  expect(before).toContain('agreement');
  expect(await waits(caseId, ['agreement', 'task_call_party'])).toEqual(before);
});

test('F3: the requester, asked by the code and not to be written to, is called itself, at once and again', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact({ contactWays: ['phone'], phone: '+33639981111' });
  await askForAgreement(carried.web, carried.mediator(), { caseId, partyId: await carried.partyId('requester') });
  const CALLS = ['task_call_requester', 'task_call_party'];
  expect(await waits(caseId, CALLS)).toEqual(['task_call_requester:agreement_asked']);
  await clock.forward(11);
  await takeDueSteps(town, caseId);
  expect(await waits(caseId, CALLS)).toEqual(['task_call_requester:agreement_reminder']);
});

test('R30: whoever stops a request by the code is called no more, and the page promises it', async () => {
  const { caseId } = await submit(town, { contactWays: ['phone'], phone: '+33639981111' });
  await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId });
  await takeDueSteps(town, caseId);
  expect(await waits(caseId, ['task_call_requester'])).toEqual([]);
  // A mail that may not leave any more is no call either.
  const written = await submit(town);
  await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId: written.caseId });
  await town.owner.updateTable('case_identity').set({ precautions: ['do_not_write'] }).where('case_id', '=', written.caseId).execute(); // prettier-ignore
  const closed = town.owner.selectFrom('mail').select(['id', 'state']).where('case_id', '=', written.caseId).where('template', '=', 'closed'); // prettier-ignore
  const ctx = mailContext(town, 'smtp://127.0.0.1:1');
  const policy = await ctx.policies.of(town.townId);
  expect(await claimMail(ctx, policy, town.townId, (await closed.executeTakeFirstOrThrow()).id)).toBeUndefined();
  expect((await closed.executeTakeFirstOrThrow()).state).toBe('cancelled');
  expect(await waits(written.caseId, ['task_call_requester'])).toEqual([]);
});

describe('R30, T23: whoever stops leaves nothing running', () => {
  const THIRD = { ...A_NEIGHBOUR, name: 'Mireille Ostrowski', email: 'mireille@courriel.example' };
  async function threeSided() {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const first = await carried.partyId('other');
    await carried.says('other');
    const second = await addParty(carried.web, carried.mediator(), { ...THIRD, caseId });
    await carried.says('other');
    await beginMediation(carried.web, carried.mediator(), caseId);
    return { carried, caseId, first, second };
  }
  test('the others read that the mediation stops; the party its confirmation, and nothing that was on its way', async () => {
    const { carried, caseId, first, second } = await threeSided();
    await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId: first });
    await takeDueSteps(town, caseId);
    expect(await mailsTo(caseId, first)).toEqual(['party_invited cancelled', 'participation_stopped queued']);
    expect(await mailsTo(caseId, second)).toContain('mediation_stopped queued');
    expect(await mailsTo(caseId, null)).toContain('mediation_stopped queued');
  });
  test('told by phone: calls to the party and answers to read end with it', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({}, { email: '', contactWays: ['phone'] });
    const partyId = await carried.partyId('other');
    expect(await waits(caseId, ['task_call_party'])).toEqual(['task_call_party:party_invited']);
    await withdrawForParty(carried.web, carried.mediator(), { caseId, partyId, way: 'phone' });
    expect(await waits(caseId, ['task_call_party', 'task_party_answered', 'agreement'])).toEqual([]);
    await takeDueSteps(town, caseId);
    expect(await waits(caseId, ['task_call_party'])).toEqual([]);
  });
  test('T34: while another mediator takes over, a meeting of the sides ends too and the others are told', async () => {
    const { carried, caseId, first, second } = await threeSided();
    await planSession(carried.web, carried.mediator(), {
      caseId,
      mode: 'joint',
      partyIds: [await carried.partyId('requester'), second],
      day: '30/06/2027',
      hour: '10 h',
      minutes: 60,
      place: 'Ici',
    });
    await reassignMediator(carried.web, carried.leader(), { caseId, mediatorId: town.person('M2') });
    await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId: first });
    const planned = town.owner.selectFrom('mediation_session').select('id').where('case_id', '=', caseId);
    expect(await planned.where('state', '=', 'planned').execute()).toEqual([]);
    await takeDueSteps(town, caseId);
    expect(await mailsTo(caseId, second)).toContain('mediation_stopped queued');
    expect(await mailsTo(caseId, null)).toContain('mediation_stopped queued');
  });
  test('R32: a refusal and a silence end a talk that was planned with the party', async () => {
    const plan = async (carried: Carried) =>
      planSession(carried.web, carried.mediator(), {
        caseId: carried.caseId,
        mode: 'individual',
        partyIds: [await carried.partyId('other')],
        day: '30/06/2027',
        hour: '10 h',
        minutes: 60,
        place: 'Ici',
      });
    const stateOf = async (id: string) =>
      (await town.owner.selectFrom('mediation_session').select('state').where('id', '=', id).executeTakeFirstOrThrow())
        .state;
    const [refused, silent] = [new Carried(town), new Carried(town)];
    await refused.toAgreements();
    await silent.toAgreements();
    const [one, two] = [await plan(refused), await plan(silent)];
    await refused.says('other', NO);
    await noteNoAnswer(silent.web, silent.mediator(), {
      caseId: silent.caseId,
      partyId: await silent.partyId('other'),
    });
    expect([await stateOf(one), await stateOf(two)]).toEqual(['cancelled', 'cancelled']);
    await beginSupport(silent.web, silent.mediator(), silent.caseId);
  });
});

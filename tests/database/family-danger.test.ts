import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { beginMediation } from '../../src/cases/mediate.command.ts';
import { decideDanger, raiseDanger } from '../../src/cases/danger.command.ts';
import { liftFamilyDanger } from '../../src/cases/lift-family-danger.command.ts';
import { acceptCase, redirectCase } from '../../src/cases/triage.command.ts';
import { mergeCase } from '../../src/cases/merge-case.command.ts';
import { claimMail } from '../../src/mail/claim-mail.command.ts';
import { staffDay } from '../../src/mail/staff-letter.query.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { answerRight } from '../../src/rights/settle-right.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { raiseDangerByPartner } from '../../src/partners/partner-side.command.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { A_NEIGHBOUR, Carried, YES } from '../support/agreements.ts';
import { openKinds, stateOf } from '../support/case-rows.ts';
import { formOf, VALID } from '../support/f1-form.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { caseWaits } from '../../src/staff/case-waits.query.ts';
import { openEntries } from '../../src/staff/worklist.query.ts';
import { askToCall } from '../../src/mail/ask-to-call.ts';
import { lockCase } from '../../src/cases/lock-case.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { TownClock } from '../support/town-clock.ts';
import { askedRight } from '../support/rights.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// Spec §3.6, peers.md 19: where somebody of the family or the partner is feared there is no mediation. The numbers and an orientation, nothing
// to the other person, and only a leader's decision with its reason opens the road again.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('family');
  app = await webApp(town);
});
afterAll(() => town.close());

const web = () => town.context('passerelle_web');
const by = (ref = 'R1') => ({ townId: town.townId, personId: town.person(ref) });
const feared = { danger: true, familyDanger: true } as const;
/** A talk with one side. */
const TALK = { mode: 'individual', place: 'au local', day: '18/01/2027', hour: '10:00', minutes: 60 } as const;
const marks = (caseId: string) =>
  town.owner
    .selectFrom('mediation_case')
    .select(['danger', 'family_danger as family'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
const lift = (caseId: string, ref = 'R1') =>
  liftFamilyDanger(web(), by(ref), { caseId, reason: 'Elle parlait de son voisin, qui porte le même nom.' });
const acceptance = { domain: 'social', complexity: 'standard', tension: 2 } as const;
async function leader(): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person('R1') });
  return visitor;
}

test('the form asks it without a detail: ticked alone it is a danger too, and the receipt says the 3919', async () => {
  const form = formOf(town, app);
  const page = await form.post('danger', []);
  expect(page.html).toContain('name="family"');
  const visitor = new Visitor(app);
  const draft = form.draftOf([['family', 'yes']]);
  const sent = await visitor.post(
    '/demande',
    new URLSearchParams([['draft', draft], ['screen', 'send'], ...VALID.send, ['go', 'next']]),
  );
  expect(sent.status).toBe(303);
  expect(await (await visitor.get('/demande/recu')).text()).toContain('3919');
  const row = await town.owner
    .selectFrom('mediation_case')
    .select(['id', 'danger', 'family_danger as family'])
    .orderBy('received_at', 'desc')
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ danger: true, family: true });
  expect(await openKinds(town, row.id)).toEqual(['danger', 'triage']);
});

test('triage says so and offers an orientation: no acceptance, no joining; sending elsewhere goes on once the danger is decided', async () => {
  const { caseId } = await submit(town, feared);
  const other = await submit(town, { quarter: 'PEU' });
  const page = (await (await (await leader()).get(`/equipe/demandes/${caseId}`)).text()).replaceAll('\u00a0', ' ');
  for (const said of ['pas de médiation', '3919', '116 006']) expect(page).toContain(said);
  expect(page).toContain(`/equipe/demandes/${caseId}/reorienter`);
  for (const slug of ['accepter', 'regrouper']) expect(page).not.toContain(`/equipe/demandes/${caseId}/${slug}"`);
  await expect(acceptCase(web(), by(), { caseId, ...acceptance })).rejects.toMatchObject({ code: 'out_of_mediation' });
  await decideDanger(web(), by(), { caseId, decision: 'orient', legalGround: 'none', reason: 'Le 3919 est donné.' });
  await expect(mergeCase(web(), by(), { caseId, into: other.number })).rejects.toMatchObject({
    code: 'out_of_mediation',
  });
  await redirectCase(web(), by(), { caseId, motive: 'VIOLENCE', target: 'CIDFF, 3919' });
  expect(await stateOf(town, caseId)).toBe('redirected');
});

describe('said later, by anyone (T2)', () => {
  async function toMediation(carried: Carried): Promise<string> {
    const caseId = await carried.toAgreements();
    await carried.says('other', YES);
    await beginMediation(web(), carried.mediator(), caseId);
    return caseId;
  }

  test('an agreement that is being gathered goes no further: no other party, no mediation, no meeting with it, no call to it', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await carried.says('other', YES);
    await raiseDanger(web(), carried.mediator(), caseId, true);
    expect(await marks(caseId)).toEqual({ danger: true, family: true });
    const refused = { code: 'out_of_mediation' };
    await expect(beginMediation(web(), carried.mediator(), caseId)).rejects.toMatchObject(refused);
    await expect(addParty(web(), carried.mediator(), { ...A_NEIGHBOUR, caseId })).rejects.toMatchObject(refused);
    const otherId = await carried.partyId('other');
    await expect(
      planSession(web(), carried.mediator(), { ...TALK, caseId, partyIds: [otherId] }),
    ).rejects.toMatchObject(refused);
    await planSession(web(), carried.mediator(), { ...TALK, caseId, partyIds: [await carried.partyId('requester')] });
    await takeDueSteps(town, caseId);
    expect(await openKinds(town, caseId)).not.toContain('task_call_party');
  });

  test('a mail already on its way to the other person does not leave, and nobody calls there instead', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await takeDueSteps(town, caseId);
    const mail = await town.owner
      .selectFrom('mail')
      .select('id')
      .where('case_id', '=', caseId)
      .where('template', '=', 'party_invited')
      .executeTakeFirstOrThrow();
    await raiseDanger(web(), carried.mediator(), caseId, true);
    await town.owner
      .updateTable('mail')
      .set({ not_before: new Date(0) })
      .where('id', '=', mail.id)
      .execute();
    const ctx = mailContext(town, 'smtp://127.0.0.1:1');
    const policy = await ctx.policies.of(town.townId);
    expect(await claimMail(ctx, policy, town.townId, mail.id)).toBeUndefined();
    const row = town.owner.selectFrom('mail').select('state').where('id', '=', mail.id);
    expect((await row.executeTakeFirstOrThrow()).state).toBe('cancelled');
    expect(await openKinds(town, caseId)).not.toContain('task_call_party');
  });

  test.each(['requester', 'other', 'team', 'partner'] as const)(
    'said by %s while a meeting is planned: the leader is asked once to cancel it, and no longer when the mark is off',
    async (who) => {
      const carried = new Carried(town);
      const caseId = await toMediation(carried);
      const [requester, other] = [await carried.partyId('requester'), await carried.partyId('other')];
      const place = { caseId, place: 'au local', day: '18/01/2027', minutes: 60 };
      const joint = { ...place, mode: 'joint', hour: '10:00', partyIds: [requester, other] } as const;
      if (who === 'requester')
        await planSession(web(), carried.mediator(), { ...joint, mode: 'individual', partyIds: [other] });
      else await planSession(web(), carried.mediator(), joint);
      const say = async () => {
        if (who === 'partner') return fromAPartner(carried);
        if (who === 'team') return raiseDanger(web(), carried.mediator(), caseId, true);
        const path = who === 'other' ? '/suivi/participation/danger' : '/suivi/danger';
        const visitor =
          who === 'other' ? await partyVisitor(app, town, carried) : await requesterVisitor(app, town, caseId);
        const form = hiddenOf(await (await visitor.get(path)).text(), 'form');
        expect((await visitor.post(path, { form, who: 'self', family: 'yes' })).status).toBe(303);
      };
      await say();
      await say();
      const asked = () =>
        town.owner
          .selectFrom('deadline')
          .select(['waits_for', 'reason'])
          .where('case_id', '=', caseId)
          .where('kind', '=', 'task_safety_check')
          .where('state', '=', 'open')
          .execute();
      expect(await asked()).toEqual([{ waits_for: 'leader', reason: 'meeting_planned' }]);
      const page = await (await (await leader()).get(`/equipe/demandes/${caseId}`)).text();
      expect(page).toContain('annuler la rencontre prévue');
      expect(page).toContain(`/equipe/demandes/${caseId}/annuler-rencontre`);
      await lift(caseId);
      expect(await asked()).toEqual([]);
    },
  );

  async function fromAPartner(carried: Carried): Promise<void> {
    const { caseId } = carried;
    const contact = await town.owner
      .selectFrom('organisation_contact as k')
      .innerJoin('organisation as o', 'o.id', 'k.organisation_id')
      .select(['k.id as contactId', 'o.id as organisationId'])
      .where('o.code', '=', 'O11')
      .executeTakeFirstOrThrow();
    const known = await town.owner
      .selectFrom('partner_request')
      .select('id')
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    const { organisationId } = contact;
    const question = { caseId, organisationId, urgency: 'standard', question: 'Quand passez-vous ?' } as const;
    const requestId = known?.id ?? (await askPartner(web(), carried.mediator(), question));
    await raiseDangerByPartner(web(), { townId: town.townId, ...contact, requestId }, 'other', true);
  }

  test('no meeting with the other side, no such task', async () => {
    const carried = new Carried(town);
    const caseId = await toMediation(carried);
    await planSession(web(), carried.mediator(), {
      ...TALK,
      caseId,
      partyIds: [await carried.partyId('requester')],
    });
    await raiseDanger(web(), carried.mediator(), caseId, true);
    expect(await openKinds(town, caseId)).not.toContain('task_safety_check');
  });

  test('a call to the other person that was to do leaves the worklist and the case; what it asked itself stays', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const other = { partyId: await carried.partyId('other') };
    const ctx = town.context('passerelle_worker');
    const policy = await ctx.policies.of(town.townId);
    const ask = (reason: string) =>
      inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, async (tx) =>
        askToCall(tx, policy, await lockCase(tx, caseId), other, reason),
      );
    await ask('team_message');
    const calls = () =>
      inTransaction(
        town.db('passerelle_web'),
        { role: 'app_staff', townId: town.townId, personId: town.person('M1') },
        async (tx) => ({
          list: (await openEntries(tx)).entries
            .filter((entry) => entry.caseId === caseId && entry.kind === 'task_call_party')
            .map(({ reason }) => reason),
          page: (await caseWaits(tx, caseId))
            .filter(({ kind }) => kind === 'task_call_party')
            .map(({ reason }) => reason),
        }),
      );
    expect(await calls()).toEqual({ list: ['team_message'], page: ['team_message'] });
    const party = await partyVisitor(app, town, carried);
    expect((await party.post('/suivi/participation/interprete', {})).status).toBe(303);
    await raiseDanger(web(), carried.mediator(), caseId, true);
    expect(await calls()).toEqual({ list: ['interpreter'], page: ['interpreter'] });
    await lift(caseId);
    expect(new Set((await calls()).list)).toEqual(new Set(['interpreter', 'team_message']));
  });

  test('the other person says it of the requester: the team reads it, the case stops, the requester learns nothing', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const visitor = await partyVisitor(app, town, carried);
    const page = await (await visitor.get('/suivi/participation/danger')).text();
    const said = { form: hiddenOf(page, 'form'), who: 'self', family: 'yes' };
    expect((await visitor.post('/suivi/participation/danger', said)).status).toBe(303);
    expect(await marks(caseId)).toEqual({ danger: true, family: true });
    const again = await (await visitor.get('/suivi/participation')).text();
    expect(again).not.toContain('pas de médiation');
  });

  test('the other person says it of the requester: the team calls neither about news, meets the requester no more, and reads why; a call the requester asks for stays', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({ contactWays: ['phone'], phone: '+33639981111' });
    const meeting = { ...TALK, caseId, partyIds: [await carried.partyId('requester')] };
    await planSession(web(), carried.mediator(), meeting);
    await takeDueSteps(town, caseId);
    expect(await openKinds(town, caseId)).toContain('task_call_requester');
    const visitor = await partyVisitor(app, town, carried);
    const page = await (await visitor.get('/suivi/participation/danger')).text();
    expect(page).toContain('Nous ne contactons alors pas cette personne.');
    await visitor.post('/suivi/participation/danger', { form: hiddenOf(page, 'form'), who: 'self', family: 'yes' });
    const calls = async () =>
      inTransaction(
        town.db('passerelle_web'),
        { role: 'app_staff', townId: town.townId, personId: town.person('M1') },
        async (tx) =>
          (await caseWaits(tx, caseId)).flatMap(({ kind, reason }) => (kind === 'task_call_requester' ? [reason] : [])),
      );
    expect(await calls()).toEqual([]);
    expect(await openKinds(town, caseId)).toContain('task_safety_check');
    await expect(planSession(web(), carried.mediator(), { ...meeting, hour: '11:00' })).rejects.toMatchObject({
      code: 'out_of_mediation',
    });
    const ctx = town.context('passerelle_worker');
    const policy = await ctx.policies.of(town.townId);
    await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, async (tx) =>
      askToCall(tx, policy, await lockCase(tx, caseId), undefined, 'team_message'),
    );
    expect(await calls()).toEqual([]);
    const read = await (await (await leader()).get(`/equipe/demandes/${caseId}`)).text();
    expect(read).toContain('C’est l’autre partie qui le dit');
    const own = await requesterVisitor(app, town, caseId);
    expect((await own.post('/suivi/interprete', {})).status).toBe(303);
    expect(await calls()).toEqual(['interpreter']);
    const asRequester = { role: 'app_public', townId: town.townId, caseId } as const;
    await expect(
      inTransaction(web().db, asRequester, (tx) => sql`select requester_feared from mediation_case`.execute(tx.db)),
    ).rejects.toMatchObject({ code: '42501' });
    await lift(caseId);
    expect(new Set(await calls())).toEqual(new Set(['interpreter', 'session_invited']));
  });

  test('whoever was proposed may still take the case over to orient; the leader may not give it to another', async () => {
    const carried = new Carried(town);
    await carried.into('assigned');
    await raiseDanger(web(), carried.mediator(), carried.caseId, true);
    await acceptAssignment(web(), carried.mediator(), carried.caseId);
    expect(await stateOf(town, carried.caseId)).toBe('first_contact');
  });
});

describe('the leader’s decision takes the mark off', () => {
  test('with a reason, signed, on the page; the danger is decided on apart, and « pas de danger » waits for it', async () => {
    const { caseId } = await submit(town, feared);
    const calm = { caseId, decision: 'no_action', legalGround: 'none', reason: 'Rien.' } as const;
    await expect(decideDanger(web(), by(), calm)).rejects.toMatchObject({ code: 'out_of_mediation' });
    await lift(caseId);
    expect(await marks(caseId)).toEqual({ danger: true, family: false });
    const page = await (await (await leader()).get(`/equipe/demandes/${caseId}`)).text();
    for (const said of ['la médiation est possible', 'qui porte le même nom', 'Nadège Kerlidou'])
      expect(page).toContain(said);
    await decideDanger(web(), by(), calm);
    await acceptCase(web(), by(), { caseId, ...acceptance });
    await assignMediator(web(), by(), { caseId, mediatorId: town.person('M1') });
    expect(await stateOf(town, caseId)).toBe('assigned');
  });

  test('nobody else’s: not the mediator’s, not without the mark', async () => {
    const carried = new Carried(town);
    await carried.toFirstContact();
    await expect(lift(carried.caseId)).rejects.toMatchObject({ code: 'not_allowed_now' });
    await raiseDanger(web(), carried.mediator(), carried.caseId, true);
    await expect(lift(carried.caseId, 'M1')).rejects.toMatchObject({ code: 'not_your_case' });
  });

  test('the database keeps it too: no mark without a danger', async () => {
    const { caseId } = await submit(town, feared);
    const freed = town.owner.updateTable('mediation_case').set({ danger: false }).where('id', '=', caseId);
    await expect(freed.execute()).rejects.toThrow('a_feared_family_is_a_danger');
  });
});

test('what the other side asked for itself is answered: a right told by phone is a call, news of the case are none (R82, spec §3.6)', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const partyId = await carried.partyId('other');
  await raiseDanger(web(), by(), caseId, true);
  const id = await askedRight(town, { caseId, partyId }, 'access', 'phone');
  await answerRight(web(), by(), { caseId, requestId: id, answer: 'Votre copie est prête.', erase: [] });
  const calls = await town.owner
    .selectFrom('deadline')
    .select('reason')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'task_call_party')
    .where('state', '=', 'open')
    .execute();
  expect(calls.map(({ reason }) => reason)).toContain('rights_answered');
});

test('spec §3.6: a call that nobody makes is not reminded of, in a mail that waits either; once the mark is off it is', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const other = { partyId: await carried.partyId('other') };
  const ctx = town.context('passerelle_worker');
  const policy = await ctx.policies.of(town.townId);
  await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, async (tx) =>
    askToCall(tx, policy, await lockCase(tx, caseId), other, 'team_message'),
  );
  const { id: deadlineId } = await town.owner
    .selectFrom('deadline')
    .select('id')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'task_call_party')
    .executeTakeFirstOrThrow();
  const [step] = await town.owner
    .selectFrom('step')
    .select(['id', 'at'])
    .where('deadline_id', '=', deadlineId)
    .execute();
  const clock = new TownClock(town);
  const lines = () =>
    town.owner
      .selectFrom('mail_item')
      .select('mail_id')
      .where('step_id', '=', step?.id ?? '')
      .execute();
  const said = async () => {
    const [line] = await lines();
    if (!line) return false;
    const loaded = await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, (tx) =>
      staffDay(tx, line.mail_id),
    );
    return loaded?.template === 'day' && loaded.lines.some(({ item }) => item === 'call_due');
  };
  await raiseDanger(web(), carried.mediator(), caseId, true);
  await clock.to(new Date((step?.at.getTime() ?? 0) + 1_000));
  await takeDueSteps(town, caseId);
  expect(await lines()).toEqual([]);
  await lift(caseId);
  await takeDueSteps(town, caseId);
  expect(await said()).toBe(true);
  await raiseDanger(web(), carried.mediator(), caseId, true);
  expect(await said()).toBe(false);
});

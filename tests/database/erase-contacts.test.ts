import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { Carried, NO } from '../support/agreements.ts';
import { nights } from '../support/rights.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('erase');
});
afterAll(() => town.close());

const identityOf = (caseId: string) =>
  town.owner
    .selectFrom('party_identity')
    .select(['name', 'phone', 'email', 'erased_at as erasedAt'])
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();

test('scenario c, §3.5: a month after a refusal the contact is gone, the refusal stays; whoever came back keeps theirs', async () => {
  const refused = new Carried(town);
  await refused.toAgreements();
  await refused.says('other', { ...NO, interpreterRef: 'ISM 4521', representative: 'Ana, présidente' });
  await proposeClosing(refused.web, refused.leader(), {
    caseId: refused.caseId,
    outcome: 'NON_ENGAGEE_REFUS_AUTRE',
    reason: 'Refus.',
  });
  const back = new Carried(town);
  await back.toAgreements();
  await back.says('other', NO);
  const asked = { caseId: back.caseId, partyId: await back.partyId('other'), cameBack: true };
  await askForAgreement(back.web, back.mediator(), asked);

  await nights(town, 29);
  expect((await identityOf(refused.caseId)).name).not.toBeNull();
  await nights(town, 4);
  expect(await identityOf(refused.caseId)).toMatchObject({
    name: null,
    phone: null,
    email: null,
    erasedAt: expect.any(Date),
  });
  expect((await identityOf(back.caseId)).name).not.toBeNull();
  const party = await town.owner
    .selectFrom('party')
    .select('end_reason')
    .where('case_id', '=', refused.caseId)
    .where('side', '=', 'other')
    .executeTakeFirstOrThrow();
  expect(party.end_reason).toBe('refused');
  const said = town.owner
    .selectFrom('agreement')
    .select(['state', 'representative', 'interpreter_ref as interpreterRef'])
    .where('party_id', '=', await refused.partyId('other'));
  expect(await said.executeTakeFirstOrThrow()).toEqual({ state: 'no', representative: null, interpreterRef: null });
  const code = town.owner
    .selectFrom('access')
    .select('ended_at')
    .where('case_id', '=', refused.caseId)
    .where('purpose', '=', 'party_code');
  expect((await code.executeTakeFirstOrThrow()).ended_at).not.toBeNull();
  const proof = town.owner
    .selectFrom('case_event')
    .select('code')
    .where('case_id', '=', refused.caseId)
    .where('code', '=', 'contact_erased');
  expect(await proof.execute()).toHaveLength(1);
});

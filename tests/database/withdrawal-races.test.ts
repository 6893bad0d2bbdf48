import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginMediation } from '../../src/cases/mediate.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { DomainError } from '../../src/errors.ts';
import { answerByCode, withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { missingAgreements } from '../../src/parties/agreement-status.ts';
import { partiesOf } from '../../src/parties/standing.ts';
import { EXPLANATIONS } from '../../src/parties/write-agreement.ts';
import { Carried, YES } from '../support/agreements.ts';
import { type TestTown, testTown } from '../support/town.ts';

// A withdrawal and something that counts on the agreement, in the same moment (line 2, invariants 1 and 2): whichever comes first, what is left
// is whole.

let town: TestTown;
beforeAll(async () => {
  town = await testTown('withdrawal-races');
});
afterAll(() => town.close());

const ROUNDS = 4;
type Holder = { townId: string; caseId: string; partyId: string };

/** Both at once, each round letting the other one start first; a refusal is an expected answer, anything else is not. */
async function together(stop: () => Promise<void>, other: () => Promise<void>, round: number): Promise<void> {
  const both = round % 2 === 0 ? [stop(), other()] : [other(), stop()];
  for (const outcome of await Promise.allSettled(both))
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DomainError);
}

async function leftOf(carried: Carried) {
  const theCase = await town.owner
    .selectFrom('mediation_case')
    .select(['state', 'need', 'complexity', 'preventive'])
    .where('id', '=', carried.caseId)
    .executeTakeFirstOrThrow();
  const staff = { role: 'app_staff' as const, ...carried.mediator() };
  const parties = await inTransaction(town.db('passerelle_web'), staff, (tx) => partiesOf(tx, carried.caseId));
  const other = parties.find(({ side }) => side === 'other');
  const open = await town.owner
    .selectFrom('deadline')
    .select('kind')
    .where('case_id', '=', carried.caseId)
    .where('state', '=', 'open')
    .execute();
  // Invariant 1, and nothing waits for somebody who has left.
  if (theCase.state === 'mediation') expect(missingAgreements(theCase, parties)).toEqual([]);
  if (other?.ended) expect([other.agreement, other.given]).toEqual(['withdrawn', []]);
  else expect(other?.agreement).toBe('yes');
  return { state: theCase.state, ended: other?.ended, kinds: open.map(({ kind }) => kind) };
}

async function race(agreed: boolean, other: (carried: Carried, holder: Holder) => Promise<void>) {
  const results = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const carried = new Carried(town);
    await carried.toAgreements();
    if (agreed) await carried.says('other');
    const holder = { townId: town.townId, caseId: carried.caseId, partyId: await carried.partyId('other') };
    await together(
      () => withdrawByParty(carried.web, holder),
      () => other(carried, holder),
      round,
    );
    results.push(await leftOf(carried));
  }
  return results;
}

test('R30: stopping and answering by the code at once: stopped', async () => {
  const answer = { takePart: true, contactOther: false, recontact: true, explained: EXPLANATIONS };
  for (const left of await race(false, (carried, holder) => answerByCode(carried.web, holder, answer, 'fr'))) {
    expect([left.state, left.ended]).toEqual(['support', true]);
    expect(left.kinds).not.toContain('agreement');
  }
});

test('R30, T16: stopping while the mediation begins: it does not go on', async () => {
  for (const left of await race(true, (carried) => beginMediation(carried.web, carried.mediator(), carried.caseId))) {
    expect([left.state, left.ended]).toEqual(['support', true]);
    expect(left.kinds).not.toContain('first_session');
  }
});

test('R30: stopping while the mediator writes a yes down: one of the two is the last word, and all of it', async () => {
  for (const left of await race(false, (carried) => carried.says('other', YES))) {
    expect(left.state).toBe('support');
    expect(left.kinds).not.toContain('agreement');
  }
});

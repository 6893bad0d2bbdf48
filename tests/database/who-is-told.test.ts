import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { decideDanger } from '../../src/cases/danger.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// No step is silent: somebody of the town is always told, and may then read and act (R42; architecture.md, "Rows decide when").

let town: TestTown;
let clock: TownClock;
beforeEach(async () => {
  town = await testTown('told');
  clock = new TownClock(town);
});
afterEach(() => town.close());

const away = (ref: string) =>
  sql`insert into absence (town_id, person_id, from_day, to_day) values (${town.townId}, ${town.person(ref)}, '2027-01-01', '2027-12-31')`.execute(
    town.owner,
  );
const gone = (ref: string) =>
  town.owner.updateTable('person').set({ active: false }).where('id', '=', town.person(ref)).execute();
const noDeputy = () => town.owner.updateTable('team').set({ deputy_id: null }).execute();
const nameOf = (personId: string | null) => ['R1', 'R2', 'M1'].find((ref) => town.person(ref) === personId) ?? personId;
async function written(template: string): Promise<(string | null)[]> {
  const mails = await town.owner.selectFrom('mail').select('person_id').where('template', '=', template).execute();
  return mails.map((mail) => nameOf(mail.person_id)).toSorted((a, b) => String(a).localeCompare(String(b)));
}
async function sees(ref: string, caseId: string): Promise<boolean> {
  const actor = { role: 'app_staff', townId: town.townId, personId: town.person(ref) } as const;
  return inTransaction(town.context('passerelle_web').db, actor, async (tx) => {
    const found = await tx.db.selectFrom('mediation_case').select('id').where('id', '=', caseId).executeTakeFirst();
    return found !== undefined;
  });
}

describe('§4.4 danger: at once, again after one and four open hours, whatever mail the leader had today', () => {
  test('each reminder leaves alone while nothing is decided, and no longer once it is', async () => {
    const { caseId } = await submit(town, { danger: true });
    await takeDueSteps(town, caseId);
    await town.owner.updateTable('mail').set({ state: 'accepted' }).execute();
    await clock.forwardHours(1.25);
    await takeDueSteps(town, caseId);
    expect(await written('danger_waiting')).toEqual(['R1']);
    await clock.forwardHours(4.5);
    await takeDueSteps(town, caseId);
    expect(await written('danger_waiting')).toEqual(['R1', 'R1']);
    const decided = await submit(town, { danger: true });
    const leader = { townId: town.townId, personId: town.person('R1') };
    const input = { caseId: decided.caseId, decision: 'orient', legalGround: 'none', reason: 'Orientée.' } as const;
    await decideDanger(town.context('passerelle_web'), leader, input);
    await clock.forwardHours(26);
    await takeDueSteps(town, decided.caseId);
    expect(await written('danger_waiting')).toEqual(['R1', 'R1']);
  });
});

describe('R42: who leads now is told, and sees the request', () => {
  const CASES: [string, () => Promise<unknown>, string][] = [
    ['the leader', async () => undefined, 'R1'],
    ['the deputy of a leader who is away', () => away('R1'), 'R2'],
    ['the deputy of a leader whose access has ended', () => gone('R1'), 'R2'],
    ['another leader of the town where there is no deputy', () => noDeputy().then(() => gone('R1')), 'R2'],
    ['another leader when the deputy is away too', () => away('R1').then(() => away('R2')), 'R2'],
  ];
  test.each(CASES)('%s', async (_who, prepare, told) => {
    await prepare();
    const { caseId } = await submit(town, { danger: true });
    await takeDueSteps(town, caseId);
    expect([await written('danger_alert'), await written('day'), await sees(told, caseId)]).toEqual([
      [told],
      [told],
      true,
    ]);
    expect(await sees('R2', caseId)).toBe(told === 'R2');
  });
});

test('the mediator’s access has ended: the leader gets one task « débloquer une étape », not silence', async () => {
  const { caseId } = await submit(town);
  const leader = { townId: town.townId, personId: town.person('R1') };
  const web = town.context('passerelle_web');
  await acceptCase(web, leader, { caseId, domain: 'social', complexity: 'simple', tension: 1 });
  await assignMediator(web, leader, { caseId, mediatorId: town.person('M1') });
  await acceptAssignment(web, { townId: town.townId, personId: town.person('M1') }, caseId);
  await gone('M1');
  await clock.forwardHours(24 * 3);
  await takeDueSteps(town, caseId);
  await clock.forwardHours(24 * 5);
  await takeDueSteps(town, caseId);
  const tasks = await town.owner
    .selectFrom('deadline')
    .select(['reason', 'state'])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'task_step_blocked')
    .execute();
  expect(tasks).toEqual([{ reason: 'first_contact_due', state: 'open' }]);
  await takeDueSteps(town, caseId);
  expect(await written('day')).toContain('R1');
});

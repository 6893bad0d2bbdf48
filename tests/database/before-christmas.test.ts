import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { testTown } from '../support/town.ts';

test('§5.5, scenario k: request, triage, assignment and acceptance on 23 December 2026 give 29 December for the first contact', async () => {
  const town = await testTown('christmas');
  // The clock of a town only grows: this one is made for that day.
  await sql`alter table town disable trigger user`.execute(town.owner);
  await new TownClock(town).to(new Date('2026-12-23T09:00:00Z'));
  await sql`alter table town enable trigger user`.execute(town.owner);
  const web = town.context('passerelle_web');
  const leader = { townId: town.townId, personId: town.person('R1') };
  const mediator = { townId: town.townId, personId: town.person('M1') };
  const { caseId } = await submit(town);
  await acceptCase(web, leader, { caseId, domain: 'social', complexity: 'standard', tension: 2 });
  await assignMediator(web, leader, { caseId, mediatorId: mediator.personId });
  await acceptAssignment(web, mediator, caseId);
  const wait = await town.owner
    .selectFrom('deadline')
    .select('due_day')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'first_contact')
    .executeTakeFirstOrThrow();
  expect(wait.due_day).toBe('2026-12-29');
  await town.close();
});

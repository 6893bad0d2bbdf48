import { sql } from 'kysely';
import { takeNight } from '../../src/journal/take-night.command.ts';
import { askRight } from '../../src/rights/ask-right.command.ts';
import type { Right } from '../../src/rights/rights-status.ts';
import { TownClock } from './town-clock.ts';
import type { TestTown } from './town.ts';

/** One thing asked by the code, by the requester or by the party named. @returns the id of the request. */
export async function askedRight(
  town: TestTown,
  by: { caseId: string; partyId?: string },
  right: Right = 'access',
  reply: 'page' | 'phone' | 'post' = 'page',
): Promise<string> {
  await askRight(
    town.context('passerelle_web'),
    { townId: town.townId, ...by },
    { right, reply, about: 'Mon prénom.' },
  );
  const row = await town.owner
    .selectFrom('rights_request')
    .select('id')
    .where('case_id', '=', by.caseId)
    .orderBy('received_at', 'desc')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The row of a request as it stands. */
export async function rightsRow(town: TestTown, id: string) {
  return town.owner.selectFrom('rights_request').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** So many nights of the town pass. */
export async function nights(town: TestTown, count: number): Promise<void> {
  for (let night = 0; night < count; night += 1) {
    await new TownClock(town).forward(1);
    const due = await sql<{ id: string }>`
      select id from step where stream_id like 'daily/%' and state = 'pending' and at <= business_now(${town.townId}::uuid)`.execute(
      town.owner,
    );
    for (const { id } of due.rows) await takeNight(town.context('passerelle_worker'), town.townId, id);
  }
}

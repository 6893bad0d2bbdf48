import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { StoryEnding } from '../db/tables/outbox.ts';
import { inTransaction } from '../db/transaction.ts';

/** How long a telling may say nothing before it counts as ended with its process; real time. */
const SILENT = '3 minutes';

/** Writes down that the stories are being told. @returns the id of the telling, or undefined while another one is under way. */
export async function beginTelling(ctx: CommandContext, townId: string, stories: number): Promise<string | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    await sql`update story_run set state = 'stopped', reason = 'silent'
      where town_id = ${townId} and state = 'running' and beat_at < clock_timestamp() - ${SILENT}::interval`.execute(
      tx.db,
    );
    const begun = await sql<{ id: string }>`
      insert into story_run (town_id, of_stories) values (${townId}, ${stories}) on conflict do nothing returning id`.execute(
      tx.db,
    );
    return begun.rows[0]?.id;
  });
}

export type Progress = { told: number; telling: string; endings: readonly StoryEnding[] };

/** How far the stories are told, for the page that shows it. */
export async function noteProgress(ctx: CommandContext, townId: string, id: string, progress: Progress): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_public', townId }, (tx) =>
    sql`update story_run set told = ${progress.told}, telling = ${progress.telling}, endings = ${JSON.stringify(progress.endings)}::jsonb,
      beat_at = clock_timestamp() where id = ${id}`.execute(tx.db),
  );
}

/** @param failure why it stopped before the end, for whoever runs the demonstration. */
export async function endTelling(ctx: CommandContext, townId: string, id: string, failure?: string): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_public', townId }, (tx) =>
    sql`update story_run set state = ${failure === undefined ? 'told' : 'stopped'}, reason = ${failure ?? null},
      beat_at = clock_timestamp() where id = ${id}`.execute(tx.db),
  );
}

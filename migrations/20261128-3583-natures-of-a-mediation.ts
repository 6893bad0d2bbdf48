import { type Kysely, sql } from 'kysely';

// What a mediation is for, in the verbs of the plan (R7); several at once, and a case need not be a conflict.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table mediation_case add constraint natures_as_r7_lists check (natures <@ array['create_tie', 'repair_tie', 'prevent_conflict',
      'settle_conflict', 'establish_relation', 'restore_relation']);
  `.execute(db);
}

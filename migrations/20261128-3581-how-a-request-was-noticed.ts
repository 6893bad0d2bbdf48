import { type Kysely, sql } from 'kysely';

// How a request was noticed is one of R36's seven: what an organisation referred is « institution partenaire », and which organisation it was stands
// in its referral. What the team types may also have been raised at a meeting of the operational group, by an elected person or the town hall.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update mediation_case set origin = 'partenaire' where channel = 'partner';
    alter table mediation_case add constraint noticed_as_r36_lists
      check (origin in ('habitant', 'tournee', 'permanence', 'partenaire', 'reunion_go', 'telephone', 'elu_mairie'));
  `.execute(db);
}

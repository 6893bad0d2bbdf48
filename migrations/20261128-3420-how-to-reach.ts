import { type Kysely, sql } from 'kysely';

// R98: how somebody may be reached is theirs to change, from their own page; the team writes it down after a call. The address of a mail is
// taken back by the holder only (C-3), and given to the team.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant update (precautions, contact_hours, phone, phone_hash, postal_address, trusted_person) on case_identity to app_public;
    grant update (contact_ways, precautions, contact_hours, phone, phone_hash, email, email_hash, postal_address, trusted_person)
      on case_identity to app_staff;
    grant update (contact_ways, precautions, contact_hours, phone, postal_address) on party_identity to app_party;
  `.execute(db);
}

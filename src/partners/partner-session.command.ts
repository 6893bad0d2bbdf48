import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PartnerTx } from '../db/transaction.ts';
import { newToken, tokenHash } from '../follow/token.ts';
import { messageIdFor } from '../mail/message-id.ts';
import { shortCode, shortCodeHash } from '../privacy/short-code.ts';

export type PartnerSeat = { contactId: string; organisationId: string };
export type PointedRequest = PartnerSeat & { requestId: string };

const CODE_LIFE = '10 minutes';
const MAX_TRIES = 5;
/** A morning's work; the browser forgets it when it is closed. */
const SESSION_LIFE = '4 hours';
/** What one contact may be sent, whoever presses the button (T-20). */
const MAILS = 3;
const WINDOW = '15 minutes';

/** What a mail's address points at; undefined when it points at nothing, or its organisation has closed. */
export async function pointedAt(
  ctx: CommandContext,
  townId: string,
  pointer: string,
): Promise<PointedRequest | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<PointedRequest>`
      select contact_id as "contactId", organisation_id as "organisationId", request_id as "requestId"
      from find_partner_pointer(${townId}::uuid, ${pointer}::uuid)`.execute(tx.db);
    return found.rows[0];
  });
}

/** The contact with this address, in an organisation that is open. @param email normalised. */
export async function contactWith(
  ctx: CommandContext,
  townId: string,
  email: string,
): Promise<PartnerSeat | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<PartnerSeat>`
      select contact_id as "contactId", organisation_id as "organisationId"
      from find_partner_contact(${townId}::uuid, ${email})`.execute(tx.db);
    return found.rows[0];
  });
}

/** Mails a code of ten minutes to the one person the pointer or the address belongs to, for the browser that asked (architecture.md, "Codes and links"). */
export async function askPartnerCode(
  ctx: CommandContext,
  townId: string,
  { contactId, organisationId }: PartnerSeat,
  browser: string,
): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_partner', townId, contactId, organisationId }, async (tx) => {
    const recent = await sql<{ n: number }>`
      select count(*)::integer as n from partner_access
      where contact_id = ${contactId} and purpose = 'mail_code' and created_at > clock_timestamp() - ${WINDOW}::interval`.execute(
      tx.db,
    );
    if ((recent.rows[0]?.n ?? 0) >= MAILS) return;
    const id = crypto.randomUUID();
    const browserHash = tokenHash(browser);
    await sql`update partner_access set ended_at = clock_timestamp()
      where contact_id = ${contactId} and purpose = 'mail_code' and used_at is null and ended_at is null`.execute(
      tx.db,
    );
    await sql`
      insert into partner_access (id, town_id, contact_id, purpose, token_hash, browser_hash, expires_at)
      values (${id}, ${townId}, ${contactId}, 'mail_code', ${shortCodeHash(ctx.keys, browserHash, shortCode(ctx.keys, id))},
              ${browserHash}, clock_timestamp() + ${CODE_LIFE}::interval)`.execute(tx.db);
    await queueCodeMail(tx, contactId, id);
  });
}

async function queueCodeMail(tx: PartnerTx, contactId: string, accessId: string): Promise<void> {
  const key = `contact/${contactId}/code/${accessId}`;
  await sql`insert into mail (town_id, contact_id, subject_id, template, dedupe_key, message_id, not_before)
    values (${tx.actor.townId}, ${contactId}, ${accessId}, 'partner_code', ${key}, ${messageIdFor(tx.actor.townId, key)}, ${tx.now})`.execute(
    tx.db,
  );
}

/** The typed code, once, in the browser that asked, opens a session. @returns its token, or undefined. */
export async function openPartnerSession(
  ctx: CommandContext,
  townId: string,
  browser: string | undefined,
  code: string,
): Promise<string | undefined> {
  if (!browser || browser.length > 100) return undefined;
  const browserHash = tokenHash(browser);
  const seat = await inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const used = await sql<PartnerSeat>`
      select contact_id as "contactId", organisation_id as "organisationId"
      from use_partner_code(${townId}::uuid, ${browserHash}, ${shortCodeHash(ctx.keys, browserHash, code)}, ${MAX_TRIES})`.execute(
      tx.db,
    );
    return used.rows[0];
  });
  if (!seat) return undefined;
  const token = newToken();
  await inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, (tx) =>
    sql`insert into partner_access (town_id, contact_id, purpose, token_hash, expires_at)
        values (${townId}, ${seat.contactId}, 'session', ${tokenHash(token)}, clock_timestamp() + ${SESSION_LIFE}::interval)`.execute(
      tx.db,
    ),
  );
  return token;
}

/** Whose session it is, while it lives and the organisation does. */
export async function partnerOfSession(
  ctx: CommandContext,
  townId: string,
  token: string | undefined,
): Promise<PartnerSeat | undefined> {
  if (!token || token.length > 100) return undefined;
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const found = await sql<PartnerSeat>`
      select contact_id as "contactId", organisation_id as "organisationId"
      from find_partner_by_session(${townId}::uuid, ${tokenHash(token)})`.execute(tx.db);
    return found.rows[0];
  });
}

/** The partner leaves: every open session of this contact ends. */
export async function closePartnerSession(ctx: CommandContext, townId: string, seat: PartnerSeat): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, (tx) =>
    sql`update partner_access set ended_at = clock_timestamp()
        where contact_id = ${seat.contactId} and purpose = 'session' and ended_at is null`.execute(tx.db),
  );
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { type HolderTx, inTransaction } from '../db/transaction.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import { recordChange } from '../outbox/record-change.ts';
import { asHolder } from '../parties/as-holder.ts';
import type { CodeHolder } from '../parties/code-holder.ts';
import { contactHash } from '../privacy/contact.ts';
import { shortCode, shortCodeHash } from '../privacy/short-code.ts';
import { tokenHash } from './token.ts';

const LIFE = '10 minutes';
/** T-20: what one person of one request may be sent, counted in their own rows: whoever does not know the address cannot spend it. */
const MAILS = 3;
const WINDOW = '15 minutes';

export type LostCode = { number: string; email: string };

/**
 * Mails a short code to the address on file of whoever lost the code, the requester or the other party alike, for the browser that holds `browser`.
 * Does nothing, and tells nobody so, when number and address do not belong together. Where nothing may be written (danger, minor, « ne pas m'écrire »),
 * somebody is asked to call instead. Call it after the answer has been given: it takes longer for a pair that fits (T-19).
 */
export async function askShortCode(
  ctx: CommandContext,
  townId: string,
  lost: LostCode,
  browser: string,
): Promise<void> {
  const holder = await findHolder(ctx, townId, lost);
  if (!holder) return;
  const { caseId, partyId } = holder;
  await asHolder(ctx, holder, async ({ tx, policy, theCase, party }) => {
    if (await hadEnough(tx, holder)) return;
    const id = crypto.randomUUID();
    const call = !(await openWait(tx, caseId, partyId ? 'task_call_party' : 'task_call_requester', {
      reason: 'short_code',
      ...(partyId ? { partyId } : {}),
    }));
    const queued = await queuePartyMail(tx, policy, theCase, party, { template: 'short_code', key: id, call });
    if (!queued.sent && !call) return;
    if (queued.sent) {
      await dropEarlier(tx, holder, queued.mailId);
      const browserHash = tokenHash(browser);
      await sql`
        insert into access (id, town_id, case_id, party_id, purpose, token_hash, browser_hash, expires_at)
        values (${id}, ${townId}, ${caseId}, ${partyId ?? null}, ${purposeOf(holder)},
                ${shortCodeHash(ctx.keys, browserHash, shortCode(ctx.keys, id))}, ${browserHash},
                clock_timestamp() + ${LIFE}::interval)`.execute(tx.db);
    }
    await recordChange(tx, {
      caseId,
      code: 'code_asked',
      actor: partyId ? 'party' : 'requester',
      data: {
        ...(partyId ? { party: partyId } : {}),
        ...(queued.sent ? { sent: true } : { sent: false, reason: queued.reason }),
      },
    });
  });
}

/** The person who asked for help, else the other party; both are looked for by an exact match of a keyed hash. */
async function findHolder(ctx: CommandContext, townId: string, lost: LostCode): Promise<CodeHolder | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const email = contactHash(ctx.keys, 'email', lost.email);
    const requester = await sql<{ id: string | null }>`
      select find_case_by_number_and_email(${townId}::uuid, ${lost.number}, ${email}) as id`.execute(tx.db);
    const caseId = requester.rows[0]?.id;
    if (caseId) return { townId, caseId };
    const party = await sql<{ partyId: string; caseId: string }>`
      select party_id as "partyId", case_id as "caseId"
      from find_party_by_number_and_email(${townId}::uuid, ${lost.number}, ${email})`.execute(tx.db);
    const [seat] = party.rows;
    return seat && { townId, ...seat };
  });
}

function purposeOf({ partyId }: CodeHolder): 'mail_code' | 'party_mail_code' {
  return partyId ? 'party_mail_code' : 'mail_code';
}

async function hadEnough(tx: HolderTx, holder: CodeHolder): Promise<boolean> {
  const recent = await sql<{ n: number }>`
    select count(*)::integer as n from access
    where case_id = ${holder.caseId} and purpose = ${purposeOf(holder)} and party_id is not distinct from ${holder.partyId ?? null}::uuid
      and created_at > clock_timestamp() - ${WINDOW}::interval`.execute(tx.db);
  return (recent.rows[0]?.n ?? 0) >= MAILS;
}

/** One live code at a time; a mail of an older one that has not left does not leave any more. */
async function dropEarlier(tx: HolderTx, holder: CodeHolder, mailId: string): Promise<void> {
  const partyId = holder.partyId ?? null;
  await sql`update access set ended_at = clock_timestamp()
    where case_id = ${holder.caseId} and purpose = ${purposeOf(holder)} and party_id is not distinct from ${partyId}::uuid
      and used_at is null and ended_at is null`.execute(tx.db);
  await tx.db
    .updateTable('mail')
    .set({ state: 'cancelled' })
    .where('case_id', '=', holder.caseId)
    .where('party_id', partyId ? '=' : 'is', partyId)
    .where('template', '=', 'short_code')
    .where('state', '=', 'queued')
    .where('id', '!=', mailId)
    .execute();
}

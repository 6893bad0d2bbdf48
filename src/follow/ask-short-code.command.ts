import { sql } from 'kysely';
import { lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PublicTx } from '../db/transaction.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import { recordChange } from '../outbox/record-change.ts';
import { contactHash } from '../privacy/contact.ts';
import { shortCode, shortCodeHash } from '../privacy/short-code.ts';
import { tokenHash } from './token.ts';

const LIFE = '10 minutes';
/** T-20: what one request may be sent, counted in its own rows: whoever does not know the address cannot spend it. */
const MAILS = 3;
const WINDOW = '15 minutes';

export type LostCode = { number: string; email: string };

/**
 * Mails a short code to the address on file of this request, for the browser that holds `browser`. Does nothing, and tells nobody so,
 * when number and address do not belong together. Where nothing may be written (danger, minor, « ne pas m'écrire »), somebody is
 * asked to call instead. Call it after the answer has been given: it takes longer for a pair that fits (T-19).
 */
export async function askShortCode(
  ctx: CommandContext,
  townId: string,
  lost: LostCode,
  browser: string,
): Promise<void> {
  const caseId = await findCase(ctx, townId, lost);
  if (!caseId) return;
  const policy = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_public', townId, caseId }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    if (await hadEnough(tx, caseId)) return;
    const id = crypto.randomUUID();
    const call = !(await openWait(tx, caseId, 'task_call_requester', { reason: 'short_code' }));
    const queued = await queueRequesterMail(tx, policy, theCase, { template: 'short_code', key: id, call });
    if (!queued.sent && !call) return;
    if (queued.sent) {
      await dropEarlier(tx, caseId, queued.mailId);
      const browserHash = tokenHash(browser);
      await sql`
        insert into access (id, town_id, case_id, purpose, token_hash, browser_hash, expires_at)
        values (${id}, ${townId}, ${caseId}, 'mail_code', ${shortCodeHash(ctx.keys, browserHash, shortCode(ctx.keys, id))},
                ${browserHash}, clock_timestamp() + ${LIFE}::interval)`.execute(tx.db);
    }
    await recordChange(tx, {
      caseId,
      code: 'code_asked',
      actor: 'requester',
      data: queued.sent ? { sent: true } : { sent: false, reason: queued.reason },
    });
  });
}

async function findCase(ctx: CommandContext, townId: string, lost: LostCode): Promise<string | undefined> {
  return inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) => {
    const email = contactHash(ctx.keys, 'email', lost.email);
    const found = await sql<{ id: string | null }>`
      select find_case_by_number_and_email(${townId}::uuid, ${lost.number}, ${email}) as id`.execute(tx.db);
    return found.rows[0]?.id ?? undefined;
  });
}

async function hadEnough(tx: PublicTx, caseId: string): Promise<boolean> {
  const recent = await sql<{ n: number }>`
    select count(*)::integer as n from access
    where case_id = ${caseId} and purpose = 'mail_code' and created_at > clock_timestamp() - ${WINDOW}::interval`.execute(
    tx.db,
  );
  return (recent.rows[0]?.n ?? 0) >= MAILS;
}

/** One live code at a time; a mail of an older one that has not left does not leave any more. */
async function dropEarlier(tx: PublicTx, caseId: string, mailId: string): Promise<void> {
  await sql`update access set ended_at = clock_timestamp()
    where case_id = ${caseId} and purpose = 'mail_code' and used_at is null and ended_at is null`.execute(tx.db);
  await tx.db
    .updateTable('mail')
    .set({ state: 'cancelled' })
    .where('case_id', '=', caseId)
    .where('template', '=', 'short_code')
    .where('state', '=', 'queued')
    .where('id', '!=', mailId)
    .execute();
}

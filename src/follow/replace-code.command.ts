import { sql } from 'kysely';
import { lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import { recordChange } from '../outbox/record-change.ts';
import { codeHash } from '../privacy/case-code.ts';
import { lookUpRight, opens, type ReplaceRight } from './may-replace.query.ts';

/**
 * « Remplacer mon code »: from here on the old code is refused, whatever it opened is closed, and the form's nonce gives the number
 * only. The owner of an address on file is told (v5.0.0-6.3.7). `code` was made with the page that asked, so that the same page sent
 * again, its answer lost, gives the same code.
 * @returns false when the right has ended meanwhile and this is not such a repeat; nothing is written then.
 */
export async function replaceCode(
  ctx: CommandContext,
  by: { townId: string; caseId: string; right: ReplaceRight },
  code: string,
): Promise<boolean> {
  const { townId, caseId, right } = by;
  const policy = await ctx.policies.of(townId);
  return inTransaction(ctx.db, { role: 'app_public', townId, caseId }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    if (await opens(tx.db, ctx, townId, { caseId, code })) return true;
    if ((await lookUpRight(tx.db, townId, right)) !== caseId) return false;
    // Their own only: the code of the other party is in somebody else's hands.
    await sql`update access set ended_at = clock_timestamp()
      where case_id = ${caseId} and party_id is null and ended_at is null`.execute(tx.db);
    await sql`insert into access (town_id, case_id, purpose, token_hash, derived)
      values (${townId}, ${caseId}, 'case_code', ${codeHash(ctx.keys, code)}, false)`.execute(tx.db);
    await queueRequesterMail(tx, policy, theCase, {
      template: 'code_replaced',
      key: String(tx.now.getTime()),
      call: false,
    });
    await recordChange(tx, {
      caseId,
      code: 'code_replaced',
      actor: 'requester',
      data: { by: right.kind === 'session' ? 'code' : 'mail' },
    });
    return true;
  });
}

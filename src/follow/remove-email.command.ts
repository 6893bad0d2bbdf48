import { sql } from 'kysely';
import { isActive } from '../cases/case-status.ts';
import { lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { RIGHTS_NEWS } from '../mail/templates.ts';
import { recordChange } from '../outbox/record-change.ts';

/**
 * The person takes the e-mail address back (C-3, R98): nothing is written to it afterwards, what waited to leave does not leave, and
 * no short code mailed to it works any more. The team is told, because it must reach the person otherwise. Doing it twice is harmless.
 */
export async function removeEmail(ctx: CommandContext, by: { townId: string; caseId: string }): Promise<void> {
  const { townId, caseId } = by;
  const policy = await ctx.policies.of(townId);
  await inTransaction(ctx.db, { role: 'app_public', townId, caseId }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    const removed = await sql`
      update case_identity set email = null, email_hash = null, contact_ways = array_remove(contact_ways, 'email')
      where case_id = ${caseId} and email_hash is not null`.execute(tx.db);
    if (removed.numAffectedRows === 0n) return;
    await tx.db
      .updateTable('mail')
      .set({ state: 'cancelled' })
      .where('case_id', '=', caseId)
      .where('person_id', 'is', null)
      .where('state', '=', 'queued')
      // What is owed is told otherwise, when it is about to leave.
      .where('template', 'not in', RIGHTS_NEWS)
      .execute();
    await sql`update access set ended_at = clock_timestamp()
      where case_id = ${caseId} and purpose in ('mail_code', 'replace_permit') and ended_at is null`.execute(tx.db);
    if (isActive(theCase.state)) await openDeadline(tx, policy, { caseId, kind: 'task_note_email_removed' });
    await recordChange(tx, { caseId, code: 'email_removed', actor: 'requester' });
  });
}

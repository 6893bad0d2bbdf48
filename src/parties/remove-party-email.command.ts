import { sql } from 'kysely';
import { isActive } from '../cases/case-status.ts';
import { lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { RIGHTS_NEWS } from '../mail/templates.ts';
import { recordChange } from '../outbox/record-change.ts';
import type { PartySeat } from './party-session.command.ts';

/**
 * The other party takes its e-mail address back, as the requester may (C-3, R98): nothing is written to it afterwards, what waited to leave does
 * not leave, no short code mailed to it works any more, and the team must reach the party otherwise. Doing it twice is harmless.
 */
export async function removePartyEmail(ctx: CommandContext, by: PartySeat & { townId: string }): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_party', ...by }, async (tx) => {
    const theCase = await lockCase(tx, by.caseId);
    const removed = await tx.db
      .updateTable('party_identity')
      .set({ email: null, has_email: false, email_hash: null })
      .where('party_id', '=', by.partyId)
      .where('has_email', '=', true)
      .executeTakeFirst();
    if (removed.numUpdatedRows === 0n) return;
    await tx.db
      .updateTable('mail')
      .set({ state: 'cancelled' })
      .where('party_id', '=', by.partyId)
      .where('state', '=', 'queued')
      // What is owed is told otherwise, when it is about to leave.
      .where('template', 'not in', RIGHTS_NEWS)
      .execute();
    await sql`update access set ended_at = clock_timestamp()
      where party_id = ${by.partyId} and purpose in ('party_mail_code', 'party_permit') and ended_at is null`.execute(
      tx.db,
    );
    if (isActive(theCase.state))
      await openDeadline(tx, policy, { caseId: by.caseId, kind: 'task_note_email_removed', partyId: by.partyId });
    await recordChange(tx, {
      caseId: by.caseId,
      code: 'email_removed',
      actor: 'party',
      data: { party: by.partyId },
    });
  });
}

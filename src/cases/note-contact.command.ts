import type { CommandContext } from '../command-context.ts';
import type { ContactAttemptTable } from '../db/tables/case.ts';
import { inTransaction } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { CaseText } from './case-text.ts';
import { lockCase, requireMediatorOrLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

export const CONTACT_WAYS_TRIED = ['phone', 'visit', 'desk', 'letter', 'email', 'trusted_person'] as const;
export type ContactNote = { caseId: string; way: ContactAttemptTable['way']; reached: boolean; note?: string };

/**
 * Notes one try to reach the person (R33). The first try ends the wait for the first contact; while nobody was reached, the
 * series of tries is waited for; once reached, the next note is.
 */
export async function noteContact(ctx: CommandContext, by: Staff, input: ContactNote): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireMediatorOrLeader(tx, theCase);
    if (!['first_contact', 'more_info_needed', 'in_triage'].includes(theCase.state))
      throw new DomainError('not_allowed_now');
    await tx.db
      .insertInto('contact_attempt')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        person_id: by.personId,
        way: input.way,
        reached: input.reached,
        note: input.note ? new CaseText(ctx.keys, theCase).seal('contact_attempt', 'note', input.note) : null,
        at: tx.now,
      })
      .execute();
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'contact_attempted',
      actor: 'staff',
      personId: by.personId,
      data: { way: input.way, reached: input.reached },
    });
    if (theCase.state !== 'first_contact') return;
    await settleDeadlines(tx, theCase.id, ['first_contact', 'no_note'], 'met');
    if (input.reached) {
      await settleDeadlines(tx, theCase.id, ['contact_attempts'], 'met');
      await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
    } else if (!(await isOpen(tx, theCase.id))) {
      await openDeadline(tx, policy, { caseId: theCase.id, kind: 'contact_attempts' });
    }
  });

  async function isOpen(tx: Parameters<typeof lockCase>[0], caseId: string): Promise<boolean> {
    const open = await tx.db
      .selectFrom('deadline')
      .select('id')
      .where('case_id', '=', caseId)
      .where('kind', '=', 'contact_attempts')
      .where('state', '=', 'open')
      .executeTakeFirst();
    return open !== undefined;
  }
}

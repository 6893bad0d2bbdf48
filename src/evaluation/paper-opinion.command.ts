import { sql } from 'kysely';
import { localDay } from '../calendar/town-calendar.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { giveOpinion } from './give-opinion.command.ts';
import type { Opinion } from './opinion.form.ts';
import { paperHash, paperToken, readToken } from './paper-token.ts';

/**
 * F7 on paper, or by phone: one party's questionnaire gets a paper copy with a token of its own.
 * @throws DomainError unknown_choice for a party that is not asked.
 */
export async function giveOnPaper(
  ctx: CommandContext,
  by: Staff,
  { caseId, partyId }: { caseId: string; partyId: string },
): Promise<void> {
  await onCase(ctx, by, caseId, async ({ tx, policy }) => {
    const open = await tx.db
      .selectFrom('questionnaire')
      .select('id')
      .where('case_id', '=', caseId)
      .where('party_id', '=', partyId)
      .where('closes_on', '>=', localDay(policy.calendar, tx.now))
      .executeTakeFirst();
    if (!open) throw new DomainError('unknown_choice', { field: 'party' });
    await tx.db
      .updateTable('questionnaire')
      .set({ paper_hash: paperHash(ctx.keys, paperToken(ctx.keys, open.id)) })
      .where('id', '=', open.id)
      .execute();
    await recordChange(tx, {
      caseId,
      code: 'opinion_on_paper',
      actor: 'staff',
      personId: by.personId,
    });
  });
}

/**
 * What stands on a paper copy is typed in by anybody of the team, who learns neither the case nor the person; from here on it is as if the
 * person had answered themselves (docs/decisions/0010).
 * @throws DomainError unknown_choice at `token` when no paper has it, or its days are over; already_done when it was typed before.
 */
export async function typePaperOpinion(
  ctx: CommandContext,
  townId: string,
  { token, opinion }: { token: string; opinion: Opinion },
): Promise<void> {
  const read = readToken(token);
  if (!read) throw new DomainError('unknown_choice', { field: 'token' });
  const found = await inTransaction(ctx.db, { role: 'app_public', townId }, async (tx) =>
    sql<{ caseId: string; partyId: string; side: string; answered: boolean }>`
      select case_id as "caseId", party_id as "partyId", side, answered
      from find_questionnaire_by_paper(${townId}::uuid, ${paperHash(ctx.keys, read)})`.execute(tx.db),
  );
  const row = found.rows[0];
  if (!row) throw new DomainError('unknown_choice', { field: 'token' });
  if (row.answered) throw new DomainError('already_done');
  const { caseId, partyId, side } = row;
  await giveOpinion(ctx, side === 'requester' ? { townId, caseId } : { townId, caseId, partyId }, opinion);
}

import { type RawBuilder, sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { maskPassage as masked } from '../privacy/masked-passage.ts';
import { maskCopies } from '../rights/mask-copies.ts';
import { holdsData } from './case-status.ts';
import { requireLeader } from './lock-case.ts';
import { type MaskReason, TOLD_TEXTS, type ToldText } from './masked-texts.ts';
import { onCase } from './on-case.ts';
import type { Staff } from './triage.command.ts';

/** `of`: what was told with the request, or the id of a message somebody sent. */
export type Masking = { caseId: string; of: ToldText | { messageId: string }; passage: string; reason: MaskReason };
/** Where one text stands. */
type Spot = { table: string; column: string; row: RawBuilder<unknown> };
type Found = Spot & { sealed: Buffer };

/**
 * R79: a passage that names or accuses somebody, or says what may not be kept, is written over for everybody and for good, in the text and in every copy
 * of one's data; the journal says in which text, why and by whom, without a word of it (decision 0033).
 * @throws DomainError not_your_case unless the acting person leads the case; unknown_choice beside `masked`; not_in_text beside `passage`;
 * not_allowed_now once nothing is kept.
 */
export async function maskPassage(ctx: CommandContext, by: Staff, masking: Masking): Promise<void> {
  const { caseId, of, passage, reason } = masking;
  await onCase(ctx, by, caseId, async ({ tx, theCase, text }) => {
    requireLeader(theCase);
    if (!holdsData(theCase.state)) throw new DomainError('not_allowed_now');
    const found = await firstOf(tx, spotsOf(caseId, of));
    if (!found) throw new DomainError('unknown_choice', { field: 'masked' });
    const { table, column, row, sealed } = found;
    const words = masked(text.open(table, column, sealed), passage);
    if (words === undefined) throw new DomainError('not_in_text', { field: 'passage' });
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${text.seal(table, column, words)} where ${row}`.execute(
      tx.db,
    );
    await maskCopies(tx, text, caseId, passage);
    await recordChange(tx, {
      caseId,
      code: 'passage_masked',
      actor: 'staff',
      personId: by.personId,
      data: { of: typeof of === 'string' ? of : 'message', reason },
    });
  });
}

/** Of messages only what people wrote: what the team writes is its own to say better. */
function spotsOf(caseId: string, of: Masking['of']): Spot[] {
  if (typeof of === 'string') return [{ table: TOLD_TEXTS[of], column: of, row: sql`case_id = ${caseId}` }];
  const message = sql`case_id = ${caseId} and id = ${of.messageId}`;
  return [
    { table: 'case_message', column: 'body', row: sql`${message} and kind in ('answer', 'message')` },
    { table: 'party_message', column: 'body', row: sql`${message} and not from_team` },
  ];
}

async function firstOf(tx: StaffTx, spots: readonly Spot[]): Promise<Found | undefined> {
  for (const spot of spots) {
    const { table, column, row } = spot;
    const read = await sql<{ sealed: Buffer | null }>`
      select ${sql.ref(column)} as sealed from ${sql.table(table)} where ${row}`.execute(tx.db);
    const sealed = read.rows[0]?.sealed;
    if (sealed) return { ...spot, sealed };
  }
  return undefined;
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { type CodeHolder, readAsHolder } from '../parties/code-holder.ts';
import { openCopy, type OwnCopy } from './own-copy.query.ts';
import { type RightTold, rightTold, TOLD } from './right-told.ts';

/** A request about one's own data as its person reads it. */
export type OwnRight = RightTold & { hasCopy: boolean };

/** What a code holder has asked, the latest first; row-level security leaves nobody else's in sight. */
export async function ownRights(
  ctx: CommandContext,
  holder: CodeHolder,
): Promise<{ number: string; rights: OwnRight[] }> {
  return readAsHolder(ctx, holder, async (tx, text, { number }) => {
    const rows = await tx.db
      .selectFrom('rights_request as r')
      .select(TOLD)
      .select(sql<boolean>`r.copy is not null`.as('hasCopy'))
      .where('r.case_id', '=', holder.caseId)
      .orderBy('r.received_at', 'desc')
      .execute();
    return {
      number,
      rights: rows.map(({ hasCopy, ...row }) => ({ ...rightTold(text, row), hasCopy })),
    };
  });
}

/** The copy of one's data that one request brought, as it was put together then. */
export async function copyOfOwnData(
  ctx: CommandContext,
  holder: CodeHolder,
  requestId: string,
): Promise<OwnCopy | undefined> {
  return readAsHolder(ctx, holder, async (tx, text) => {
    const row = await tx.db
      .selectFrom('rights_request')
      .select('copy')
      .where('id', '=', requestId)
      .where('case_id', '=', holder.caseId)
      .executeTakeFirst();
    return openCopy(text, row?.copy ?? null);
  });
}

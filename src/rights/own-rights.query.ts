import type { CommandContext } from '../command-context.ts';
import type { RefusalGround } from '../db/tables/rights.ts';
import { type CodeHolder, readAsHolder } from '../parties/code-holder.ts';
import type { OwnCopy } from './own-copy.query.ts';
import { type Erasable, isOpenRight, type Right, type RightsState } from './rights-status.ts';

/** A request about one's own data as its person reads it: what was asked, before when it is answered, what was answered. */
export type OwnRight = {
  id: string;
  right: Right;
  state: RightsState;
  isOpen: boolean;
  receivedOn: string;
  dueDay: string;
  about: string | undefined;
  extensionReason: string | undefined;
  answer: string | undefined;
  refusalGround: RefusalGround | null;
  erased: Erasable[];
  /** What makes people hard to reach is erased after the answer has left. */
  contactErased: boolean;
  hasCopy: boolean;
};

/** What a code holder has asked, the latest first; row-level security leaves nobody else's in sight. */
export async function ownRights(
  ctx: CommandContext,
  holder: CodeHolder,
): Promise<{ number: string; rights: OwnRight[] }> {
  return readAsHolder(ctx, holder, async (tx, text, number) => {
    const rows = await tx.db
      .selectFrom('rights_request')
      .selectAll()
      .where('case_id', '=', holder.caseId)
      .orderBy('received_at', 'desc')
      .execute();
    const words = (column: string, sealed: Buffer | null) => text.openOptional('rights_request', column, sealed);
    return {
      number,
      rights: rows.map((row) => ({
        id: row.id,
        right: row.right_asked,
        state: row.state,
        isOpen: isOpenRight(row.state),
        receivedOn: row.received_on,
        dueDay: row.due_day,
        about: words('about', row.about),
        extensionReason: words('extension_reason', row.extension_reason),
        answer: words('answer', row.answer),
        refusalGround: row.refusal_ground,
        erased: row.erased,
        contactErased: row.contact_erased_at !== null,
        hasCopy: row.copy !== null,
      })),
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
    const copy = text.openOptional('rights_request', 'copy', row?.copy ?? null);
    // Sealed by ourselves, from this very type.
    return copy === undefined ? undefined : (JSON.parse(copy) as OwnCopy);
  });
}

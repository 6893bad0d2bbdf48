import { sql } from 'kysely';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Locale, localeNamed } from '../i18n/languages.ts';
import { handedAccessId, handedCode, type Handing } from './handed-code.ts';

/** Real minutes in which the page sent again still shows its code. */
const SHOWN = sql`make_interval(mins => 15)`;

export type HandedSlip = { number: string; code: string; receivedAt: Date; handedAt: Date; language: Locale };

/** What the slip of a code says that was just handed; nothing once it is replaced, or was handed a while ago. */
export async function handedSlip(ctx: CommandContext, by: Staff, handing: Handing): Promise<HandedSlip | undefined> {
  return inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const found = await tx.db
      .selectFrom('access as a')
      .innerJoin('mediation_case as c', 'c.id', 'a.case_id')
      .innerJoin('party as p', (join) => join.onRef('p.case_id', '=', 'c.id').on('p.id', '=', handing.partyId))
      .select(['c.number', 'c.received_at as askedAt', 'c.ui_language as language', 'p.side'])
      .select(['p.created_at as writtenDownAt', 'p.ui_language as readsIn'])
      .where('a.id', '=', handedAccessId(handing))
      .where('a.ended_at', 'is', null)
      .where(sql<boolean>`a.created_at > clock_timestamp() - ${SHOWN}`)
      .executeTakeFirst();
    if (!found) return undefined;
    const { number, side, askedAt, writtenDownAt } = found;
    const language = side === 'requester' ? found.language : found.readsIn;
    return {
      number,
      code: handedCode(ctx.keys, side, handing),
      receivedAt: side === 'requester' ? askedAt : writtenDownAt,
      handedAt: tx.now,
      language: localeNamed(language ?? undefined) ?? 'fr',
    };
  });
}

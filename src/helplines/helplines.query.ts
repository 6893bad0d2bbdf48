import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import type { HelplineRow } from './helpline.ts';

export type HelplineEvent = { at: Date; who: string };
export type HelplineSettings = HelplineRow & { lastChange: HelplineEvent | undefined };

/** Every number of the town as it stands in the database, with who changed it last; for whoever may set them. */
export async function helplineSettings(
  ctx: CommandContext,
  person: { townId: string; personId: string },
): Promise<{ now: Date; lines: HelplineSettings[] }> {
  const { townId, personId } = person;
  return inTransaction(ctx.db, { role: 'app_staff', townId, personId }, async (tx) => {
    const rows = await tx.db
      .selectFrom('helpline as h')
      .leftJoinLateral(
        (db) =>
          db
            .selectFrom('helpline_event as e')
            .innerJoin('person as p', 'p.id', 'e.person_id')
            .select(['e.at', 'p.first_name as first', 'p.last_name as last'])
            .whereRef('e.town_id', '=', 'h.town_id')
            .whereRef('e.code', '=', 'h.code')
            .orderBy('e.id', 'desc')
            .limit(1)
            .as('last'),
        (join) => join.onTrue(),
      )
      .select(['h.code', 'h.number', 'h.by', 'h.list', 'h.audience', 'h.who', 'h.hours', 'h.shown', 'h.ordinal'])
      .select(['h.checked_on as checkedOn', 'last.at', 'last.first', 'last.last'])
      .where('h.town_id', '=', townId)
      .orderBy('h.ordinal')
      .execute();
    const lines = rows.map(({ at, first, last, ...row }) => ({
      ...row,
      lastChange: at ? { at, who: `${first} ${last}` } : undefined,
    }));
    return { now: tx.now, lines };
  });
}

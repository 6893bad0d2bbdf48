import { sql } from 'kysely';
import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { type HelplineRow, isFixed } from './helpline.ts';

/** What the settings page says of one number. `checked`: somebody made sure of it today. */
export type HelplineChange = Pick<HelplineRow, 'number' | 'audience' | 'who' | 'hours' | 'shown' | 'ordinal'> & {
  checked: boolean;
};
type Writer = { townId: string; personId: string };

/**
 * Changes one number of the town's safety page, with a line of who did it and what stood there before (spec §4.11). Row-level security lets
 * coordinators and administrators write, nobody else.
 * @throws DomainError not_found; not_allowed_now for taking off or renumbering one that stays.
 */
export async function changeHelpline(
  ctx: CommandContext,
  by: Writer,
  code: string,
  { checked, ...change }: HelplineChange,
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const before = await tx.db
      .selectFrom('helpline')
      .select(['number', 'audience', 'who', 'hours', 'shown', 'ordinal', 'checked_on as checkedOn'])
      .where('town_id', '=', by.townId)
      .where('code', '=', code)
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw new DomainError('not_found');
    if (isFixed(code) && (!change.shown || change.number !== before.number)) throw new DomainError('not_allowed_now');
    const checkedOn = checked ? localDay(policy.calendar, tx.now) : before.checkedOn;
    const updated = await tx.db
      .updateTable('helpline')
      .set({ ...change, checked_on: checkedOn })
      .where('town_id', '=', by.townId)
      .where('code', '=', code)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) throw new DomainError('not_found');
    await note(tx, by, code, { before, after: { ...change, checkedOn } });
  });
}

/**
 * A number of the town's own: an association, a place of its own. @param form the id its page gave the form: sent twice, one number is there.
 */
export async function addHelpline(
  ctx: CommandContext,
  by: Writer,
  { checked, ...line }: HelplineChange,
  form: string = crypto.randomUUID(),
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const code = `own-${form.toLowerCase()}`;
    const checkedOn = checked ? localDay(policy.calendar, tx.now) : null;
    const added = await tx.db
      .insertInto('helpline')
      .values({ ...line, code, by: 'tel', list: 'talk', town_id: by.townId, checked_on: checkedOn })
      .onConflict((same) => same.columns(['town_id', 'code']).doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 1n) await note(tx, by, code, { after: { ...line, checkedOn } });
  });
}

/** One line of the town's own journal, never changed. */
async function note(tx: StaffTx, by: Writer, code: string, change: object): Promise<void> {
  await sql`insert into helpline_event (town_id, person_id, at, code, change)
    values (${by.townId}, ${by.personId}, ${tx.now}, ${code}, ${JSON.stringify(change)}::jsonb)`.execute(tx.db);
}

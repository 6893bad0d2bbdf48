import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { OnOwnRequest } from '../partners/partner-side.command.ts';
import { askedOpinion } from './partner-opinion-state.query.ts';
import type { PartnerOpinion } from './partner-opinion.form.ts';

/**
 * F8, once per organisation and cycle. The row that was opened learns that it came back; what was said is written apart, with the month only
 * (docs/decisions/0010). No journal line: nothing says when an organisation gave its opinion.
 * @throws DomainError not_allowed_now when none is asked; already_done when it came back before; unknown_choice for a place this town does not have.
 */
export async function givePartnerOpinion(
  ctx: CommandContext,
  by: Omit<OnOwnRequest, 'form'>,
  opinion: PartnerOpinion,
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  const { requestId, ...seat } = by;
  await inTransaction(ctx.db, { role: 'app_partner', ...seat }, async (tx) => {
    const open = await askedOpinion(tx, policy, requestId);
    if (!open) throw new DomainError('not_allowed_now');
    if (opinion.places.length > 0) {
      const known = await tx.db.selectFrom('place').select('id').where('id', 'in', opinion.places).execute();
      if (known.length !== opinion.places.length) throw new DomainError('unknown_choice', { field: 'places' });
    }
    const taken = await tx.db
      .updateTable('partner_questionnaire')
      .set({ answered: true })
      .where('id', '=', open.id)
      .where('answered', '=', false)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) throw new DomainError('already_done');
    const month = `${localDay(policy.calendar, tx.now).slice(0, 7)}-01`;
    await tx.db
      .insertInto('partner_opinion')
      .values({ town_id: by.townId, month, ...opinion })
      .execute();
  });
}

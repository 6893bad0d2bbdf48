import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PartnerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import type { PartnerSeat } from '../partners/partner-session.command.ts';

export type OpinionState = 'open' | 'given' | 'none';
/** `places`: what the organisation may name as coming first, by name. */
export type PartnerOpinionAsked = { state: OpinionState; places: { id: string; name: string }[] };

/** Is this organisation's opinion asked, on the page of its request? Undefined for a request that is not its own. */
export async function partnerOpinionState(
  ctx: CommandContext,
  townId: string,
  seat: PartnerSeat,
  requestId: string,
): Promise<PartnerOpinionAsked | undefined> {
  const policy = await ctx.policies.of(townId);
  return inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, async (tx) => {
    const own = await tx.db.selectFrom('partner_request').select('id').where('id', '=', requestId).executeTakeFirst();
    if (!own) return undefined;
    const asked = await askedOpinion(tx, policy, requestId);
    if (!asked) return { state: 'none', places: [] };
    if (asked.answered) return { state: 'given', places: [] };
    const places = await tx.db.selectFrom('place').select(['id', 'name']).orderBy('name').execute();
    return { state: 'open', places };
  });
}

/** The questionnaire of a request, until its last day; none once the case was stopped by its people. */
export async function askedOpinion(
  tx: PartnerTx,
  policy: TownPolicy,
  requestId: string,
): Promise<{ id: string; answered: boolean } | undefined> {
  return tx.db
    .selectFrom('partner_questionnaire')
    .select(['id', 'answered'])
    .where('request_id', '=', requestId)
    .where('closes_on', '>=', localDay(policy.calendar, tx.now))
    .executeTakeFirst();
}

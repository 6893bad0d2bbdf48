import type { RequestStage } from '../../workflows/partner-request.messages.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';

/** How a request stands, for its workflow; one nobody knows is cancelled. */
export async function requestStage(ctx: CommandContext, townId: string, requestId: string): Promise<RequestStage> {
  return inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    const row = await tx.db
      .selectFrom('partner_request')
      .select('state')
      .where('id', '=', requestId)
      .executeTakeFirst();
    return row?.state ?? 'cancelled';
  });
}

import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';

export type ReceiptFacts = {
  number: string;
  receivedAt: Date;
  readBefore: string;
  danger: boolean;
  familyDanger: boolean;
  minor: boolean;
};

/** What a receipt says besides the code. */
export async function receiptFacts(ctx: CommandContext, townId: string, caseId: string): Promise<ReceiptFacts> {
  return inTransaction(ctx.db, { role: 'app_public', townId, caseId }, (tx) =>
    tx.db
      .selectFrom('mediation_case as c')
      .innerJoin('deadline as d', (join) => join.onRef('d.case_id', '=', 'c.id').on('d.kind', '=', 'triage'))
      .select(['c.number', 'c.received_at as receivedAt', 'd.due_day as readBefore', 'c.danger', 'c.minor'])
      .select('c.family_danger as familyDanger')
      .where('c.id', '=', caseId)
      .orderBy('d.opened_at')
      .limit(1)
      .executeTakeFirstOrThrow(),
  );
}

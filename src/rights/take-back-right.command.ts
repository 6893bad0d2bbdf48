import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { type HolderTx, inTransaction, type StaffTx } from '../db/transaction.ts';
import { settleStream } from '../deadlines/settle-stream.ts';
import { recordChange } from '../outbox/record-change.ts';
import { rightsRequestStream } from '../outbox/streams.ts';
import { actorOf, type CodeHolder } from '../parties/code-holder.ts';
import { openRight } from './open-right.ts';

/** The person does not ask it any more, by the code. @throws DomainError not_allowed_now once it has its answer. */
export async function takeRightBack(ctx: CommandContext, by: CodeHolder, requestId: string): Promise<void> {
  await inTransaction(ctx.db, actorOf(by), async (tx) => {
    await takeBack(tx, await lockCase(tx, by.caseId), requestId, by.partyId ? 'party' : 'requester');
  });
}

/** The same, said to the team. */
export async function takeRightBackFor(
  ctx: CommandContext,
  by: Staff,
  { caseId, requestId }: { caseId: string; requestId: string },
): Promise<void> {
  await onCase(ctx, by, caseId, ({ tx, theCase }) => takeBack(tx, theCase, requestId, 'staff', by.personId));
}

async function takeBack(
  tx: HolderTx | StaffTx,
  theCase: LockedCase,
  requestId: string,
  actor: 'requester' | 'party' | 'staff',
  personId?: string,
): Promise<void> {
  const request = await openRight(tx, theCase, requestId, 'taken_back');
  const stream = rightsRequestStream(request.id);
  await tx.db
    .updateTable('rights_request')
    .set({ state: 'taken_back', settled_at: tx.now })
    .where('id', '=', request.id)
    .execute();
  await settleStream(tx, stream, 'cancelled');
  await recordChange(tx, {
    caseId: theCase.id,
    code: 'rights_taken_back',
    actor,
    ...(personId ? { personId } : {}),
    data: { rights: request.id, party: request.partyId, right: request.right },
    inside: { stream, subjectId: request.id, closes: true },
  });
}

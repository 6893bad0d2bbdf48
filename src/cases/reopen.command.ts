import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { applyTransition } from './apply-transition.ts';
import type { CaseActor } from './case-status.ts';
import { UNTIL_DECIDED } from './danger-wait.ts';
import { type LockedCase, lockCase } from './lock-case.ts';
import { reopenUntil } from './reopen-until.ts';
import { onCase } from './on-case.ts';
import { AFTER_CLOSING, endAgreedItems } from './stop-everything.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import type { Staff } from './triage.command.ts';

/** T29 by the person with the code. @throws DomainError too_late. */
export async function reopenByRequester(
  ctx: CommandContext,
  by: { townId: string; caseId: string; form?: string },
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_public', ...by }, async (tx) => {
    await reopen(tx, policy, await lockCase(tx, by.caseId), 'requester');
  });
}

/** T29 by the mediator or the leader. */
export async function reopenForRequester(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await onCase(ctx, by, caseId, ({ tx, policy, theCase, role }) => reopen(tx, policy, theCase, role, by.personId));
}

/**
 * T29. A new cycle begins in triage; the history stays, the mediator of before still reads it until another is chosen. What was agreed to was agreed for
 * the mediation that has ended: each side is asked anew (R29).
 */
export async function reopen(
  tx: TownTx,
  policy: TownPolicy,
  theCase: LockedCase,
  by: CaseActor,
  personId?: string,
): Promise<void> {
  if (theCase.state !== 'closed' || !theCase.closedAt) throw new DomainError('not_allowed_now');
  const { reachedAt } = await tx.db
    .selectFrom('mediation_case')
    .select('reached_at as reachedAt')
    .where('id', '=', theCase.id)
    .executeTakeFirstOrThrow();
  const until = reopenUntil(policy, { closedAt: theCase.closedAt, reachedAt });
  if (localDay(policy.calendar, tx.now) > until) throw new DomainError('too_late');
  await settleDeadlines(tx, theCase.id, 'all', 'cancelled', { spare: [...UNTIL_DECIDED, ...AFTER_CLOSING] });
  await endAgreedItems(tx, theCase.id);
  const reopened = await applyTransition(tx, theCase, {
    name: 'T29',
    by,
    code: 'case_reopened',
    data: { cycle: theCase.cycle + 1 },
    patch: { cycle: theCase.cycle + 1, outcome: null },
    ...(personId ? { personId } : {}),
  });
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'triage',
    announce: [{ audience: 'leader', template: 'case_reopened' }],
  });
  // Whoever opened it again with the code reads so on the page.
  if (by !== 'requester')
    await queueRequesterMail(tx, policy, reopened, { template: 'reopened', key: String(tx.now.getTime()), call: true });
}

import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { canLead } from '../mediators/qualification-status.ts';
import { applyTransition } from './apply-transition.ts';
import { CaseText } from './case-text.ts';
import { type LockedCase, lockCase, requireLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

export type Proposal = {
  caseId: string;
  mediatorId: string;
  secondId?: string;
  /** Needed to let somebody not qualified lead (R40: override by the team leader with a reason, logged). */
  overrideReason?: string;
};

/** T10. Proposes the case to a mediator, who has one working day to answer. @throws DomainError not_qualified (R40), unknown_choice. */
export async function assignMediator(ctx: CommandContext, by: Staff, input: Proposal): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireLeader(theCase);
    const qualified = await requireQualified(tx, policy, input);
    await settleDeadlines(tx, theCase.id, ['assignment'], 'met');
    await applyTransition(tx, theCase, {
      name: 'T10',
      by: 'leader',
      code: 'mediator_proposed',
      personId: by.personId,
      data: { mediator: input.mediatorId, second: input.secondId ?? null, override: !qualified },
      patch: { lead_id: input.mediatorId, second_id: input.secondId ?? null },
    });
    await writeProposal(tx, ctx, theCase, input, qualified);
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      kind: 'mediator_answer',
      announce: [{ audience: 'mediator', template: 'assignment' }],
    });
  });
}

/**
 * The guard of R40: whoever leads has a verified qualification, or the leader says why not.
 * @returns whether it is so without the leader's word. @throws DomainError not_qualified, unknown_choice.
 */
export async function requireQualified(tx: StaffTx, policy: TownPolicy, input: Proposal): Promise<boolean> {
  if (input.secondId === input.mediatorId) throw new DomainError('unknown_choice', { field: 'second' });
  await requireMediator(tx, input.mediatorId, 'mediator');
  if (input.secondId) await requireMediator(tx, input.secondId, 'second');
  const qualified = await isQualified(tx, input.mediatorId, localDay(policy.calendar, tx.now));
  if (!qualified && !input.overrideReason) throw new DomainError('not_qualified');
  return qualified;
}

/** The proposal a mediator answers, with the reason of an override sealed (invariant 7 of §4.13). */
export async function writeProposal(
  tx: StaffTx,
  ctx: CommandContext,
  theCase: LockedCase,
  input: Proposal,
  qualified: boolean,
): Promise<void> {
  await tx.db
    .insertInto('assignment')
    .values({
      case_id: theCase.id,
      town_id: tx.actor.townId,
      mediator_id: input.mediatorId,
      second_id: input.secondId ?? null,
      proposed_by: tx.actor.personId,
      override_reason:
        qualified || !input.overrideReason
          ? null
          : new CaseText(ctx.keys, theCase).seal('assignment', 'override_reason', input.overrideReason),
      proposed_at: tx.now,
    })
    .execute();
}

async function requireMediator(tx: StaffTx, personId: string, field: 'mediator' | 'second'): Promise<void> {
  const mediator = await tx.db
    .selectFrom('person_role')
    .innerJoin('person', 'person.id', 'person_role.person_id')
    .select('person.id')
    .where('person.id', '=', personId)
    .where('person.active', '=', true)
    .where('role', '=', 'mediator')
    .executeTakeFirst();
  if (!mediator) throw new DomainError('unknown_choice', { field });
}

async function isQualified(tx: StaffTx, personId: string, today: string): Promise<boolean> {
  const rows = await tx.db
    .selectFrom('qualification')
    .select(['status', 'valid_until as validUntil'])
    .where('person_id', '=', personId)
    .execute();
  return canLead(rows, today);
}

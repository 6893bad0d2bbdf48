import { localDay } from '../calendar/town-calendar.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { addToDayMail } from '../mail/queue-staff-mail.ts';
import { canLead } from '../mediators/qualification-status.ts';
import type { DeclineReason } from './answer-assignment.command.ts';
import { applyTransition } from './apply-transition.ts';
import { CaseText } from './case-text.ts';
import { type LockedCase, lockCase, requireLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

export type Proposal = {
  caseId: string;
  mediatorId: string;
  secondId?: string;
  /** Needed to let somebody lead who is not qualified, or has declared a conflict of interests (R40: override by the team leader with a reason, logged). */
  overrideReason?: string;
};

/** T10. Proposes the case to a mediator, who has one working day to answer. @throws DomainError as `requireFit`. */
export async function assignMediator(ctx: CommandContext, by: Staff, input: Proposal): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireLeader(theCase);
    const fit = await requireFit(tx, policy, input);
    await settleDeadlines(tx, theCase.id, ['assignment'], 'met');
    await applyTransition(tx, theCase, {
      name: 'T10',
      by: 'leader',
      code: 'mediator_proposed',
      personId: by.personId,
      data: { mediator: input.mediatorId, second: input.secondId ?? null, override: !fit },
      patch: { lead_id: input.mediatorId, second_id: input.secondId ?? null },
    });
    await writeProposal(tx, ctx, theCase, input, fit);
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      kind: 'mediator_answer',
      announce: [{ audience: 'mediator', template: 'assignment' }],
    });
    await tellSecond(tx, policy, input);
  });
}

/** The second mediator leads nothing and answers nothing, but learns of it with the day's mail. */
export async function tellSecond(tx: StaffTx, policy: TownPolicy, input: Proposal): Promise<void> {
  if (input.secondId)
    await addToDayMail(tx, policy, input.secondId, { caseId: input.caseId, template: 'second_named' });
}

/**
 * The guard of R40 and the conflict check of T10: whoever leads has a verified qualification, and nobody who is proposed declined this case for a
 * conflict of interests; or the leader says why all the same.
 * @returns whether it is so without the leader's word. @throws DomainError not_qualified, conflict_declared, unknown_choice.
 */
export async function requireFit(tx: StaffTx, policy: TownPolicy, input: Proposal): Promise<boolean> {
  if (input.secondId === input.mediatorId) throw new DomainError('unknown_choice', { field: 'second' });
  await requireMediator(tx, input.mediatorId, 'mediator');
  if (input.secondId) await requireMediator(tx, input.secondId, 'second');
  const qualified = await isQualified(tx, input.mediatorId, localDay(policy.calendar, tx.now));
  const conflict = await declaredConflict(tx, input);
  if (!qualified && !input.overrideReason) throw new DomainError('not_qualified');
  if (conflict && !input.overrideReason) throw new DomainError('conflict_declared');
  return qualified && !conflict;
}

async function declaredConflict(tx: StaffTx, { caseId, mediatorId, secondId }: Proposal): Promise<boolean> {
  const declared = await tx.db
    .selectFrom('assignment')
    .select('id')
    .where('case_id', '=', caseId)
    .where('mediator_id', 'in', secondId ? [mediatorId, secondId] : [mediatorId])
    .where('answer_reason', '=', 'CONFLIT_INTERETS' satisfies DeclineReason)
    .executeTakeFirst();
  return declared !== undefined;
}

/** The proposal a mediator answers, with the reason of an override sealed (invariant 7 of §4.13). */
export async function writeProposal(
  tx: StaffTx,
  ctx: CommandContext,
  theCase: LockedCase,
  input: Proposal,
  fit: boolean,
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
        fit || !input.overrideReason
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

import type { CommandContext } from '../command-context.ts';
import { inTransaction, keepInSight } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { AFTER_NEWS } from '../followup/after-news.ts';
import { addToDayMail } from '../mail/queue-staff-mail.ts';
import { applyTransition } from './apply-transition.ts';
import { type Proposal, requireFit, tellSecond, writeProposal } from './assign-mediator.command.ts';
import { endOpenAssignment } from './end-assignment.ts';
import { lockCase, requireLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

/** Waits that belong to the mediator who leaves; what the law counts (art. 14) and what others were asked go on. */
const OF_THE_MEDIATOR = [
  'mediator_answer',
  'first_contact',
  'contact_attempts',
  'no_note',
  'next_step',
  'other_party_contact',
  'first_session',
  'check_d10',
  'check_m1',
  'check_m3',
  ...AFTER_NEWS,
] as const;

/**
 * T34: the leader gives the case to another mediator (R40). The history stays; both mediators are told.
 * @throws DomainError as `requireFit`, unknown_choice when it is the same person.
 */
export async function reassignMediator(ctx: CommandContext, by: Staff, input: Proposal): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireLeader(theCase);
    if (input.mediatorId === theCase.leadId) throw new DomainError('unknown_choice', { field: 'mediator' });
    const fit = await requireFit(tx, policy, input);
    await settleDeadlines(tx, theCase.id, OF_THE_MEDIATOR, 'cancelled');
    await endOpenAssignment(tx, theCase.id);
    await keepInSight(tx, theCase.id);
    await applyTransition(tx, theCase, {
      name: 'T34',
      by: 'leader',
      code: 'mediator_replaced',
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
    if (theCase.leadId) await addToDayMail(tx, policy, theCase.leadId, { caseId: theCase.id, template: 'reassigned' });
  });
}

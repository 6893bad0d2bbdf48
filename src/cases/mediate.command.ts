import { missingAgreements } from '../parties/agreement-status.ts';
import { expectOtherSide } from '../parties/settle-answer.ts';
import { type CaseParty, partiesOf } from '../parties/standing.ts';
import { dueDay } from '../calendar/due.ts';
import { addWorkingDays, localDay } from '../calendar/town-calendar.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { queueRequesterMail } from '../mail/queue-requester-mail.ts';
import { applyTransition } from './apply-transition.ts';
import { onCase, type StaffAct } from './on-case.ts';
import { saidInCycle } from './said-in-cycle.ts';
import type { Staff } from './triage.command.ts';

export const RESULTS = ['ACCORD_ECRIT', 'ACCORD_ORAL', 'APAISE', 'DIALOGUE_REPRIS', 'ACCORD_PARTIEL'] as const;
export type MediationResult = (typeof RESULTS)[number];

/** T16. Every agreement it needs stands; the first session is due within fifteen working days. @throws DomainError agreement_missing. */
export async function beginMediation(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await onCase(ctx, by, caseId, async (act) => {
    const parties = await requireAgreements(act);
    await applyTransition(act.tx, act.theCase, {
      name: 'T16',
      by: act.role,
      code: 'mediation_begun',
      personId: by.personId,
    });
    await settleDeadlines(act.tx, caseId, ['other_party_contact', 'task_party_answered', 'no_note'], 'met');
    await settleDeadlines(act.tx, caseId, ['task_close_or_extend'], 'met', { because: ['agreement_unanswered'] });
    await openDeadline(act.tx, act.policy, { caseId, kind: 'first_session', dueDay: firstSessionDay(act, parties) });
    await openDeadline(act.tx, act.policy, { caseId, kind: 'no_note' });
  });
}

/**
 * T17. The other side refused, could not be reached, or is not to be contacted, and the requester wishes to go on; which of the first two it is,
 * the requester reads on the follow page, without a name (spec §4.10).
 * @throws DomainError agreement_missing without the requester's yes; step_missing while somebody is still asked or agreed, or nobody was asked.
 */
export async function beginSupport(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await onCase(ctx, by, caseId, async ({ tx, policy, theCase, role }) => {
    const said = await saidInCycle(tx, caseId);
    if (!said.requesterTakesPart) throw new DomainError('agreement_missing');
    const alone = said.othersRefused || said.othersSilent || !said.mayContact;
    if (said.othersLeft || !alone) throw new DomainError('step_missing', { lacking: ['others_out'] });
    await applyTransition(tx, theCase, { name: 'T17', by: role, code: 'support_begun', personId: by.personId });
    await settleDeadlines(tx, caseId, ['other_party_contact', 'agreement', 'task_party_answered', 'no_note'], 'met');
    await settleDeadlines(tx, caseId, ['task_close_or_extend'], 'met', { because: ['agreement_unanswered'] });
    await openDeadline(tx, policy, { caseId, kind: 'no_note' });
    const news = { template: 'support_begun', key: String(tx.now.getTime()), call: true } as const;
    if (said.othersRefused || said.othersSilent) await queueRequesterMail(tx, policy, theCase, news);
  });
}

/** T19. The other side changes its mind, or somebody else is asked: the agreements are gathered again. */
export async function gatherAgain(ctx: CommandContext, by: Staff, caseId: string): Promise<void> {
  await onCase(ctx, by, caseId, async ({ tx, policy, theCase, role }) => {
    await applyTransition(tx, theCase, { name: 'T19', by: role, code: 'agreements_opened', personId: by.personId });
    await settleDeadlines(tx, caseId, ['task_party_withdrew', 'no_note'], 'met');
    const said = await saidInCycle(tx, caseId);
    if (said.mayContact && !said.othersLeft) await expectOtherSide(tx, policy, theCase);
    await openDeadline(tx, policy, { caseId, kind: 'no_note' });
  });
}

/**
 * T21. What the mediation came to; the three checks are created (R22: +10 days, +1 month, +3 months). T20 does the same after a
 * support, where nothing was agreed between two sides and no result is written.
 */
export async function beginFollowUp(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; result?: MediationResult; agreedText?: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, theCase, text, role } = act;
    const afterMediation = theCase.state === 'mediation';
    if (afterMediation && !input.result) throw new DomainError('unknown_choice', { field: 'result' });
    await applyTransition(tx, theCase, {
      name: afterMediation ? 'T21' : 'T20',
      by: role,
      code: 'follow_up_begun',
      personId: by.personId,
      ...(afterMediation ? { data: { result: input.result ?? null } } : {}),
    });
    if (afterMediation && input.result) {
      await tx.db
        .insertInto('mediation_result')
        .values({
          case_id: theCase.id,
          town_id: by.townId,
          cycle: theCase.cycle,
          result: input.result,
          agreed_text: input.agreedText ? text.seal('mediation_result', 'agreed_text', input.agreedText) : null,
          recorded_by: by.personId,
          recorded_at: tx.now,
        })
        .execute();
    }
    await scheduleChecks(act);
  });
}

/** Fifteen working days after the last agreement (spec §4.4), and never today: whoever begins late still hears of it. */
function firstSessionDay({ tx, policy, theCase }: StaffAct, parties: readonly CaseParty[]): string {
  const agreed = parties.flatMap(({ ended, answeredAt }) => (!ended && answeredAt ? [answeredAt.getTime()] : []));
  const { calendar } = policy;
  const due = dueDay(
    calendar,
    new Date(Math.max(theCase.receivedAt.getTime(), ...agreed)),
    policy.ladder('first_session').target,
  );
  const tomorrow = addWorkingDays(calendar, localDay(calendar, tx.now), 1);
  return due > tomorrow ? due : tomorrow;
}

/** Every agreement that a mediation needs stands at this moment (invariant 1). @returns the parties, as they stand. */
export async function requireAgreements({ tx, theCase }: StaffAct): Promise<CaseParty[]> {
  const parties = await partiesOf(tx, theCase.id);
  const missing = missingAgreements(theCase, parties);
  if (missing.length > 0) throw new DomainError('agreement_missing', { lacking: missing });
  return parties;
}

async function scheduleChecks({ tx, policy, theCase }: StaffAct): Promise<void> {
  await settleDeadlines(tx, theCase.id, ['first_session', 'no_note', 'task_party_withdrew'], 'met');
  for (const kind of ['check_d10', 'check_m1', 'check_m3'] as const)
    await openDeadline(tx, policy, { caseId: theCase.id, kind });
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import type { DangerDecisionTable } from '../db/tables/case.ts';
import type { EventData } from '../db/tables/journal.ts';
import { inTransaction, type TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { alertLeaders } from '../mail/alert-leaders.ts';
import { recordChange } from '../outbox/record-change.ts';
import { askToCancelMeetings } from '../sessions/feared-meetings.ts';
import { applyTransition } from './apply-transition.ts';
import type { CaseActor } from './case-status.ts';
import { isOpenToPerson } from './case-status.ts';
import { CaseText } from './case-text.ts';
import { dangerWait } from './danger-wait.ts';
import { type LockedCase, lockCase, requireLeader } from './lock-case.ts';
import { onCase } from './on-case.ts';
import type { Staff } from './triage.command.ts';

/** Who is in danger, as whoever raises it says. */
export const IN_DANGER = ['self', 'other'] as const;
export type InDanger = (typeof IN_DANGER)[number];

/**
 * T2 raised by a member of staff (R85). Messages to the person are held from this transaction on.
 * @param family somebody of the family or the partner is feared: the case leaves the mediation (spec §3.6).
 */
export async function raiseDanger(ctx: CommandContext, by: Staff, caseId: string, family = false): Promise<void> {
  await onCase(ctx, by, caseId, ({ tx, policy, theCase, role }) =>
    markDanger(tx, policy, theCase, { by: role, personId: by.personId, family }),
  );
}

/** T2 by the person with the code, after the request was sent. @throws DomainError not_allowed_now once it has ended. */
export async function raiseDangerByRequester(
  ctx: CommandContext,
  by: { townId: string; caseId: string; form?: string },
  who: InDanger,
  family = false,
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_public', ...by }, async (tx) => {
    await markDanger(tx, policy, await lockCase(tx, by.caseId), {
      by: 'requester',
      who,
      family,
    });
  });
}

/** T2 by the other party on its own page; it learns nothing of what follows. @throws DomainError not_allowed_now. */
export async function raiseDangerByParty(
  ctx: CommandContext,
  by: { townId: string; caseId: string; partyId: string; form?: string },
  who: InDanger,
  family = false,
): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_party', ...by }, async (tx) => {
    await markDanger(tx, policy, await lockCase(tx, by.caseId), {
      by: 'party',
      who,
      party: by.partyId,
      family,
    });
  });
}

/**
 * T2, by anyone: every time it is said it is written down, but for the very same again within minutes while its decision is waited for. The leader is
 * alerted again when nothing waits for a decision any more, or when the decision is overdue: new facts never fall on a flag that is up already.
 */
export async function markDanger(
  tx: TownTx,
  policy: TownPolicy,
  theCase: LockedCase,
  said: { by: CaseActor; personId?: string; who?: InDanger; family?: boolean; party?: string; organisation?: string },
): Promise<void> {
  const { by, personId, family = false, ...about } = said;
  const data = family ? { ...about, family } : about;
  // The other side says it of whoever made the request; everybody else of the other side.
  const fearsRequester = family && by === 'party';
  const open = await dangerWait(tx, theCase.id);
  const isWaitedFor = open !== undefined && open.dueAt > tx.now;
  if (isWaitedFor && isOpenToPerson(theCase.state) && !personId && (await justSaid(tx, theCase.id, by, data))) return;
  await applyTransition(tx, theCase, {
    name: 'T2',
    by,
    code: 'danger_raised',
    data,
    patch: {
      danger: true,
      ...(family ? { family_danger: true } : {}),
      ...(fearsRequester ? { requester_feared: true } : {}),
    },
    ...(personId ? { personId } : {}),
  });
  if (family) await askToCancelMeetings(tx, policy, theCase.id);
  if (isWaitedFor) return;
  if (open) await settleDeadlines(tx, theCase.id, ['danger'], 'cancelled');
  await watchDanger(tx, policy, theCase);
}

/** Whoever says it may not read the journal: asked of a function. The case is locked, so that of many at once each sees the one before. */
async function justSaid(tx: TownTx, caseId: string, by: CaseActor, data: EventData): Promise<boolean> {
  const found = await sql<{ said: boolean }>`
    select danger_just_said(${caseId}::uuid, ${by}, ${JSON.stringify(data)}::jsonb) as said`.execute(tx.db);
  return found.rows[0]?.said === true;
}

/** Alerts the leader at once in opening hours, otherwise at the next opening, without waiting for any workflow. */
export async function watchDanger(
  tx: TownTx,
  policy: TownPolicy,
  theCase: { id: string; teamId: string | null; leadId: string | null },
): Promise<void> {
  const deadline = await openDeadline(tx, policy, { caseId: theCase.id, kind: 'danger' });
  await alertLeaders(tx, policy, theCase, { template: 'danger_alert', key: deadline.id });
}

export const DANGER_DECISIONS = [
  'orient',
  'report',
  'no_action',
] as const satisfies readonly DangerDecisionTable['decision'][];
/** Why something may or must be reported (spec §3.6): code pénal, code de procédure pénale, code de l’action sociale et des familles. */
export const LEGAL_GROUNDS = [
  'CP_223_6',
  'CP_434_1',
  'CP_434_3',
  'CPP_40',
  'CASF_L226_2_1',
  'none',
] as const satisfies readonly DangerDecisionTable['legal_ground'][];

export type DangerDecision = {
  caseId: string;
  decision: DangerDecisionTable['decision'];
  legalGround: DangerDecisionTable['legal_ground'];
  reason: string;
};

/**
 * The human decision of R85: dated, with its legal ground and its reason. `no_action` lifts the flag, and messages with it. A danger that
 * was said on a request which its person then stopped is still decided on.
 * @throws DomainError unknown_choice for a report without a ground; not_allowed_now when no danger was said, or all is over; out_of_mediation
 * for « pas de danger » while somebody of the family is feared.
 */
export async function decideDanger(ctx: CommandContext, by: Staff, input: DangerDecision): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireLeader(theCase);
    const stands = theCase.danger && isOpenToPerson(theCase.state);
    if (!stands && !(await dangerWait(tx, theCase.id))) throw new DomainError('not_allowed_now');
    if (input.decision === 'report' && input.legalGround === 'none')
      throw new DomainError('unknown_choice', { field: 'legalGround' });
    if (input.decision === 'no_action' && theCase.familyDanger) throw new DomainError('out_of_mediation');
    await settleDeadlines(tx, theCase.id, ['danger'], 'met');
    await tx.db
      .insertInto('danger_decision')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        decision: input.decision,
        legal_ground: input.legalGround,
        reason: new CaseText(ctx.keys, theCase).seal('danger_decision', 'reason', input.reason),
        decided_by: by.personId,
        decided_at: tx.now,
      })
      .execute();
    await tx.db
      .updateTable('mediation_case')
      .set({ danger: input.decision !== 'no_action' })
      .where('id', '=', theCase.id)
      .execute();
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'danger_decided',
      actor: 'staff',
      personId: by.personId,
      data: { decision: input.decision, ground: input.legalGround },
    });
  });
}

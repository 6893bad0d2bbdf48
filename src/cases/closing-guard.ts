import type { StaffTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { waitsForOpinions } from '../evaluation/open-questionnaires.ts';
import type { ProposableOutcome } from './case-outcome.ts';
import type { TransitionName } from './case-status.ts';
import { triesInVain, wasTriedEnough } from './contact-tries.ts';
import { requireDangerDecided } from './danger-wait.ts';
import type { LockedCase } from './lock-case.ts';
import { saidInCycle } from './said-in-cycle.ts';

/**
 * What has to have happened before a case may end so (§4.3): T13 after three tries that reached nobody, on different days and hours, and a
 * letter, when the fifteen days are over (R33); T18 and T20 after the refusal or the silence they name; T28 once every opinion that was asked has
 * come, or its ten days are over. A danger that was said is decided on first, whatever the end (R85).
 * @throws DomainError step_missing, danger_undecided.
 */
export async function requireClosable(
  tx: StaffTx,
  policy: TownPolicy,
  theCase: LockedCase,
  name: TransitionName,
  outcome: ProposableOutcome,
): Promise<void> {
  await requireDangerDecided(tx, theCase.id);
  const lacking = await whatIsMissing(tx, policy, theCase, name, outcome);
  if (lacking) throw new DomainError('step_missing', { lacking: [lacking] });
}

/** What is still missing, as codes that have their words on the page. */
type Missing = 'tries' | 'no_of_requester' | 'no_of_others' | 'silence' | 'opinions';

async function whatIsMissing(
  tx: StaffTx,
  policy: TownPolicy,
  theCase: LockedCase,
  name: TransitionName,
  outcome: ProposableOutcome,
): Promise<Missing | undefined> {
  if (name === 'T13') {
    const tried = (await wasRequesterTried(tx, policy, theCase)) && (await areTheDaysOver(tx, theCase.id));
    return tried ? undefined : 'tries';
  }
  if (name === 'T18' || name === 'T20') return notSaid(tx, policy, theCase, outcome);
  return name === 'T28' && (await waitsForOpinions(tx, theCase)) ? 'opinions' : undefined;
}

/** The fifteen days for reaching the person, as the leader may have prolonged them; a pause holds them. */
async function areTheDaysOver(tx: StaffTx, caseId: string): Promise<boolean> {
  const wait = await tx.db
    .selectFrom('deadline')
    .select(['due_at as dueAt', 'paused_at as pausedAt'])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'contact_attempts')
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return wait !== undefined && wait.pausedAt === null && wait.dueAt <= tx.now;
}

/** T18, T20: the requester's no; or the no, the withdrawal or the silence of the other side, with nobody left who is asked or agreed; or nobody answers. */
async function notSaid(
  tx: StaffTx,
  policy: TownPolicy,
  theCase: LockedCase,
  outcome: ProposableOutcome,
): Promise<Missing | undefined> {
  const said = await saidInCycle(tx, theCase.id);
  if (outcome === 'NON_ENGAGEE_REFUS_DEMANDEUR') return said.requester === 'no' ? undefined : 'no_of_requester';
  if (outcome === 'NON_ENGAGEE_REFUS_AUTRE') return !said.othersLeft && said.othersRefused ? undefined : 'no_of_others';
  if (outcome !== 'INJOIGNABLE') return undefined;
  const silent = !said.othersLeft && said.othersSilent && !said.othersRefused;
  return silent || (await wasRequesterTried(tx, policy, theCase)) ? undefined : 'silence';
}

async function wasRequesterTried(tx: StaffTx, policy: TownPolicy, theCase: LockedCase): Promise<boolean> {
  const { precautions } = await tx.db
    .selectFrom('case_identity')
    .select('precautions')
    .where('case_id', '=', theCase.id)
    .executeTakeFirstOrThrow();
  return wasTriedEnough(policy, await triesInVain(tx, theCase), !precautions.includes('do_not_write'));
}

import { localDay } from '../calendar/town-calendar.ts';
import { localTimeOf } from '../calendar/zone.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { waitsForOpinions } from '../evaluation/open-questionnaires.ts';
import { partiesOf } from '../parties/standing.ts';
import type { ProposableOutcome } from './case-outcome.ts';
import type { TransitionName } from './case-status.ts';
import { requireDangerDecided } from './danger-wait.ts';
import type { LockedCase } from './lock-case.ts';

const TRIES = 3;

/**
 * What has to have happened before a case may end so (§4.3): T13 after three tries on different days and hours and a letter, when the
 * fifteen days are over (R33); T18 after the refusal or the silence it names; T28 once every opinion that was asked has come, or its ten days are over.
 * A danger that was said is decided on first, whatever the end (R85).
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
  const may =
    name === 'T13'
      ? await wasTriedEnough(tx, policy, theCase)
      : name === 'T18'
        ? await wasSaid(tx, theCase, outcome)
        : name === 'T28'
          ? !(await waitsForOpinions(tx, theCase))
          : true;
  if (!may) throw new DomainError('step_missing');
}

async function wasTriedEnough(tx: StaffTx, { calendar }: TownPolicy, theCase: LockedCase): Promise<boolean> {
  const tries = await tx.db
    .selectFrom('contact_attempt')
    .select(['way', 'at', 'reached'])
    .where('case_id', '=', theCase.id)
    .where('party_id', 'is', null)
    .orderBy('at')
    .execute();
  const spoken = tries.filter(({ way }) => way !== 'letter');
  const days = new Set(spoken.map(({ at }) => localDay(calendar, at)));
  const hours = new Set(spoken.map(({ at }) => localTimeOf(calendar.timeZone, at).slice(0, 2)));
  const wait = await tx.db
    .selectFrom('deadline')
    .select('due_at as dueAt')
    .where('case_id', '=', theCase.id)
    .where('kind', '=', 'contact_attempts')
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const letter = tries.some(({ way }) => way === 'letter');
  return days.size >= TRIES && hours.size > 1 && letter && wait !== undefined && wait.dueAt <= tx.now;
}

async function wasSaid(tx: StaffTx, theCase: LockedCase, outcome: ProposableOutcome): Promise<boolean> {
  const parties = await partiesOf(tx, theCase.id);
  const others = parties.filter(({ side }) => side === 'other');
  if (outcome === 'NON_ENGAGEE_REFUS_DEMANDEUR')
    return parties.some(({ side, agreement }) => side === 'requester' && agreement !== 'yes');
  if (outcome === 'NON_ENGAGEE_REFUS_AUTRE')
    return others.some(({ agreement }) => agreement === 'no' || agreement === 'withdrawn');
  return others.every(({ agreement }) => agreement === 'no_answer');
}

import { type RawBuilder, sql } from 'kysely';
import type { CaseState } from './case-status.ts';
import type { Complexity, Need } from '../db/tables/case.ts';
import { formOf, type StaffTx, type TownTx, type WorkerTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';

export type LockedCase = {
  id: string;
  number: string;
  state: CaseState;
  formerState: CaseState | null;
  cycle: number;
  danger: boolean;
  /** Somebody of the family or the partner is feared: no mediation (spec §3.6). */
  familyDanger: boolean;
  /** The other side fears whoever made the request: nobody contacts them. */
  requesterFeared: boolean;
  suspended: boolean;
  waitingForPartner: boolean;
  need: Need;
  complexity: Complexity | null;
  preventive: boolean;
  minor: boolean;
  teamId: string | null;
  leadId: string | null;
  secondId: string | null;
  kid: string;
  wrappedKey: Buffer;
  receivedAt: Date;
  closedAt: Date | null;
  /** The acting person leads this case now: own team, absent leader's team, town queue or a grant (R42). False for other roles. */
  led: boolean;
};

/**
 * Locks the case row for the rest of the transaction: every command begins here.
 * @throws DomainError already_done when the form that is being sent has acted already (a double click).
 * @throws DomainError not_found when the case does not exist or row-level security hides it; both look the same.
 */
export async function lockCase(tx: TownTx, caseId: string): Promise<LockedCase> {
  const { acted, ...row } = await lock(tx, sql`${caseId}::uuid`);
  // Asked once the row is locked, and before what the first click may have hidden from its own author.
  if (acted) throw new DomainError('already_done');
  if (row.id === null) throw new DomainError('not_found');
  return known(row);
}

/** Whether a minor is in it: not for the other party's role to read (spec §3.3), and none of its acts asks. */
function minorOf(tx: TownTx) {
  return tx.actor.role === 'app_party' ? sql<boolean>`false` : sql<boolean>`minor`;
}

/** Whom somebody fears is for the team and for whoever said it: a guest of the case never reads it. */
function fearOf(tx: TownTx) {
  const isTeam = tx.actor.role === 'app_staff' || tx.actor.role === 'app_worker';
  const isGuest = !isTeam && tx.actor.role !== 'app_public';
  return [
    (isGuest ? sql<boolean>`false` : sql<boolean>`family_danger`).as('familyDanger'),
    (isTeam ? sql<boolean>`requester_feared` : sql<boolean>`false`).as('requesterFeared'),
  ] as const;
}

/** Locks the case one of whose steps is due. @returns undefined when there is no such step, or it is of no case. */
export async function lockCaseOfStep(tx: WorkerTx, stepId: string): Promise<LockedCase | undefined> {
  const { acted: _, ...row } = await lock(tx, sql`(select case_id from step where id = ${stepId}::uuid)`);
  return row.id === null ? undefined : known(row);
}

/**
 * One statement: the row is locked first, then the function looks with a snapshot of its own (it is volatile) whether this form has acted.
 * One line in any case, empty where there is no such row to lock.
 */
async function lock(tx: TownTx, caseId: RawBuilder<unknown>) {
  const form = formOf(tx.actor);
  return tx.db
    .with(
      (cte) => cte('locked').materialized(),
      (db) =>
        db
          .selectFrom('mediation_case')
          .select(['id', 'number', 'state', 'cycle', 'danger', 'kid', 'suspended', 'need', 'complexity'])
          .select([minorOf(tx).as('minor'), ...fearOf(tx)])
          .select(['preventive', 'waiting_for_partner as waitingForPartner', 'former_state as formerState'])
          .select(['team_id as teamId', 'lead_id as leadId', 'second_id as secondId'])
          .select(['wrapped_key as wrappedKey', 'received_at as receivedAt', 'closed_at as closedAt'])
          .select(
            sql<boolean>`(team_id = any (app_teams()) or (team_id is null and app_leads()) or id = any (app_granted_cases()))`.as(
              'led',
            ),
          )
          .where('id', '=', sql<string>`${caseId}`)
          .forUpdate(),
    )
    .selectFrom(sql`(select 1)`.as('once'))
    .leftJoin('locked', (join) => join.onTrue())
    .selectAll('locked')
    .select((form === null ? sql<boolean>`false` : sql<boolean>`form_has_acted(${caseId}, ${form}::uuid)`).as('acted'))
    .executeTakeFirstOrThrow();
}

function known(row: Omit<Awaited<ReturnType<typeof lock>>, 'acted'>): LockedCase {
  // The join makes every column nullable; a row that has its id has them all.
  return { ...(row as Omit<LockedCase, 'led'>), led: row.led === true };
}

/** @throws DomainError not_your_case unless the acting person leads this case now. */
export function requireLeader(theCase: LockedCase): void {
  if (!theCase.led) throw new DomainError('not_your_case');
}

/** @throws DomainError not_your_case unless the acting person is the case's mediator, or leads it. */
export function requireMediatorOrLeader(tx: StaffTx, theCase: LockedCase): 'mediator' | 'leader' {
  if (theCase.leadId === tx.actor.personId || theCase.secondId === tx.actor.personId) return 'mediator';
  requireLeader(theCase);
  return 'leader';
}

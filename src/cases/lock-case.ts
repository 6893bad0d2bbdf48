import { sql } from 'kysely';
import type { CaseState } from './case-status.ts';
import type { Complexity, Need } from '../db/tables/case.ts';
import { formOf, type StaffTx, type TownTx } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';

export type LockedCase = {
  id: string;
  number: string;
  state: CaseState;
  formerState: CaseState | null;
  cycle: number;
  danger: boolean;
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
  const row = await tx.db
    .selectFrom('mediation_case')
    .select([
      'id',
      'number',
      'state',
      'cycle',
      'danger',
      'minor',
      'kid',
      'suspended',
      'need',
      'complexity',
      'preventive',
    ])
    .select('waiting_for_partner as waitingForPartner')
    .select(['former_state as formerState', 'team_id as teamId', 'lead_id as leadId', 'second_id as secondId'])
    .select(['wrapped_key as wrappedKey', 'received_at as receivedAt', 'closed_at as closedAt'])
    .select(
      sql<boolean>`(team_id = any (app_teams()) or (team_id is null and app_leads()) or id = any (app_granted_cases()))`.as(
        'led',
      ),
    )
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  // Asked once the row is locked, and before what the first click may have hidden from its own author.
  if (await hasActed(tx, caseId)) throw new DomainError('already_done');
  if (!row) throw new DomainError('not_found');
  return { ...row, led: row.led === true };
}

async function hasActed(tx: TownTx, caseId: string): Promise<boolean> {
  const form = formOf(tx.actor);
  if (form === null) return false;
  const asked = await sql<{ acted: boolean }>`select form_has_acted(${caseId}::uuid, ${form}::uuid) as acted`.execute(
    tx.db,
  );
  return asked.rows[0]?.acted === true;
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

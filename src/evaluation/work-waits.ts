import type { LockedCase } from '../cases/lock-case.ts';
import type { StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

export type WorkSide = 'mediator' | 'leader';
/** Waits of the evaluation of the work: they outlive the closing. */
export const WORK_WAITS = [
  'mediator_evaluation',
  'leader_evaluation',
  'common_conclusion',
  'conclusion_to_confirm',
] as const;

/** As whom a person may look back at the work: in a small team, as both (R57). */
export function workSides(theCase: Pick<LockedCase, 'leadId' | 'secondId' | 'led'>, personId: string): WorkSide[] {
  const mediates = theCase.leadId === personId || theCase.secondId === personId;
  return [...(mediates ? (['mediator'] as const) : []), ...(theCase.led ? (['leader'] as const) : [])];
}

/** The columns of F9 that are written in this cycle. */
export async function writtenSides(tx: StaffTx, theCase: Pick<LockedCase, 'id' | 'cycle'>): Promise<WorkSide[]> {
  const rows = await tx.db
    .selectFrom('case_evaluation')
    .select('side')
    .where('case_id', '=', theCase.id)
    .where('cycle', '=', theCase.cycle)
    .execute();
  return rows.map(({ side }) => side);
}

/** F9 is dated with the closing: each column that is not written yet is due ten working days later (spec §4.4). */
export async function openWorkWaits(tx: StaffTx, policy: TownPolicy, theCase: LockedCase): Promise<void> {
  const written = await writtenSides(tx, theCase);
  if (!written.includes('leader')) await openDeadline(tx, policy, { caseId: theCase.id, kind: 'leader_evaluation' });
  if (!written.includes('mediator') && theCase.leadId)
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'mediator_evaluation' });
}

import type { StaffAct } from '../cases/on-case.ts';
import { BY_TWO_FROM } from '../cases/visit-safety.ts';
import type { NoteMode } from '../db/tables/session.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { alertLeaders } from '../mail/alert-leaders.ts';

/** Where whoever goes there is alone with people, away from the desk. */
const OUTSIDE: readonly NoteMode[] = ['visit', 'shuttle'];

/**
 * R43: after a note with a safety alert the leader is told at once, and after a tense visit the leader checks that whoever went there is
 * well: one task, with its reminder and its deputy.
 */
export async function openSafetyCheck(
  { tx, policy, theCase }: Pick<StaffAct, 'tx' | 'policy' | 'theCase'>,
  note: { mode: NoteMode; tensionBefore: number; tensionAfter: number; safetyAlert: boolean },
): Promise<void> {
  const tense = OUTSIDE.includes(note.mode) && Math.max(note.tensionBefore, note.tensionAfter) >= BY_TWO_FROM;
  if (!note.safetyAlert && !tense) return;
  const task = await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'task_safety_check',
    reason: note.safetyAlert ? 'safety_alert' : 'tense_visit',
    ...(note.safetyAlert ? {} : { announce: [{ audience: 'leader', template: 'safety_check' }] }),
  });
  if (!note.safetyAlert) return;
  await alertLeaders(tx, policy, theCase, { template: 'safety_alert', key: task.id });
}

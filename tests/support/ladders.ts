import { localDay, workingDaysBetween } from '../../src/calendar/town-calendar.ts';
import type { TestTown } from './town.ts';

/** Of an open wait of a case, its steps in their order: working days of the town from the day it was opened, or is due, whom, which words. */
export async function ladderOf(
  town: TestTown,
  caseId: string,
  kind: string,
  from: 'opened_at' | 'due_day' = 'opened_at',
): Promise<string[]> {
  const steps = await town.owner
    .selectFrom('step')
    .innerJoin('deadline as d', 'd.id', 'step.deadline_id')
    .select(['step.at', 'step.audience', 'step.template', 'd.opened_at as openedAt', 'd.due_day as dueDay'])
    .where('d.case_id', '=', caseId)
    .where('d.kind', '=', kind)
    .where('d.state', '=', 'open')
    .where('step.state', '!=', 'skipped')
    .orderBy('step.at')
    .execute();
  const { calendar } = await town.context('passerelle_web').policies.of(town.townId);
  return steps.map(({ at, audience, template, openedAt, dueDay }) => {
    const first = from === 'due_day' ? dueDay : localDay(calendar, openedAt);
    return `d${workingDaysBetween(calendar, first, localDay(calendar, at))} ${audience} ${template}`;
  });
}

import type { CommandContext } from '../../src/command-context.ts';
import { concludeWork, confirmConclusion } from '../../src/evaluation/conclude-work.command.ts';
import { evaluateWork } from '../../src/evaluation/evaluate-work.command.ts';
import type { Staff } from '../../src/cases/triage.command.ts';

const ALL_GOOD = { freedom: 4, impartiality: null, partners: null, timing: 4, notes: 4, safety: 4, result: 4 } as const;

/** F9 whole: both columns, the conclusion they share, read by both (R57). */
export async function lookBack(
  web: CommandContext,
  caseId: string,
  { mediator, leader, metOn }: { mediator: Staff; leader: Staff; metOn: string },
): Promise<void> {
  await evaluateWork(web, mediator, { caseId, side: 'mediator', marks: ALL_GOOD });
  await evaluateWork(web, leader, { caseId, side: 'leader', marks: ALL_GOOD });
  await concludeWork(web, leader, { caseId, metOn, conclusion: 'Écouter a suffi.' });
  await confirmConclusion(web, mediator, caseId);
}

import type { CaseState } from '../../src/cases/case-status.ts';
import type { TestTown } from './town.ts';

/** Waits that run beside every case, whatever its people do. */
export const BESIDE_EVERY_CASE = ['case_review', 'long_case', 'art14_notice'] as const;

export async function stateOf(town: TestTown, caseId: string): Promise<CaseState> {
  const row = town.owner.selectFrom('mediation_case').select('state').where('id', '=', caseId);
  return (await row.executeTakeFirstOrThrow()).state;
}

/** What a case waits for, in alphabetical order, one kind as often as it waits. */
export async function openKinds(town: TestTown, caseId: string, aside: readonly string[] = []): Promise<string[]> {
  const open = await town.owner
    .selectFrom('deadline')
    .select('kind')
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .orderBy('kind')
    .execute();
  return open.map(({ kind }) => kind).filter((kind) => !aside.includes(kind));
}

import { LIMITS, type LimitName, type LimitTable } from '../../src/limits/limit-table.ts';

/** The limits of the house with other budgets for some: everything still counts, on the same store. */
export function limitsWith(points: Partial<Record<LimitName, number>>): LimitTable {
  const entries = Object.entries(LIMITS).map(([name, limit]) => {
    // Names come from the table itself.
    const own = points[name as LimitName];
    return [name, own === undefined ? limit : { ...limit, points: own }];
  });
  return Object.fromEntries(entries) as LimitTable;
}

/** So much that no test and no bench meets a limit it does not ask for. */
export const WIDE: LimitTable = limitsWith(Object.fromEntries(Object.keys(LIMITS).map((name) => [name, 1_000_000])));

import { expect, test } from 'vitest';
import { RepairPauses } from './repair-pauses.ts';

test('a stream that stays late is repaired ever more rarely, at least every ten minutes; one that recovered starts anew', () => {
  const pauses = new RepairPauses(15_000);
  const [late] = [{ streamId: 'referral/a' }];
  const repairsAt: number[] = [];
  for (let now = 0; now <= 7_200_000; now += 15_000) {
    for (const { streamId } of pauses.due([late], now)) {
      repairsAt.push(now);
      pauses.repaired(streamId, now);
    }
  }
  expect(repairsAt.slice(0, 5)).toEqual([0, 15_000, 45_000, 105_000, 225_000]);
  expect(repairsAt.length).toBeLessThan(20);
  const gaps = repairsAt.slice(1).map((at, index) => at - (repairsAt[index] ?? 0));
  expect(Math.max(...gaps)).toBe(600_000);
  expect(pauses.due([], 7_200_000)).toEqual([]);
  expect(pauses.due([late], 7_200_001)).toEqual([late]);
});

test('one stream’s pause is not another’s', () => {
  const pauses = new RepairPauses(15_000);
  const [one, other] = [{ streamId: 'referral/a' }, { streamId: 'referral/b' }];
  pauses.repaired(one.streamId, 0);
  expect(pauses.due([one, other], 1_000)).toEqual([other]);
});

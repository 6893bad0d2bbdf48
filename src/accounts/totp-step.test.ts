import { expect, test } from 'vitest';
import { stepOfCode, totpCode, totpStep } from './totp-step.ts';

const SECRET = '12345678901234567890';

test('codes are those of RFC 6238, appendix B', () => {
  const seconds = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000];
  const codes = seconds.map((second) => totpCode(SECRET, totpStep(second * 1_000)));
  expect(codes).toEqual(['287082', '081804', '050471', '005924', '279037', '353130']);
});

test('a code is traced to its step, from one ahead to two behind, and no further', () => {
  const now = 1_800_000_000_000;
  const step = totpStep(now);
  const found = [2, 1, 0, -1, -2, -3].map((away) => stepOfCode(SECRET, totpCode(SECRET, step + away), now));
  expect(found).toEqual([undefined, step + 1, step, step - 1, step - 2, undefined]);
});

test('what is not a code has no step', () => {
  for (const typed of ['', '12345', '1234567', '٢٨٧٠٨٢', 'abcdef'])
    expect(stepOfCode(SECRET, typed, 1_800_000_000_000)).toBeUndefined();
});

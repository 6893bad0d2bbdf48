import { expect, test } from 'vitest';
import { DEFAULT_HELPLINES, isFixed, shownHelplines, toCheckAgain } from './helpline.ts';

const checked = (checkedOn: string | null) => [{ ...DEFAULT_HELPLINES[5], checkedOn }] as typeof DEFAULT_HELPLINES;

test.each([
  [null, '2027-01-11', 1],
  ['2026-01-12', '2027-01-11', 0],
  ['2026-01-11', '2027-01-11', 1],
  ['2024-02-29', '2025-02-28', 0],
  ['2024-02-29', '2025-03-01', 1],
])('§4.11: a number checked on %s is to be checked again on %s: %d', (checkedOn, today, count) => {
  expect(toCheckAgain({ helplines: checked(checkedOn) }, today)).toHaveLength(count);
});

test('§4.11: without the town’s own rows the numbers of the land stand, 17 first', () => {
  for (const town of [{}, { helplines: [] }, { helplines: undefined }]) {
    expect(shownHelplines(town)).toHaveLength(DEFAULT_HELPLINES.length);
    expect(shownHelplines(town)[0]).toMatchObject({ code: 'police', number: '17' });
  }
  expect(DEFAULT_HELPLINES.filter(({ code }) => isFixed(code)).map(({ number }) => number)).toEqual([
    '17',
    '112',
    '114',
  ]);
});

import { expect, test } from 'vitest';
import { readDay } from './read-day.ts';

test.each([
  ['9/12', '2027-12-09'],
  ['09/12/2027', '2027-12-09'],
  ['9 décembre', '2027-12-09'],
  ['mardi 1er décembre 2026', '2026-12-01'],
  ['1 déc. 2027', '2027-12-01'],
  ['2027-12-09', '2027-12-09'],
  ['9.12.27', '2027-12-09'],
  ['3/1', '2028-01-03'],
  ['11/01', '2027-01-11'],
  ['29/2', '2028-02-29'],
  [' 9 Août ', '2027-08-09'],
])('« %s » is %s for somebody who writes on 11 January 2027', (typed, day) => {
  expect(readDay(typed, '2027-01-11')).toBe(day);
});

test.each([
  ['12/01', '2027-01-12'],
  ['20/1', '2027-01-20'],
  ['21/1', '2026-01-21'],
  ['25 décembre', '2026-12-25'],
  ['12/01/2028', '2028-01-12'],
])('« %s », about something done, is %s for somebody who writes on 20 January 2027', (typed, day) => {
  expect(readDay(typed, '2027-01-20', 'past')).toBe(day);
});

test.each(['', '31/04/2027', '30 février', '13/13', '00/00', 'demain', '9 brumaire', '2027-02-30', '9/12/0001'])(
  '« %s » is no day',
  (typed) => {
    expect(readDay(typed, '2027-01-11')).toBeUndefined();
  },
);

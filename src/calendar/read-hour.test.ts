import { expect, test } from 'vitest';
import { readHour, wallInstant } from './read-hour.ts';

test.each([
  ['14 h 30', '14:30'],
  ['14h', '14:00'],
  ['9:05', '09:05'],
  ['9.05', '09:05'],
  ['9', '09:00'],
  ['0930', '09:30'],
])('« %s » is %s', (typed, hour) => {
  expect(readHour(typed)).toBe(hour);
});
test.each(['', '24 h', '12 h 60', 'midi', '14 h 3'])('« %s » is no hour', (typed) => {
  expect(readHour(typed)).toBeUndefined();
});

const PARIS = 'Europe/Paris';
test('a session at 2:30 on 28 March 2027 does not exist; the same hour on 31 October 2027 is the first of two', () => {
  expect(wallInstant(PARIS, '2027-03-28', '02:30')).toBeUndefined();
  expect(wallInstant(PARIS, '2027-03-28', '03:30')?.toISOString()).toBe('2027-03-28T01:30:00.000Z');
  expect(wallInstant(PARIS, '2027-10-31', '02:30')?.toISOString()).toBe('2027-10-31T00:30:00.000Z');
  expect(wallInstant(PARIS, '2027-01-12', '14:30')?.toISOString()).toBe('2027-01-12T13:30:00.000Z');
});

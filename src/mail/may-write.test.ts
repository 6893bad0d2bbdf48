import { expect, test } from 'vitest';
import { mayWrite } from './may-write.ts';

const reachable = {
  danger: false,
  ageGroup: 'adult',
  contactWays: ['email'],
  precautions: [],
  hasEmail: true,
} as const;

test('an adult who gave an address and chose mail is written to', () => {
  expect(mayWrite(reachable)).toEqual({ write: true });
});

test('R85: with danger nothing is sent, whatever else was said', () => {
  expect(mayWrite({ ...reachable, danger: true })).toEqual({ write: false, reason: 'danger' });
});

test('R81: a minor gets no mail', () => {
  expect(mayWrite({ ...reachable, ageGroup: 'minor' })).toEqual({ write: false, reason: 'minor' });
});

test('R98: « ne pas écrire chez moi » is kept', () => {
  expect(mayWrite({ ...reachable, precautions: ['do_not_write'] })).toEqual({
    write: false,
    reason: 'asked_not_to_write',
  });
});

test('without an address, or with mail not among the chosen ways, nothing is sent', () => {
  expect(mayWrite({ ...reachable, hasEmail: false })).toEqual({ write: false, reason: 'no_address' });
  expect(mayWrite({ ...reachable, contactWays: ['phone'] })).toEqual({ write: false, reason: 'no_address' });
});

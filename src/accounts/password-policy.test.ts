import { expect, test } from 'vitest';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import { PASSWORD_MIN, passwordFault } from './password-policy.ts';

test('twelve characters are enough and eleven are not, whatever they are', () => {
  expect(passwordFault('pluie sur le')).toBeUndefined();
  expect(passwordFault('pluie sur l')).toBe('too_short');
  expect(passwordFault('Ab1!Ab2!Ab3')).toBe('too_short');
  expect(passwordFault('🌧🌳🚲🏘🎈🍎🐦🐟🌙⭐🔑')).toBe('too_short');
});

test('a long sentence is welcome, up to what sign-in can take', () => {
  expect(passwordFault('x y'.padEnd(128, 'abc def '))).toBeUndefined();
  expect(passwordFault('x y'.padEnd(129, 'abc def '))).toBe('too_long');
});

test('the commonest ones are refused in any case and with blanks put in', () => {
  for (const typed of ['motdepasse123', 'MotDePasse123', 'mot de passe 123', 'Azerty123456', 'password1234!'])
    expect(passwordFault(typed), typed).toBe('too_common');
});

test('one block repeated is refused', () => {
  for (const typed of ['aaaaaaaaaaaa', '123123123123', 'azertyazerty', '            '])
    expect(passwordFault(typed), typed).toBe('too_common');
});

test('every listed password is long enough to need listing, and written as it is compared', () => {
  for (const listed of COMMON_PASSWORDS) {
    expect(listed.length, listed).toBeGreaterThanOrEqual(PASSWORD_MIN);
    expect(listed).toBe(listed.normalize('NFKC').toLowerCase().replaceAll(/\s/g, ''));
  }
});

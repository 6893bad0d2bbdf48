import { COMMON_PASSWORDS } from './common-passwords.ts';

export type PasswordFault = 'too_short' | 'too_long' | 'too_common';

export const PASSWORD_MIN = 12;
/** better-auth refuses longer ones at sign-in, counted the same way. */
export const PASSWORD_MAX = 128;

/**
 * What is wrong with a chosen password, if anything. Length and a list of the commonest; no rule on kinds of characters, so that a
 * sentence is welcome. Characters are counted as people see them, roughly: one emoji is one.
 */
export function passwordFault(password: string): PasswordFault | undefined {
  if (password.length > PASSWORD_MAX) return 'too_long';
  if ([...password].length < PASSWORD_MIN) return 'too_short';
  return isCommon(password) ? 'too_common' : undefined;
}

function isCommon(password: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
  return COMMON_PASSWORDS.has(plain) || isOneBlockRepeated(plain) || plain.length === 0;
}

/** `aaaaaaaaaaaa`, `123123123123`, `azertyazerty`: a block of at most six characters, again and again. */
function isOneBlockRepeated(text: string): boolean {
  return /^(.{1,6})\1+$/u.test(text);
}

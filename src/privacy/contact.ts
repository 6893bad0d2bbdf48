import { createHmac } from 'node:crypto';
import { domainToASCII, domainToUnicode } from 'node:url';
import type { KeyRing } from './key-ring.ts';
import { mixesScriptsInDomain } from './script-mix.ts';

export type Normalised = { ok: true; value: string } | { ok: false; reason: 'malformed' | 'emergency' | 'premium' };

const EMERGENCY = new Set([
  '15',
  '17',
  '18',
  '112',
  '114',
  '115',
  '116',
  '117',
  '119',
  '3018',
  '3114',
  '3919',
  '3977',
  '116006',
]);

/**
 * A French telephone number as `+33…`, or a foreign one as `+…` (B-15). Spaces, dots, `(0)`, Arabic and full-width digits are
 * forgiven; emergency and premium numbers are not a way to reach a person.
 */
export function normalisePhone(typed: string): Normalised {
  if (typed.length > 60) return { ok: false, reason: 'malformed' };
  const digits = [...typed.normalize('NFKC')]
    .map(westernDigit)
    .join('')
    .replace(/[\s\p{Pd}./]/gu, '')
    .replace('(0)', '');
  if (EMERGENCY.has(digits)) return { ok: false, reason: 'emergency' };
  const international = digits.replace(/^00/, '+').replace(/^0(?=\d{9}$)/, '+33');
  if (international.startsWith('+33')) {
    if (/^\+338[19]\d{7}$/.test(international) || /^\+338[29]/.test(international))
      return { ok: false, reason: 'premium' };
    return /^\+33[1-9]\d{8}$/.test(international)
      ? { ok: true, value: international }
      : { ok: false, reason: 'malformed' };
  }
  return /^\+[1-9]\d{6,14}$/.test(international)
    ? { ok: true, value: international }
    : { ok: false, reason: 'malformed' };
}

function westernDigit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
  if (code >= 0x6f0 && code <= 0x6f9) return String(code - 0x6f0);
  return sign;
}

const LOCAL_PART = /^[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * One address, or a refusal (B-14, B-45): no list, name, comment, quotes, percent route, address literal, control or full-width
 * sign. An international domain is stored in its ASCII form; one that mixes scripts in a word only looks like another.
 */
export function normaliseEmail(typed: string): Normalised {
  const trimmed = typed.trim();
  const at = trimmed.indexOf('@');
  const malformed = { ok: false, reason: 'malformed' } as const;
  if (trimmed.length > 320 || at < 1 || at !== trimmed.lastIndexOf('@') || /[\s\u0000-\u001F\u007F＠]/u.test(trimmed))
    return malformed;
  const local = trimmed.slice(0, at);
  const domain = domainToASCII(trimmed.slice(at + 1)).toLowerCase();
  if (local.length > 64 || !LOCAL_PART.test(local) || !DOMAIN.test(domain)) return malformed;
  if (mixesScriptsInDomain(domainToUnicode(domain))) return malformed;
  return { ok: true, value: `${local}@${domain}` };
}

/** For an exact match without reading: the same contact always gives the same bytes, under a key outside the database. */
export function contactHash(keys: KeyRing, kind: 'phone' | 'email', normalised: string): Buffer {
  return createHmac('sha256', keys.derived('contact')).update(`${kind}|${normalised.toLowerCase()}`).digest();
}

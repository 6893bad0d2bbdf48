import { createHmac, randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 24;
/** x⁵ + x² + 1: multiplication in the field of 32 elements makes every single error and every swap of neighbours visible. */
const POLYNOMIAL = 0b100101;

/** The code of a form's nonce: 24 symbols (120 bits) and a check symbol. The same nonce always gives the same code (C-1, C-2). */
export function codeFromNonce(keys: KeyRing, nonce: string): string {
  return withCheck(symbolsOf(createHmac('sha256', keys.derived('code')).update(`nonce|${nonce}`).digest()));
}

/** « Remplacer mon code »: a code nobody can derive. */
export function newRandomCode(): string {
  return withCheck(symbolsOf(randomBytes(15)));
}

/** What is stored of a code. */
export function codeHash(keys: KeyRing, code: string): Buffer {
  return createHmac('sha256', keys.derived('code')).update(`code|${code}`).digest();
}

/** Five groups of five, for paper and screen. */
export function formatCode(code: string): string {
  return code.match(/.{5}/g)?.join('-') ?? code;
}

/**
 * What a person typed, as a code: case, spaces, dashes, O for 0, I and L for 1, full-width signs are forgiven (B-40).
 * @returns undefined when it cannot be a code; no look-up is needed then.
 */
export function normaliseCode(typed: string): string | undefined {
  if (typed.length > 200) return undefined;
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (code.length !== SYMBOLS + 1) return undefined;
  for (const symbol of code) if (!ALPHABET.includes(symbol)) return undefined;
  return withCheck(code.slice(0, SYMBOLS)) === code ? code : undefined;
}

function symbolsOf(bytes: Buffer): string {
  let symbols = '';
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    count += 8;
    while (count >= 5 && symbols.length < SYMBOLS) {
      count -= 5;
      symbols += ALPHABET.charAt((bits >> count) & 31);
      bits &= (1 << count) - 1;
    }
  }
  return symbols;
}

function withCheck(symbols: string): string {
  let sum = 0;
  for (const symbol of symbols) sum = doubled(sum ^ ALPHABET.indexOf(symbol));
  return symbols + ALPHABET.charAt(sum);
}

function doubled(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ POLYNOMIAL : shifted;
}

import { createHmac, randomBytes } from 'node:crypto';
import { ALPHABET, readSymbols, symbolsOf } from './code-symbols.ts';
import type { KeyRing } from './key-ring.ts';

const SYMBOLS = 24;
/** x⁵ + x² + 1: multiplication in the field of 32 elements makes every single error and every swap of neighbours visible. */
const POLYNOMIAL = 0b100101;

/** The code of a form's nonce: 24 symbols (120 bits) and a check symbol. The same nonce always gives the same code (C-1, C-2). */
export function codeFromNonce(keys: KeyRing, nonce: string): string {
  return withCheck(symbolsOf(createHmac('sha256', keys.derived('code')).update(`nonce|${nonce}`).digest(), SYMBOLS));
}

/** « Remplacer mon code »: a code nobody can derive. */
export function newRandomCode(): string {
  return withCheck(symbolsOf(randomBytes(15), SYMBOLS));
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
  const code = readSymbols(typed, SYMBOLS + 1);
  if (code === undefined) return undefined;
  return withCheck(code.slice(0, SYMBOLS)) === code ? code : undefined;
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

import { createHmac } from 'node:crypto';
import { readSymbols, symbolsOf } from './code-symbols.ts';
import type { KeyRing } from './key-ring.ts';

const SYMBOLS = 8;

/**
 * The short code of a mail (C-5): 40 bits, typed within ten minutes in the browser that asked. Made from the id of its access row
 * under a key outside the database, so that the mail can be written later while the row holds a hash only.
 */
export function shortCode(keys: KeyRing, accessId: string): string {
  return symbolsOf(createHmac('sha256', keys.derived('code')).update(`mail|${accessId}`).digest(), SYMBOLS);
}

/** What is stored of it, for one browser: the same code in another browser is another hash (T-16). */
export function shortCodeHash(keys: KeyRing, browserHash: Buffer, code: string): Buffer {
  return createHmac('sha256', keys.derived('code')).update('short|').update(browserHash).update(code).digest();
}

/** Two groups of four, for the mail. */
export function formatShortCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** @returns undefined when what was typed cannot be a short code. */
export function normaliseShortCode(typed: string): string | undefined {
  return readSymbols(typed, SYMBOLS);
}

import { codeFromNonce, codeHash } from '../privacy/case-code.ts';
import { readSymbols } from '../privacy/code-symbols.ts';
import type { KeyRing } from '../privacy/key-ring.ts';

/** Fifty bits: typed by people at work only, from a paper they hold. */
const SYMBOLS = 10;

/** What is printed on the paper copy of one questionnaire, made from its id: it can be printed again, nothing stored opens anything. */
export function paperToken(keys: KeyRing, questionnaireId: string): string {
  return codeFromNonce(keys, `paper|${questionnaireId}`).slice(0, SYMBOLS);
}

/** What is stored of it. */
export function paperHash(keys: KeyRing, token: string): Buffer {
  return codeHash(keys, `paper|${token}`);
}

/** Two groups of five. */
export function formatToken(token: string): string {
  return token.match(/.{5}/g)?.join('-') ?? token;
}

/** A token as typed, forgiving like a code; undefined when it cannot be one. */
export function readToken(typed: string): string | undefined {
  return readSymbols(typed, SYMBOLS);
}

import { createHash, createHmac } from 'node:crypto';
import type { KeyRing } from '../privacy/key-ring.ts';

/** Two bytes of zeros: some 65,000 tries, about a second on a new phone and ten on an old one (docs/decisions/0027). */
const ZERO_BYTES = 2;

/**
 * What a source over its budget may work on for one form, with script on. It is made from the form's nonce, which is accepted once: so is what
 * was worked out for it, and nothing is kept.
 */
export function challengeOf(keys: KeyRing, nonce: string): string {
  return createHmac('sha256', keys.derived('proof')).update(nonce).digest('base64url');
}

/** Does this answer begin with the zeros that were asked for? `answer` is whatever was posted. */
export function solves(challenge: string, answer: unknown): boolean {
  if (typeof answer !== 'string' || !/^\d{1,9}$/.test(answer)) return false;
  const hash = createHash('sha256').update(`${challenge}:${answer}`).digest();
  return hash.subarray(0, ZERO_BYTES).every((byte) => byte === 0);
}

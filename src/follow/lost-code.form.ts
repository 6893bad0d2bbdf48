import { readCaseNumber } from '../cases/case-number.ts';
import { normaliseEmail } from '../privacy/contact.ts';

export type LostCodeTyped = { number: string; email: string };
export type LostCodeRead = { ok: true; value: LostCodeTyped } | { ok: false; wrong: ('number' | 'email')[] };

/** Judges what was typed by its shape alone: whether it belongs to a request is never said (no oracle). */
export function readLostCode({ number, email }: LostCodeTyped): LostCodeRead {
  const readNumber = readCaseNumber(number);
  const readEmail = normaliseEmail(email);
  if (readNumber && readEmail.ok) return { ok: true, value: { number: readNumber, email: readEmail.value } };
  return {
    ok: false,
    wrong: [...(readNumber ? [] : ['number' as const]), ...(readEmail.ok ? [] : ['email' as const])],
  };
}

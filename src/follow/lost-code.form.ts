import { normaliseEmail } from '../privacy/contact.ts';

export type LostCodeTyped = { number: string; email: string };
export type LostCodeRead = { ok: true; value: LostCodeTyped } | { ok: false; wrong: ('number' | 'email')[] };

/** Judges what was typed by its shape alone: whether it belongs to a request is never said (no oracle). */
export function readLostCode({ number, email }: LostCodeTyped): LostCodeRead {
  const readNumber = caseNumberOf(number);
  const readEmail = normaliseEmail(email);
  if (readNumber && readEmail.ok) return { ok: true, value: { number: readNumber, email: readEmail.value } };
  return {
    ok: false,
    wrong: [...(readNumber ? [] : ['number' as const]), ...(readEmail.ok ? [] : ['email' as const])],
  };
}

/** « ms 2026 00123 » as MS-2026-00123. */
function caseNumberOf(typed: string): string | undefined {
  if (typed.length > 60) return undefined;
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replace(/^N°?(?=MS)/u, '');
  const [, year, rank] = /^MS(\d{4})(\d{5,9})$/.exec(bare) ?? [];
  return year && rank ? `MS-${year}-${rank}` : undefined;
}

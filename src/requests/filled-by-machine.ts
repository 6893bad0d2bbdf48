/** The field nobody sees; a program that fills every field fills it too. */
export const TRAP = 'website';

/** Real time in which no person reads and answers seven screens. */
const TOO_FAST_MS = 3_000;

/** A sign, never a proof: the request is accepted with the same answer, and the team looks at it (C-9, B-38). */
export function looksFilledByMachine(form: { startedAt: number; sentAt: number; trap: unknown }): boolean {
  return form.sentAt - form.startedAt < TOO_FAST_MS || (form.trap !== undefined && form.trap !== '');
}

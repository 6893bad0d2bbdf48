import type { Translate } from '../i18n/catalogue.ts';

/** Why a wait does not run (T24, T25): the case rests until a day, or a partner is waited for. */
export type Holding = { suspendedUntil: string | null };

/** « En pause », with what ends it. */
export function heldWords(t: Translate, { suspendedUntil }: Holding): string {
  return suspendedUntil ? t('staff.held.suspended', { day: t.longDate(suspendedUntil) }) : t('staff.held.partner');
}

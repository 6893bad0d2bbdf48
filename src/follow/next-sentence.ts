import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { NextWait } from './next-wait.query.ts';

/** Who does what before when; once that day has passed, that we are late and who knows it. */
export function nextSentence(t: PublicTranslate, { what, dueDay, late }: NextWait, phone: string): string {
  return late ? t('follow.next.late', { phone }) : t(`follow.next.${what}`, { date: t.longDate(dueDay) });
}

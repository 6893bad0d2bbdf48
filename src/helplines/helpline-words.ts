import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { CODES_WITH_HOURS, type HelplineRow, KNOWN_CODES } from './helpline.ts';

/** How a number is said on a page: the town's own words, which are French, else those of the catalogue. */
export type HelplineWords = { number: string; who: string; when: string | undefined; lang: 'fr' | undefined };

export function helplineWords(t: PublicTranslate, row: HelplineRow): HelplineWords {
  const own = row.who !== null || row.hours !== null;
  return {
    number: row.number.replaceAll(' ', '\u00A0'),
    who: row.who ?? knownName(t, row.code) ?? '',
    when: row.hours ?? knownHours(t, row.code),
    lang: own && t.locale !== 'fr' ? 'fr' : undefined,
  };
}

export function knownName(t: PublicTranslate, code: string): string | undefined {
  const known = KNOWN_CODES.find((one) => one === code);
  return known && t(`home.safety.${known}` as PublicKey);
}

export function knownHours(t: PublicTranslate, code: string): string | undefined {
  const known = CODES_WITH_HOURS.find((one) => one === code);
  return known && t(`home.safety.${known}When` as PublicKey);
}

/** « 119 – Enfant en danger · 24 h/24 », where a number is one line of a text. */
export function helplineLines(t: PublicTranslate, rows: readonly HelplineRow[]): string[] {
  return rows.map((row) => {
    const { number, who, when } = helplineWords(t, row);
    return [`${number} – ${who}`, when].filter(Boolean).join(' · ');
  });
}

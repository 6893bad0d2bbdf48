import type { PublicTranslate } from '../i18n/catalogue.ts';

/** Words one after the other, with the comma of the language. */
export function listed(t: PublicTranslate, words: readonly string[]): string {
  const [first = '', ...others] = words;
  return others.reduce((before, next) => t('ui.listed', { before, next }), first);
}

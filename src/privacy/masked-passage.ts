import type { PublicTranslate } from '../i18n/catalogue.ts';

/** What stands in a text where a passage was masked (R79); pages say it in the language of whoever reads. */
export const MASKED = '[passage masqué par l’équipe]';

const SIGN_OF_A_WORD = '[\\p{L}\\p{N}]';

/**
 * The text with every occurrence of a passage masked; nothing where it does not stand there. Line breaks and blanks count as one, and a passage that ends
 * on a word is not found within a longer one.
 */
export function maskPassage(text: string, passage: string): string | undefined {
  const words = passage.trim().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return undefined;
  const literal = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+');
  const bound = (side: string, sign: string | undefined) =>
    sign && new RegExp(SIGN_OF_A_WORD, 'u').test(sign) ? `(?${side}!${SIGN_OF_A_WORD})` : '';
  const found = new RegExp(`${bound('<', passage.trim().at(0))}${literal}${bound('', passage.trim().at(-1))}`, 'gu');
  const masked = text.replaceAll(found, MASKED);
  return masked === text ? undefined : masked;
}

/** The text as somebody reads it in their language. */
export function shownMasked(t: PublicTranslate, text: string): string {
  return text.replaceAll(MASKED, t('ui.masked'));
}

/** The words people read: one translator per language and time zone, built once and kept. */
import { IntlMessageFormat } from 'intl-messageformat';
import type { CalendarWords } from './calendar-words.ts';
import { calendarWords } from './calendar-words.ts';
import type { Locale } from './languages.ts';
import { catalogues, languageFacts } from './languages.ts';
import type { MessageKey, PublicKey } from './message-key.ts';

export type { MessageKey, PublicKey } from './message-key.ts';
export type { Locale } from './languages.ts';

export type MessageValues = Readonly<Record<string, string | number>>;

interface Says<Key extends string> extends CalendarWords {
  (key: Key, values?: MessageValues): string;
  readonly locale: Locale;
  /** BCP 47 tag for `<html lang>`. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  /** A person has read and checked all of it; otherwise its texts say that they are a translation, and that French counts (R101). */
  readonly checked: boolean;
}

/**
 * What residents read, in their language: `t('ui.skip')`, `t('ui.missing', { count: 2 })`. Throws when a value the text needs is not given.
 * Dates go in as words: `t('follow.before', { date: t.longDate(dueDate) })`.
 */
export type PublicTranslate = Says<PublicKey>;
/** All texts, those of the team and of partners too: in French. */
export type Translate = Says<MessageKey>;

const defaultTimeZone = 'Europe/Paris';
const kept = new Map<string, Translate>();

/** The translator of a language; instants are said in `timeZone` (the town's), Europe/Paris when not given. */
export function translator(locale: 'fr', options?: { timeZone?: string }): Translate;
export function translator(locale: Locale, options?: { timeZone?: string }): PublicTranslate;
export function translator(locale: Locale, options: { timeZone?: string } = {}): PublicTranslate {
  const timeZone = options.timeZone ?? defaultTimeZone;
  const id = `${locale} ${timeZone}`;
  const known = kept.get(id);
  if (known) return known;
  const made = makeTranslator(locale, timeZone);
  kept.set(id, made);
  return made;
}

function makeTranslator(locale: Locale, timeZone: string): Translate {
  // Only French has the texts of the team; the signature above lets no other language be asked for them. A text that a test missed is said in
  // French rather than not at all.
  const texts: Readonly<Partial<Record<MessageKey, string>>> = catalogues[locale];
  const { tag, format: numbers, direction, checked } = languageFacts[locale];
  const formats = new Map<MessageKey, IntlMessageFormat>();
  const translate = (key: MessageKey, values?: MessageValues): string => {
    let format = formats.get(key);
    if (!format) {
      format = new IntlMessageFormat(texts[key] ?? catalogues.fr[key], numbers, undefined, { ignoreTag: true });
      formats.set(key, format);
    }
    return String(format.format(values));
  };
  return Object.assign(translate, { locale, tag, direction, checked, ...calendarWords(locale, timeZone) });
}

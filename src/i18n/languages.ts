/** The languages residents may read (spec §4.8). A language is listed here once it has every text; the parity test compares them. */
import * as ar from './locales/ar/rooms.ts';
import * as en from './locales/en/rooms.ts';
import * as frSimple from './locales/fr-simple/rooms.ts';
import * as pt from './locales/pt/rooms.ts';
import * as tr from './locales/tr/rooms.ts';
import type { MessageKey, PublicKey } from './message-key.ts';
import { frenchRooms, type publicRooms } from './rooms.ts';

export const locales = ['fr', 'fr-simple', 'en', 'ar', 'tr', 'pt'] as const;

export type Locale = (typeof locales)[number];

/** All that residents read in one language, flat. */
export type Catalogue = Readonly<Record<PublicKey, string>>;
type Rooms = Readonly<Record<keyof typeof publicRooms, Readonly<Record<string, string>>>>;

function flatten<Key extends string>(rooms: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  // The key type is computed from the French rooms, which TypeScript cannot follow through Object.values; the parity test compares.
  return Object.assign({}, ...Object.values(rooms)) as Readonly<Record<Key, string>>;
}
const complete = (rooms: Rooms): Catalogue => flatten<PublicKey>(rooms);

export const catalogues = {
  fr: flatten<MessageKey>(frenchRooms),
  'fr-simple': complete(frSimple),
  en: complete(en),
  ar: complete(ar),
  tr: complete(tr),
  pt: complete(pt),
} satisfies Record<Locale, Catalogue>;

export type LanguageFacts = {
  /** In its own script, for the list of languages. */
  readonly ownName: string;
  /** BCP 47, for `<html lang>`. */
  readonly tag: string;
  /** BCP 47, for numbers and dates: digits as people in France read them. */
  readonly format: string;
  readonly direction: 'ltr' | 'rtl';
  /** A person has read and checked it: only then may somebody agree on it alone, without an interpreter who is named (R101). */
  readonly checked: boolean;
};

export const languageFacts = {
  fr: { ownName: 'Français', tag: 'fr', format: 'fr', direction: 'ltr', checked: true },
  'fr-simple': { ownName: 'Français simple', tag: 'fr', format: 'fr', direction: 'ltr', checked: false },
  en: { ownName: 'English', tag: 'en', format: 'en-GB', direction: 'ltr', checked: false },
  ar: { ownName: 'العربية', tag: 'ar', format: 'ar-u-nu-latn', direction: 'rtl', checked: false },
  tr: { ownName: 'Türkçe', tag: 'tr', format: 'tr', direction: 'ltr', checked: false },
  pt: { ownName: 'Português', tag: 'pt', format: 'pt-PT', direction: 'ltr', checked: false },
} satisfies Record<Locale, LanguageFacts>;

/** A language of ours by its name; undefined for anything else. */
export function localeNamed(name: string | undefined): Locale | undefined {
  return locales.find((known) => known === name);
}

/** The languages residents may read (spec §4.8). A language is listed here once it has every text; the parity test compares them. */
import type { MessageKey, PublicKey } from './message-key.ts';
import { frenchRooms } from './rooms.ts';

export const locales = ['fr'] as const;

export type Locale = (typeof locales)[number];

/** All that residents read in one language, flat. */
export type Catalogue = Readonly<Record<PublicKey, string>>;
function flatten<Key extends string>(rooms: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  // The key type is computed from the French rooms, which TypeScript cannot follow through Object.values; the parity test compares.
  return Object.assign({}, ...Object.values(rooms)) as Readonly<Record<Key, string>>;
}

export const catalogues = {
  fr: flatten<MessageKey>(frenchRooms),
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
} satisfies Record<Locale, LanguageFacts>;

/** A language of ours by its name; undefined for anything else. */
export function localeNamed(name: string | undefined): Locale | undefined {
  return locales.find((known) => known === name);
}

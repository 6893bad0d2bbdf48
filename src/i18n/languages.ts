/**
 * The languages residents may read (spec §4.8). A language is listed here only once a person has checked its whole catalogue;
 * the next ones are fr-simple, en, ar, tr and pt.
 */
import type { MessageKey } from './message-key.ts';
import { frenchRooms } from './rooms.ts';

export const locales = ['fr'] as const;

export type Locale = (typeof locales)[number];

/** All the texts of one language, flat. Other languages merge their own rooms the same way and must hold every key. */
export type Catalogue = Readonly<Record<MessageKey, string>>;

function flatten(rooms: Readonly<Record<string, Readonly<Record<string, string>>>>): Catalogue {
  // The key type is computed from the very same rooms, which TypeScript cannot follow through Object.values.
  return Object.assign({}, ...Object.values(rooms)) as Catalogue;
}

export const catalogues = { fr: flatten(frenchRooms) } satisfies Record<Locale, Catalogue>;

/** How a language names itself and which way it is read, for the list of languages and for `<html dir>`. */
export const languageFacts = {
  fr: { ownName: 'Français', tag: 'fr', direction: 'ltr' },
} satisfies Record<Locale, { ownName: string; tag: string; direction: 'ltr' | 'rtl' }>;

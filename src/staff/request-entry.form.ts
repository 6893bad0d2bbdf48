import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';
import { type Locale, locales } from '../i18n/languages.ts';
import { ENTRY_ORIGINS, type Entry, type EntryChannel, RAISED_BY } from '../requests/entry.ts';
import { checkScreen, type FieldErrors, type KnownCodes } from '../requests/request.form.ts';
import { isSignal, SCREEN_ORDER, SCREENS } from '../requests/screens.ts';

// F1 as somebody of the team types it for a person (R27): the form's own fields, and what is known of the telling.

// The keys of a constant table are its type.
export const ENTRY_CHANNELS = Object.keys(ENTRY_ORIGINS) as EntryChannel[];
export const AGREED = ['oral', 'paper'] as const satisfies readonly Entry['agreed'][];
const OWN = ['channel', 'raised_by', 'said_on', 'ui_language', 'agreed'] as const;

/** Names this page may post; anything else is refused. */
export const ENTRY_FIELDS = {
  one: ['by', 'form', ...OWN, ...SCREEN_ORDER.flatMap((screen) => [...SCREENS[screen].one])],
  many: SCREEN_ORDER.flatMap((screen) => [...SCREENS[screen].many]),
};

/** By which door, and on which day: of a request as of a place without a name. */
export const Door = z.object({
  channel: z.enum(ENTRY_CHANNELS, 'channel'),
  said_on: z.string().trim().max(60, 'said_on').default(''),
});
const Telling = Door.extend({
  raised_by: z.enum([...RAISED_BY, ''], 'raised_by').default(''),
  ui_language: z.enum(locales, 'ui_language'),
  agreed: z.enum(AGREED, 'agreed'),
});

export type ReadEntry =
  { ok: true; entry: Entry; uiLanguage: Locale } | { ok: false; own: FieldErrors; form: FieldErrors };

/** What is wrong with the whole page at once: keys of `staff.entry.error` for its own fields, of `request.error` for the form's. */
export function readEntry(answers: Answers, known: KnownCodes): ReadEntry {
  const telling = Telling.safeParse(answers);
  const form: FieldErrors = Object.assign({}, ...SCREEN_ORDER.map((screen) => checkScreen(screen, answers, known)));
  // A place without a name is pointed out on the public form, which asks nobody who they are.
  if (isSignal(answers)) form['need'] = 'need';
  if (telling.success && Object.keys(form).length === 0) {
    const { channel, raised_by: raisedBy, said_on: saidOn, agreed, ui_language: uiLanguage } = telling.data;
    return { ok: true, entry: { channel, saidOn, agreed, ...(raisedBy ? { raisedBy } : {}) }, uiLanguage };
  }
  return { ok: false, own: faultsOf(telling), form };
}

/** Field → key of `staff.entry.error`. */
export function faultsOf({ error }: z.ZodSafeParseResult<unknown>): FieldErrors {
  return Object.fromEntries(error?.issues.map(({ path, message }) => [String(path[0]), message]) ?? []);
}

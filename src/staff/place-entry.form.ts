import type { Answers } from '../http/form-body.ts';
import type { Entry } from '../requests/entry.ts';
import { checkScreen, type FieldErrors, type KnownCodes } from '../requests/request.form.ts';
import { SCREENS, SIGNAL_ORDER } from '../requests/screens.ts';
import { Door, faultsOf } from './request-entry.form.ts';

// A place without a name as somebody of the team types it: the form's own fields, and by which door it came. No field is about a person.

/** Its screens: what is wanted is said by the page. */
export const PLACE_SCREENS = SIGNAL_ORDER.filter((screen) => screen !== 'need');

/** Names this page may post; anything else is refused. */
export const PLACE_FIELDS = {
  one: ['by', 'form', 'channel', 'said_on', ...PLACE_SCREENS.flatMap((screen) => [...SCREENS[screen].one])],
  many: PLACE_SCREENS.flatMap((screen) => [...SCREENS[screen].many]),
};

export type ReadPlaceEntry =
  { ok: true; entry: Pick<Entry, 'channel' | 'saidOn'> } | { ok: false; own: FieldErrors; form: FieldErrors };

/** What is wrong with the whole page at once. */
export function readPlaceEntry(answers: Answers, known: KnownCodes): ReadPlaceEntry {
  const door = Door.safeParse(answers);
  const form: FieldErrors = Object.assign({}, ...PLACE_SCREENS.map((screen) => checkScreen(screen, answers, known)));
  if (!door.success || Object.keys(form).length > 0) return { ok: false, own: faultsOf(door), form };
  return { ok: true, entry: { channel: door.data.channel, saidOn: door.data.said_on } };
}

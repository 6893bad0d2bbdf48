import { raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { TownView } from './town-view.ts';

const made = new WeakMap<object, Map<string, string>>();

/**
 * A part that says the same to everybody who reads pages of a town in one language: made once, and again when the town is read again, for that is
 * another `town`. `how` names the part and all that changes it.
 */
export function madeOnce(
  t: PublicTranslate,
  town: TownView,
  how: readonly unknown[],
  make: () => { toString(): string },
): HtmlEscapedString {
  const parts = made.get(town) ?? new Map<string, string>();
  made.set(town, parts);
  const key = JSON.stringify([t.locale, ...how]);
  const html = parts.get(key) ?? make().toString();
  parts.set(key, html);
  return raw(html);
}

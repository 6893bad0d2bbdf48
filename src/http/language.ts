import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { type Locale, translator } from '../i18n/catalogue.ts';
import { localeNamed, locales } from '../i18n/languages.ts';
import { readCookie, writeCookie } from './cookies.ts';
import { addressesLike, ROUTE_TABLE } from './route-table.ts';
import type { PublicTown, Town } from './town-of-request.ts';

// Which language residents read (§4.8): the one chosen with the switch, else the first their browser asks for that we have, else French.

declare module 'hono' {
  interface ContextVariableMap {
    /** Chosen with this very request. */
    language: Locale | undefined;
  }
}

const HEADER_SIGNS = 1_000;

/** The town, its pages in the language of whoever asks. */
export function inReadersLanguage(c: Context, town: Town): PublicTown {
  return townIn(languageOf(c), town);
}

const readings = new WeakMap<Town, Map<Locale, PublicTown>>();

/**
 * The town in one language, for a paper that is read by somebody else than whoever asks for it. The same object until the town is read
 * again: a page made of nothing else may be kept with it.
 */
export function townIn(language: Locale, town: Town): PublicTown {
  const known = readings.get(town) ?? new Map<Locale, PublicTown>();
  readings.set(town, known);
  const read = known.get(language) ?? {
    ...town,
    view: { ...town.view, ...town.words[language] },
    t: translator(language, { timeZone: town.timeZone }),
  };
  known.set(language, read);
  return read;
}

/** From this page on, in this language. */
export function readOnIn(c: Context, language: Locale): void {
  writeCookie(c, 'langue', language);
  c.set('language', language);
}

function languageOf(c: Context): Locale {
  return c.get('language') ?? localeNamed(readCookie(c, 'langue')) ?? askedFor(c);
}

function askedFor(c: Context): Locale {
  // Longer lists are no browser's (B-35).
  if ((c.req.header('accept-language')?.length ?? 0) > HEADER_SIGNS) return 'fr';
  const found = accepts(c, {
    header: 'Accept-Language',
    supports: [...locales],
    default: 'fr',
    match: (wanted, { supports, default: french }) =>
      wanted
        .filter(({ q }) => q > 0)
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => type.toLowerCase().split('-')[0])
        .find((language) => language && supports.includes(language)) ?? french,
  });
  return localeNamed(found) ?? 'fr';
}

/** /langue/ar: reads on in that language, on the page one came from. Pages that answer a post are opened where they begin. */
export function languageRoutes(origins: () => readonly string[]): Hono {
  const app = new Hono();
  app.get('/langue/:language', (c) => {
    const chosen = localeNamed(c.req.param('language'));
    if (!chosen) return c.notFound();
    readOnIn(c, chosen);
    return c.redirect(pageBehind(c.req.header('referer'), origins()), 303);
  });
  return app;
}

/** The page of ours a link was on, as far as it can be opened again; the home page otherwise. */
function pageBehind(referer: string | undefined, origins: readonly string[]): string {
  const from = referer && URL.canParse(referer) ? new URL(referer) : undefined;
  if (!from || !origins.some((ours) => new URL(ours).origin === from.origin)) return '/';
  let path = from.pathname;
  while (path !== '' && !OPENABLE.some((pattern) => pattern.test(path))) path = path.slice(0, path.lastIndexOf('/'));
  return path === from.pathname ? path + from.search : path || '/';
}

const OPENABLE = ROUTE_TABLE.filter(([method, path]) => method === 'GET' && !path.startsWith('/langue')).map(
  ([, path]) => addressesLike(path),
);

import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { cookieValues } from '../accounts/own-cookies.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** Set by the app for every request, from the public origin. */
    secureCookies: boolean;
  }
}

const COOKIES = [
  'recu',
  'signale',
  'rappel',
  'suivi',
  'participation',
  'partenaire',
  'code_partenaire',
  'perdu',
  'remplacer',
  'nouveau',
  'langue',
  'saisie',
  'remis',
] as const;
export type CookieName = (typeof COOKIES)[number];

/** Real seconds each cookie lives. */
const LIFE: Record<CookieName, number> = {
  recu: 1_800,
  signale: 1_800,
  rappel: 1_800,
  suivi: 1_800,
  participation: 1_800,
  partenaire: 14_400,
  code_partenaire: 900,
  perdu: 900,
  remplacer: 900,
  nouveau: 600,
  langue: 2_592_000,
  saisie: 900,
  remis: 900,
};

/** On https: `__Host-` and Secure. On http, which is the demo on loopback only, neither (architecture.md, "What runs"). */
function fullName(c: Context, name: CookieName): string {
  return isSecure(c) ? `__Host-${name}` : name;
}

function isSecure(c: Context): boolean {
  return c.get('secureCookies');
}

export function writeCookie(c: Context, name: CookieName, value: string): void {
  setCookie(c, fullName(c, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(c),
    maxAge: LIFE[name],
  });
}

export function cookieExpiry(name: CookieName): number {
  return Date.now() + LIFE[name] * 1000;
}

/** The one value under this name; none when it comes twice, since nobody can say which is meant (B-34). */
export function readCookie(c: Context, name: CookieName): string | undefined {
  const [value, second] = cookieValues(c.req.raw.headers, fullName(c, name));
  return second === undefined ? value : undefined;
}

/** Everything this browser knows of a request. */
export function dropAllCookies(c: Context): void {
  for (const name of COOKIES) dropCookie(c, name);
}

export function dropCookie(c: Context, name: CookieName): void {
  deleteCookie(c, fullName(c, name), { path: '/', secure: isSecure(c) });
}

/** Whole Set-Cookie lines, as src/accounts gives them. */
export function addCookies(c: Context, lines: readonly string[]): void {
  for (const line of lines) c.header('Set-Cookie', line, { append: true });
}

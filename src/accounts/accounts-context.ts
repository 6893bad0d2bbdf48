import { isAPIError } from 'better-auth/api';
import type { Auth } from './auth.ts';
import type { AuthDb } from './auth-database.ts';

/** What each operation on accounts works with. */
export type AccountsContext = {
  auth: Auth;
  db: AuthDb;
  cookies: { session: string; challenge: string };
  trustedOrigins(): readonly string[];
};

/** better-auth looks at the origin in its HTTP handler only, which is not mounted: here a foreign page is refused again (T-22). */
export function comesFromUs(ctx: AccountsContext, headers: Headers): boolean {
  const origin = headers.get('origin');
  return origin === null || ctx.trustedOrigins().includes(origin);
}

/** The Set-Cookie lines of the library for our two cookies; it also clears cookies that we never use. */
export function ownSetCookies(ctx: AccountsContext, headers: Headers): string[] {
  const names = Object.values(ctx.cookies);
  return headers.getSetCookie().filter((line) => names.includes(line.slice(0, line.indexOf('='))));
}

/**
 * The code of an expected refusal by better-auth.
 * @throws the error itself when it is anything else: a lost database is not a wrong password.
 */
export function refusalCode(error: unknown): string {
  if (!isAPIError(error) || error.statusCode >= 500) throw error;
  return error.body?.code ?? 'REFUSED';
}

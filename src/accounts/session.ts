import { sql } from 'kysely';
import { type AccountsContext, comesFromUs, ownSetCookies } from './accounts-context.ts';
import { AccountError } from './errors.ts';
import { cookieValues, onlyCookie, withCookie } from './own-cookies.ts';

export type Session = { authUserId: string; sessionId: string; secondFactor: boolean };

/**
 * Who this request's session belongs to, read from the database each time, so that a revocation counts at once (B-52). Undefined for
 * none, ended, forged, or two session cookies (B-34). `secondFactor` is about this session, not about the account (R89).
 */
export async function sessionOf(ctx: AccountsContext, headers: Headers): Promise<Session | undefined> {
  const own = onlyCookie(headers, ctx.cookies.session);
  const found = own && (await ctx.auth.api.getSession({ headers: own }).catch((error: unknown) => why(ctx, error)));
  if (!found || !(await stillUsed(ctx, found.session))) return undefined;
  return { authUserId: found.user.id, sessionId: found.session.id, secondFactor: found.session.secondFactor };
}

/** better-auth says no more than that it failed. @throws what the database says, where it is away; else the error itself. */
async function why(ctx: AccountsContext, error: unknown): Promise<never> {
  await sql`select 1`.execute(ctx.db);
  throw error;
}

const UNUSED_MS = 2 * 3_600_000;
const NOTED_EVERY_MS = 60_000;

/** Two hours without use end a session; a use is noted at most once a minute. Real time. */
async function stillUsed(ctx: AccountsContext, session: { id: string; updatedAt: Date }): Promise<boolean> {
  const unused = Date.now() - session.updatedAt.getTime();
  if (unused >= UNUSED_MS) await ctx.db.deleteFrom('session').where('id', '=', session.id).execute();
  else if (unused > NOTED_EVERY_MS)
    await sql`update session set "updatedAt" = clock_timestamp() where id = ${session.id}`.execute(ctx.db);
  return unused < UNUSED_MS;
}

/** Ends every session this browser presents, two included, and clears its cookie. */
export async function signOut(ctx: AccountsContext, headers: Headers): Promise<{ setCookies: string[] }> {
  if (!comesFromUs(ctx, headers)) return { setCookies: [] };
  const presented = cookieValues(headers, ctx.cookies.session).map((value) => withCookie(ctx.cookies.session, value));
  let setCookies: string[] = [];
  for (const own of presented.length > 0 ? presented : [new Headers()]) {
    const answer = await ctx.auth.api.signOut({ headers: own, returnHeaders: true });
    setCookies = ownSetCookies(ctx, answer.headers);
  }
  return { setCookies };
}

/**
 * Ends every session, half-done sign-in and invitation of an account. It does not lock the account: somebody who left is kept out by
 * `person.active`, which each request asks for.
 */
export async function revokeAll(ctx: AccountsContext, authUserId: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('session').where('userId', '=', authUserId).execute();
    await tx.deleteFrom('verification').where('value', '=', authUserId).execute();
    await tx.deleteFrom('invitation').where('user_id', '=', authUserId).where('used_at', 'is', null).execute();
  });
}

/** @throws AccountError unknown_account */
export async function signInAs(ctx: AccountsContext, authUserId: string): Promise<{ setCookies: string[] }> {
  const answer = await ctx.auth.api.demoSignIn({ body: { userId: authUserId }, returnHeaders: true });
  if (!answer.response.known) throw new AccountError('unknown_account');
  return { setCookies: ownSetCookies(ctx, answer.headers) };
}

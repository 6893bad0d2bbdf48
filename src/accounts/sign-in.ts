import { sql } from 'kysely';
import { z } from 'zod';
import { type AccountsContext, comesFromUs, ownSetCookies, refusalCode } from './accounts-context.ts';
import { onlyCookie } from './own-cookies.ts';

export type SignIn = { email: string; password: string; headers: Headers };
export type SignInResult = { step: 'totp' | 'done' | 'refused'; setCookies: string[] };
export type TotpTry = { code: string; headers: Headers };
/** `startAgain`: the password step has to be done again; otherwise another code may be typed. */
export type TotpResult =
  { ok: true; authUserId: string; setCookies: string[] } | { ok: false; startAgain: boolean; setCookies: string[] };

/**
 * First step. An unknown address, an account without password and a wrong password cost the same hash and get the same answer (T-19).
 * No cookie of the browser reaches the library, so no remembered device and no earlier session can shorten the way.
 */
export async function signIn(ctx: AccountsContext, { email, password, headers }: SignIn): Promise<SignInResult> {
  // What is no address at all cannot be an account, nor reach a statement.
  if (!comesFromUs(ctx, headers) || !z.email().safeParse(email).success) return { step: 'refused', setCookies: [] };
  await undoHalfEnrolment(ctx, email);
  try {
    const answer = await ctx.auth.api.signInEmail({
      body: { email, password },
      headers: new Headers(),
      returnHeaders: true,
    });
    const step = 'twoFactorRedirect' in answer.response ? 'totp' : 'done';
    return { step, setCookies: ownSetCookies(ctx, answer.headers) };
  } catch (error) {
    refusalCode(error);
    return { step: 'refused', setCookies: [] };
  }
}

/** Second step, bound to the browser that did the first one. Only its challenge reaches the library: no session counts as one. */
export async function verifyTotp(ctx: AccountsContext, { code, headers }: TotpTry): Promise<TotpResult> {
  const challenge = comesFromUs(ctx, headers) ? onlyCookie(headers, ctx.cookies.challenge) : undefined;
  if (!challenge) return { ok: false, startAgain: true, setCookies: [] };
  try {
    const body = { code: code.replaceAll(/\s/g, '') };
    const answer = await ctx.auth.api.verifyTOTP({ body, headers: challenge, returnHeaders: true });
    return { ok: true, authUserId: answer.response.user.id, setCookies: ownSetCookies(ctx, answer.headers) };
  } catch (error) {
    return { ok: false, startAgain: refusalCode(error) !== 'INVALID_CODE', setCookies: [] };
  }
}

/**
 * An enrolment cut between better-auth's two writes asks for a code that it will never accept. A minute later the account is as before
 * enrolling; one that is going on right now is left alone.
 */
async function undoHalfEnrolment(ctx: AccountsContext, email: string): Promise<void> {
  await sql`
    update "user" set "twoFactorEnabled" = false
    where "email" = ${email.toLowerCase()} and "twoFactorEnabled" and "updatedAt" < clock_timestamp() - interval '1 minute'
      and not exists (select 1 from "twoFactor" where "twoFactor"."userId" = "user"."id" and "twoFactor"."verified")`.execute(
    ctx.db,
  );
}

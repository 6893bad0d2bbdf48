import { isDuplicate } from '../db/duplicate.ts';
import { type AccountsContext, comesFromUs, ownSetCookies, refusalCode } from './accounts-context.ts';
import { onlyCookie } from './own-cookies.ts';
import { sessionOf } from './session.ts';
import type { TotpTry } from './sign-in.ts';

/** For an authenticator application: the address behind the QR code, and the same secret in base 32 for typing. */
export type TotpSecret = { uri: string; secret: string };

export type EnrolResult = { ok: true; authUserId: string; setCookies: string[] } | { ok: false; setCookies: string[] };

/** A new secret, without effect until a code confirms it. Undefined: no session, wrong password, or a second factor is there already. */
export async function beginTotp(
  ctx: AccountsContext,
  { headers, password }: { headers: Headers; password: string },
): Promise<TotpSecret | undefined> {
  const own = comesFromUs(ctx, headers) ? onlyCookie(headers, ctx.cookies.session) : undefined;
  const session = own && (await sessionOf(ctx, headers));
  if (!session) return undefined;
  try {
    const begun = await ctx.auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers: own });
    if (begun.method !== 'totp') return undefined;
    // Steps spent under another secret say nothing about this one.
    await ctx.db.deleteFrom('totp_claim').where('user_id', '=', session.authUserId).execute();
    return { uri: begun.totpURI, secret: new URL(begun.totpURI).searchParams.get('secret') ?? '' };
  } catch (error) {
    // The same button pressed twice: the other press made the secret.
    if (!isDuplicate(error)) refusalCode(error);
    return undefined;
  }
}

/**
 * Enrols with a first code. This session becomes one opened by a second factor, under a new cookie; the account's other sessions,
 * which never showed one, end.
 */
export async function confirmTotp(ctx: AccountsContext, { code, headers }: TotpTry): Promise<EnrolResult> {
  const refused: EnrolResult = { ok: false, setCookies: [] };
  const own = comesFromUs(ctx, headers) ? onlyCookie(headers, ctx.cookies.session) : undefined;
  const session = own && (await sessionOf(ctx, headers));
  if (!session || !(await isEnrolling(ctx, session.authUserId))) return refused;
  try {
    const body = { code: code.replaceAll(/\s/g, '') };
    const answer = await ctx.auth.api.verifyTOTP({ body, headers: own, returnHeaders: true });
    const unproven = ctx.db.deleteFrom('session').where('userId', '=', session.authUserId);
    await unproven.where('secondFactor', '=', false).execute();
    return { ok: true, authUserId: session.authUserId, setCookies: ownSetCookies(ctx, answer.headers) };
  } catch (error) {
    refusalCode(error);
    return refused;
  }
}

async function isEnrolling(ctx: AccountsContext, authUserId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('twoFactor')
    .select('verified')
    .where('userId', '=', authUserId)
    .executeTakeFirst();
  return row?.verified === false;
}

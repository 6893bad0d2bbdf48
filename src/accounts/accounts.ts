import { refusePrivilegedLogin } from '../db/transaction.ts';
import type { AccountsContext } from './accounts-context.ts';
import { type AuthOptions, cookieNames, createAuth } from './auth.ts';
import { openAuthDatabase } from './auth-database.ts';
import { createAccount, type NewAccount } from './create-account.ts';
import { beginTotp, confirmTotp, type EnrolResult, type TotpSecret } from './enrol.ts';
import { AccountError } from './errors.ts';
import { type Acceptance, acceptInvitation, type AcceptResult, createInvitation } from './invite.ts';
import { revokeAll, type Session, sessionOf, signInAs, signOut } from './session.ts';
import { accountOf, forgetFactors, type Standing, standingOf } from './standing.ts';
import { signIn, type SignIn, type SignInResult, type TotpResult, type TotpTry, verifyTotp } from './sign-in.ts';

export type AccountsOptions = AuthOptions & {
  /** As passerelle_auth. */
  url: string;
  /** Without it `signInAs` refuses. */
  demo: boolean;
};

/** Staff accounts, the one way in for the rest of the program. Headers are the request's own; setCookies are whole Set-Cookie lines. */
export type Accounts = {
  /** @returns better-auth's user id. @throws AccountError bad_address, address_taken or password_* */
  createAccount(account: NewAccount): Promise<string>;
  signIn(attempt: SignIn): Promise<SignInResult>;
  verifyTotp(attempt: TotpTry): Promise<TotpResult>;
  beginTotp(wish: { headers: Headers; password: string }): Promise<TotpSecret | undefined>;
  confirmTotp(attempt: TotpTry): Promise<EnrolResult>;
  sessionOf(headers: Headers): Promise<Session | undefined>;
  /** @throws AccountError demo_only or unknown_account */
  signInAs(authUserId: string): Promise<{ setCookies: string[] }>;
  signOut(headers: Headers): Promise<{ setCookies: string[] }>;
  revokeAll(authUserId: string): Promise<void>;
  /** @throws AccountError unknown_account */
  createInvitation(authUserId: string): Promise<string>;
  acceptInvitation(acceptance: Acceptance): Promise<AcceptResult>;
  standingOf(authUserIds: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  forgetFactors(authUserId: string): Promise<void>;
  accountOf(email: string): Promise<string | undefined>;
  close(): Promise<void>;
};

/** @throws Error when the login is superuser or bypasses row-level security, or the secret is too short. */
export async function openAccounts(options: AccountsOptions): Promise<Accounts> {
  const { db, login } = openAuthDatabase(options.url, options.log);
  try {
    await refusePrivilegedLogin(login);
    const auth = createAuth(db, options);
    await auth.$context;
    return accountsOf(
      { auth, db, cookies: cookieNames(options.secureCookies), trustedOrigins: options.trustedOrigins },
      options.demo,
    );
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

function accountsOf(ctx: AccountsContext, demo: boolean): Accounts {
  return {
    createAccount: (account) => createAccount(ctx, account),
    signIn: (attempt) => signIn(ctx, attempt),
    verifyTotp: (attempt) => verifyTotp(ctx, attempt),
    beginTotp: (wish) => beginTotp(ctx, wish),
    confirmTotp: (attempt) => confirmTotp(ctx, attempt),
    sessionOf: (headers) => sessionOf(ctx, headers),
    signInAs: async (authUserId) => {
      if (!demo) throw new AccountError('demo_only');
      return signInAs(ctx, authUserId);
    },
    signOut: (headers) => signOut(ctx, headers),
    revokeAll: (authUserId) => revokeAll(ctx, authUserId),
    createInvitation: (authUserId) => createInvitation(ctx, authUserId),
    acceptInvitation: (acceptance) => acceptInvitation(ctx, acceptance),
    standingOf: (authUserIds) => standingOf(ctx, authUserIds),
    forgetFactors: (authUserId) => forgetFactors(ctx, authUserId),
    accountOf: (email) => accountOf(ctx, email),
    close: () => ctx.db.destroy(),
  };
}

import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins';
import type { Log } from '../log.ts';
import type { AuthDb } from './auth-database.ts';
import { claimTotpStep } from './claim-totp-step.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from './password-policy.ts';
import { demoSignIn } from './demo-sign-in.ts';

export type AuthOptions = {
  /** At least 32 random characters; signs cookies and encrypts TOTP secrets. */
  secret: string;
  baseUrl: string;
  trustedOrigins(): readonly string[];
  secureCookies: boolean;
  log: Log;
};

/** Real time: a session ends 12 hours after sign-in, or 2 hours after it was last used. */
export const SESSION_SECONDS = 12 * 3_600;

export function cookieNames(secureCookies: boolean): { session: string; challenge: string } {
  const prefix = secureCookies ? '__Host-' : '';
  return { session: `${prefix}compte`, challenge: `${prefix}compte-code` };
}

export type Auth = ReturnType<typeof createAuth>;

/**
 * better-auth for staff, called through its server API only: its handler is never mounted. Left out on purpose: sign-up, magic links,
 * backup codes, remembered devices, cookie cache, telemetry, its own rate limits, IP addresses and browsers of people.
 */
export function createAuth(db: AuthDb, options: AuthOptions) {
  if (options.secret.length < 32) throw new Error('the secret of accounts needs 32 characters');
  const names = cookieNames(options.secureCookies);
  return betterAuth({
    appName: 'Médiation',
    baseURL: options.baseUrl,
    // Given as a list, it cannot be replaced by a variable of the environment.
    secrets: [{ version: 1, value: options.secret }],
    trustedOrigins: () => [...options.trustedOrigins()],
    database: { db, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
    },
    session: {
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: { secondFactor: { type: 'boolean', required: true, defaultValue: false, input: false } },
    },
    verification: { storeIdentifier: 'hashed' },
    plugins: [
      twoFactor({ issuer: 'Médiation', backupCodeOptions: { customBackupCodesGenerate: () => [] } }),
      demoSignIn(),
    ],
    databaseHooks: {
      session: {
        create: {
          // Whatever road led here, a session counts as opened by a second factor only when a fresh code was spent on it.
          before: async (session, request) => {
            if (request?.path !== '/two-factor/verify-totp') return undefined;
            await claimTotpStep(db, request.context.secretConfig, session.userId, request.body);
            return { data: { ...session, secondFactor: true } };
          },
        },
      },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, _message, ...details: unknown[]) =>
        options.log.error(
          'accounts_library',
          details.find((detail) => detail instanceof Error),
        ),
    },
    advanced: {
      useSecureCookies: false,
      cookies: { session_token: { name: names.session }, two_factor: { name: names.challenge } },
      defaultCookieAttributes: { secure: options.secureCookies, httpOnly: true, sameSite: 'lax', path: '/' },
      // The session and its account in one statement.
      database: { generateId: 'uuid', joins: true },
      ipAddress: { disableIpTracking: true },
    },
  });
}

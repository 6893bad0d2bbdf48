import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Accounts, type AccountsOptions, openAccounts } from '../../src/accounts/accounts.ts';
import { totpCode, totpStep } from '../../src/accounts/totp-step.ts';
import { createAuth } from '../../src/accounts/auth.ts';
import { openAuthDatabase } from '../../src/accounts/auth-database.ts';
import type { Log } from '../../src/log.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

export const ORIGIN = 'https://mediation.example';
export const PASSWORD = 'une phrase à retenir';

export type TestAccounts = {
  database: TestDatabase;
  accounts: Accounts;
  options: AccountsOptions;
  /** As superuser, to look at rows and to let time pass in them. */
  rows<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** Everything that was logged. */
  logged: unknown[];
  close(): Promise<void>;
};

export async function testAccounts(name: string): Promise<TestAccounts> {
  const database = await freshDatabase(name);
  const logged: unknown[] = [];
  const keep = (...fields: unknown[]) => void logged.push(fields);
  const log: Log = { info: keep, warn: keep, error: keep };
  const options: AccountsOptions = {
    url: database.url('passerelle_auth'),
    secret: randomBytes(32).toString('base64'),
    baseUrl: ORIGIN,
    trustedOrigins: () => [ORIGIN],
    secureCookies: true,
    demo: false,
    log,
  };
  const accounts = await openAccounts(options);
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 2, options: '-c search_path=auth' });
  return {
    database,
    accounts,
    options,
    logged,
    rows: async <T extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await admin.query<T>(text, values)).rows,
    async close() {
      await accounts.close();
      await admin.end();
      await database.drop();
    },
  };
}

/** A new account with PASSWORD, under an address of its own. */
export async function person({ accounts }: TestAccounts): Promise<{ id: string; email: string }> {
  const email = `agent-${randomBytes(6).toString('hex')}@val-riviere.example`;
  return { id: await accounts.createAccount({ email, name: 'Agent', password: PASSWORD }), email };
}

/** A browser's cookies: keeps what it is told to keep, sends all of it. */
export class Jar {
  readonly #cookies = new Map<string, string>();

  take(setCookies: readonly string[]): this {
    for (const line of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0(?:;|$)/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return this;
  }

  get(name: string): string {
    return this.#cookies.get(name) ?? '';
  }

  headers(more: Record<string, string> = {}): Headers {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Headers({ origin: ORIGIN, ...(cookie ? { cookie } : {}), ...more });
  }
}

/** The code of this secret, some steps away from now: -1, 0 and 1 are all accepted, in this order. Never at a step's very end. */
export async function codeOf(secret: string, away: -1 | 0 | 1): Promise<string> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 4_000) await wait(left + 50);
  return totpCode(decodeBase32(secret), totpStep(Date.now()) + away);
}

function decodeBase32(text: string): string {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return bytes.map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('');
}

/** Signs in with the password alone. */
export async function withPassword({ accounts }: TestAccounts, email: string): Promise<Jar> {
  const jar = new Jar();
  return jar.take((await accounts.signIn({ email, password: PASSWORD, headers: jar.headers() })).setCookies);
}

/** A new account with a second factor; its code of the step before now is spent. */
export async function enrolled(town: TestAccounts): Promise<{ id: string; email: string; secret: string; jar: Jar }> {
  const someone = await person(town);
  const jar = await withPassword(town, someone.email);
  const begun = await town.accounts.beginTotp({ headers: jar.headers(), password: PASSWORD });
  const secret = begun?.secret ?? '';
  const confirmed = await town.accounts.confirmTotp({ code: await codeOf(secret, -1), headers: jar.headers() });
  if (!confirmed.ok) throw new Error('enrolment failed');
  return { ...someone, secret, jar: jar.take(confirmed.setCookies) };
}

/** Six digits that are the code of no step accepted around now. */
export async function wrongCode(secret: string): Promise<string> {
  const right = [await codeOf(secret, -1), await codeOf(secret, 0), await codeOf(secret, 1)];
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? '';
}

/** The same better-auth as the accounts under test, to try roads that our interface does not offer. */
export function library({ options }: TestAccounts) {
  const { db } = openAuthDatabase(options.url, options.log);
  return { auth: createAuth(db, options), close: () => db.destroy() };
}

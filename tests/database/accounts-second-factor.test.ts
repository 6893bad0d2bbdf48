import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Auth } from '../../src/accounts/auth.ts';
import {
  codeOf,
  enrolled,
  Jar,
  ORIGIN,
  PASSWORD,
  library,
  type TestAccounts,
  testAccounts,
  withPassword,
  wrongCode,
} from '../support/accounts.ts';

let town: TestAccounts;
beforeAll(async () => {
  town = await testAccounts('second_factor');
});
afterAll(() => town.close());

const sessionsOf = (id: string) => town.rows(`select "secondFactor" from session where "userId" = $1`, [id]);

test('once enrolled, the password alone opens nothing: no session is left and the challenge is none', async () => {
  const { id, email, secret, jar: first } = await enrolled(town);
  await town.accounts.signOut(first.headers());
  const jar = new Jar();
  const answer = await town.accounts.signIn({ email, password: PASSWORD, headers: jar.headers() });
  expect(answer.step).toBe('totp');
  jar.take(answer.setCookies);
  expect(jar.get('__Host-compte')).toBe('');
  expect(await sessionsOf(id)).toEqual([]);
  const posing = new Headers({ cookie: `__Host-compte=${jar.get('__Host-compte-code')}` });
  expect(await town.accounts.sessionOf(posing)).toBeUndefined();
  const done = await town.accounts.verifyTotp({ code: await codeOf(secret, 0), headers: jar.headers() });
  expect(done.ok).toBe(true);
  expect(await town.accounts.sessionOf(jar.take(done.setCookies).headers())).toMatchObject({ secondFactor: true });
});

test('the code step takes the challenge of this browser and nothing else: no session, no second challenge', async () => {
  const { email, secret, jar } = await enrolled(town);
  const code = await codeOf(secret, 0);
  const startAgain = { ok: false, startAgain: true, setCookies: [] };
  expect(await town.accounts.verifyTotp({ code, headers: jar.headers() })).toEqual(startAgain);
  expect(await town.accounts.verifyTotp({ code, headers: new Headers({ origin: ORIGIN }) })).toEqual(startAgain);
  const challenge = (await withPassword(town, email)).get('__Host-compte-code');
  const cookie = `__Host-compte-code=${challenge}; __Host-compte-code=${challenge}`;
  expect(await town.accounts.verifyTotp({ code, headers: new Headers({ cookie }) })).toEqual(startAgain);
});

test('a remembered device, which would do for the library, does not replace the code', async () => {
  const { id, email, jar } = await enrolled(town);
  const { auth, close } = library(town);
  const rememberedDevice = await deviceCookie(auth, id);
  const body = { email, password: PASSWORD };
  const shortened = await auth.api.signInEmail({ body, headers: new Headers({ cookie: rememberedDevice }) });
  expect(shortened).toHaveProperty('token');
  const headers = jar.headers({ cookie: await deviceCookie(auth, id) });
  expect((await town.accounts.signIn({ ...body, headers })).step).toBe('totp');
  await close();
});

test('a code works once: neither again, nor the one before it, on any challenge', async () => {
  const { id, email, secret } = await enrolled(town);
  const opened = async (away: -1 | 0 | 1) => {
    const jar = await withPassword(town, email);
    return town.accounts.verifyTotp({ code: await codeOf(secret, away), headers: jar.headers() });
  };
  const refused = { ok: false, startAgain: true, setCookies: [] };
  expect((await opened(0)).ok).toBe(true);
  expect(await opened(0)).toEqual(refused);
  expect(await opened(-1)).toEqual(refused);
  expect((await opened(1)).ok).toBe(true);
  expect(await opened(0)).toEqual(refused);
  expect(await sessionsOf(id)).toHaveLength(3);
});

test('T-21: fifty verifications of one code at the same instant make one session', async () => {
  const { id, email, secret, jar: first } = await enrolled(town);
  await town.accounts.signOut(first.headers());
  const jar = await withPassword(town, email);
  const code = await codeOf(secret, 0);
  const tries = Array.from({ length: 50 }, () => town.accounts.verifyTotp({ code, headers: jar.headers() }));
  expect((await Promise.all(tries)).filter((answer) => answer.ok)).toHaveLength(1);
  expect(await sessionsOf(id)).toHaveLength(1);
});

test('T-21: one code on eight challenges at the same instant makes one session', async () => {
  const { id, email, secret, jar: first } = await enrolled(town);
  await town.accounts.signOut(first.headers());
  const jars = await Promise.all(Array.from({ length: 8 }, () => withPassword(town, email)));
  const code = await codeOf(secret, 0);
  const answers = await Promise.all(jars.map((jar) => town.accounts.verifyTotp({ code, headers: jar.headers() })));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(await sessionsOf(id)).toHaveLength(1);
});

test('five wrong codes end the challenge, ten lock the second factor for a while, right code or not', async () => {
  const { email, secret } = await enrolled(town);
  const wrong = await wrongCode(secret);
  for (let round = 0; round < 2; round += 1) {
    const jar = await withPassword(town, email);
    for (let i = 0; i < 5; i += 1)
      expect(await town.accounts.verifyTotp({ code: wrong, headers: jar.headers() })).toMatchObject({
        ok: false,
        startAgain: false,
      });
    const sixth = await town.accounts.verifyTotp({ code: await codeOf(secret, 0), headers: jar.headers() });
    expect(sixth).toMatchObject({ ok: false, startAgain: true });
  }
  const jar = await withPassword(town, email);
  expect((await town.accounts.verifyTotp({ code: await codeOf(secret, 0), headers: jar.headers() })).ok).toBe(false);
});

test('a challenge dies with the revocation of the account and after ten minutes', async () => {
  const { id, email, secret } = await enrolled(town);
  const [revoked, old] = [await withPassword(town, email), await withPassword(town, email)];
  await town.rows(`update verification set "expiresAt" = clock_timestamp() - interval '1 second' where value = $1`, [
    id,
  ]);
  expect((await town.accounts.verifyTotp({ code: await codeOf(secret, 0), headers: old.headers() })).ok).toBe(false);
  await town.accounts.revokeAll(id);
  expect((await town.accounts.verifyTotp({ code: await codeOf(secret, 0), headers: revoked.headers() })).ok).toBe(
    false,
  );
  expect(await sessionsOf(id)).toEqual([]);
});

/** What better-auth would set for « remember this device »: a row, and a cookie signed twice with its secret. */
async function deviceCookie(auth: Auth, userId: string): Promise<string> {
  const { internalAdapter } = await auth.$context;
  const identifier = `trust-device-${randomBytes(16).toString('hex')}`;
  await internalAdapter.createVerificationValue({
    value: userId,
    identifier,
    expiresAt: new Date(Date.now() + 60_000),
  });
  const sign = (text: string) => createHmac('sha256', town.options.secret).update(text);
  const value = `${sign(`${userId}!${identifier}`).digest('base64url')}!${identifier}`;
  return `better-auth.trust_device=${encodeURIComponent(`${value}.${sign(value).digest('base64')}`)}`;
}

import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  codeOf,
  enrolled,
  library,
  PASSWORD,
  person,
  type TestAccounts,
  testAccounts,
  withPassword,
  wrongCode,
} from '../support/accounts.ts';

let town: TestAccounts;
beforeAll(async () => {
  town = await testAccounts('enrolment');
});
afterAll(() => town.close());

test('R89: enrolling needs a session and the password, and has no effect until a code confirms it', async () => {
  const { email } = await person(town);
  const jar = await withPassword(town, email);
  expect(await town.accounts.beginTotp({ headers: new Headers(), password: PASSWORD })).toBeUndefined();
  expect(await town.accounts.beginTotp({ headers: jar.headers(), password: 'autre phrase secrète' })).toBeUndefined();
  const begun = await town.accounts.beginTotp({ headers: jar.headers(), password: PASSWORD });
  expect(begun?.secret).toMatch(/^[A-Z2-7]{52}$/);
  const uri = new URL(begun?.uri ?? '');
  expect(decodeURIComponent(uri.pathname)).toContain(`Médiation:${email}`);
  expect(uri.searchParams.get('issuer')).toBe('Médiation');
  const again = await town.accounts.signIn({ email, password: PASSWORD, headers: new Headers() });
  expect(again.step).toBe('done');
});

test('R89: a right code turns this session into a proven one, under a new cookie, and ends the others', async () => {
  const { id, email } = await person(town);
  const [jar, elsewhere] = [await withPassword(town, email), await withPassword(town, email)];
  const secret = (await town.accounts.beginTotp({ headers: jar.headers(), password: PASSWORD }))?.secret ?? '';
  const before = jar.headers();
  const refused = await town.accounts.confirmTotp({ code: await wrongCode(secret), headers: before });
  expect(refused).toEqual({ ok: false, setCookies: [] });
  expect((await town.accounts.sessionOf(before))?.secondFactor).toBe(false);
  const code = await codeOf(secret, 0);
  const confirmed = await town.accounts.confirmTotp({ code: `${code.slice(0, 3)} ${code.slice(3)}`, headers: before });
  expect(confirmed.ok).toBe(true);
  jar.take(confirmed.setCookies);
  expect(await town.accounts.sessionOf(jar.headers())).toMatchObject({ authUserId: id, secondFactor: true });
  expect(await town.accounts.sessionOf(before)).toBeUndefined();
  expect(await town.accounts.sessionOf(elsewhere.headers())).toBeUndefined();
});

test('a session opened by the password before enrolment never becomes a proven one by itself', async () => {
  const { id, email } = await enrolled(town);
  await town.rows(`update "user" set "twoFactorEnabled" = false where id = $1`, [id]);
  const early = await withPassword(town, email);
  await town.rows(`update "user" set "twoFactorEnabled" = true where id = $1`, [id]);
  expect((await town.accounts.sessionOf(early.headers()))?.secondFactor).toBe(false);
  expect(await town.accounts.beginTotp({ headers: early.headers(), password: PASSWORD })).toBeUndefined();
  const { setCookies, ok } = await town.accounts.confirmTotp({ code: '000000', headers: early.headers() });
  expect({ ok, setCookies }).toEqual({ ok: false, setCookies: [] });
});

test('an enrolment cut half-way does not shut its owner out, and one going on is left alone', async () => {
  const { id, email } = await person(town);
  const jar = await withPassword(town, email);
  await town.accounts.beginTotp({ headers: jar.headers(), password: PASSWORD });
  await town.rows(`update "user" set "twoFactorEnabled" = true, "updatedAt" = clock_timestamp() where id = $1`, [id]);
  expect((await town.accounts.signIn({ email, password: PASSWORD, headers: new Headers() })).step).toBe('totp');
  await town.rows(`update "user" set "updatedAt" = clock_timestamp() - interval '2 minutes' where id = $1`, [id]);
  expect((await town.accounts.signIn({ email, password: PASSWORD, headers: new Headers() })).step).toBe('done');
});

test('of a whole enrolment nothing is undone, however old it is', async () => {
  const { id, email } = await enrolled(town);
  await town.rows(`update "user" set "updatedAt" = clock_timestamp() - interval '1 year' where id = $1`, [id]);
  expect((await town.accounts.signIn({ email, password: PASSWORD, headers: new Headers() })).step).toBe('totp');
});

test('two enrolments at the same instant leave one secret', async () => {
  const { id, email } = await person(town);
  const jar = await withPassword(town, email);
  const wish = { headers: jar.headers(), password: PASSWORD };
  await Promise.all([town.accounts.beginTotp(wish), town.accounts.beginTotp(wish), town.accounts.beginTotp(wish)]);
  expect(await town.rows(`select 1 from "twoFactor" where "userId" = $1`, [id])).toHaveLength(1);
});

test('the secret is kept encrypted and no backup code exists', async () => {
  const { id, secret } = await enrolled(town);
  const rows = await town.rows<{ secret: string; backupCodes: string }>(
    `select secret, "backupCodes" from "twoFactor" where "userId" = $1`,
    [id],
  );
  expect(JSON.stringify(rows)).not.toContain(secret);
  const { auth, close } = library(town);
  expect((await auth.api.viewBackupCodes({ body: { userId: id } })).backupCodes).toEqual([]);
  await close();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts } from '../../src/accounts/accounts.ts';
import { ORIGIN, person, type TestAccounts, testAccounts, withPassword } from '../support/accounts.ts';

let town: TestAccounts;
beforeAll(async () => {
  town = await testAccounts('sessions');
});
afterAll(() => town.close());

const sessionCookie = '__Host-compte';
const from = (headers: Record<string, string>) => new Headers(headers);

test('B-34: two session cookies in one request are nobody; so is a name with another blank before it', async () => {
  const { email } = await person(town);
  const jar = await withPassword(town, email);
  const value = jar.get(sessionCookie);
  const other = (await withPassword(town, email)).get(sessionCookie);
  const sent = [
    `${sessionCookie}=${value}; ${sessionCookie}=${other}`,
    `${sessionCookie}=${value}; ${sessionCookie}=${value}`,
    `\u00a0${sessionCookie}=${value}`,
    `compte=${value}`,
  ];
  for (const cookie of sent) expect(await town.accounts.sessionOf(from({ cookie })), cookie).toBeUndefined();
  expect(await town.accounts.sessionOf(from({ cookie: `a=b; ${sessionCookie}=${value}` }))).toBeDefined();
});

test('B-52: a cookie changed by one character, or signed with another secret, is nobody', async () => {
  const { email } = await person(town);
  const value = (await withPassword(town, email)).get(sessionCookie);
  for (const at of [0, 20, 40, value.length - 10]) {
    const flipped = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);
    expect(await town.accounts.sessionOf(from({ cookie: `${sessionCookie}=${flipped}` }))).toBeUndefined();
  }
  const elsewhere = await openAccounts({ ...town.options, secret: 'another secret, long enough to be taken' });
  expect(await elsewhere.sessionOf(from({ cookie: `${sessionCookie}=${value}` }))).toBeUndefined();
  await elsewhere.close();
});

test('B-52: revoked, every session of the account is refused at once, and those of others go on', async () => {
  const [one, two] = [await person(town), await person(town)];
  const jars = [await withPassword(town, one.email), await withPassword(town, one.email)];
  const bystander = await withPassword(town, two.email);
  await town.accounts.revokeAll(one.id);
  for (const jar of jars) expect(await town.accounts.sessionOf(jar.headers())).toBeUndefined();
  expect((await town.accounts.sessionOf(bystander.headers()))?.authUserId).toBe(two.id);
});

test('signing out ends the session on the server, both when two are presented, and clears the cookie', async () => {
  const { email } = await person(town);
  const [one, two] = [await withPassword(town, email), await withPassword(town, email)];
  const cookie = `${sessionCookie}=${one.get(sessionCookie)}; ${sessionCookie}=${two.get(sessionCookie)}`;
  const { setCookies } = await town.accounts.signOut(from({ origin: ORIGIN, cookie }));
  expect(setCookies.join()).toMatch(/^__Host-compte=; Max-Age=0/);
  for (const jar of [one, two]) expect(await town.accounts.sessionOf(jar.headers())).toBeUndefined();
});

test('a session unused for two hours is over, and stays over', async () => {
  const { email } = await person(town);
  const jar = await withPassword(town, email);
  const unusedFor = async (minutes: number) =>
    town.rows(
      `update session set "updatedAt" = clock_timestamp() - make_interval(mins => $2)
      from "user" where "user".id = session."userId" and "user".email = $1`,
      [email, minutes],
    );
  await unusedFor(119);
  expect(await town.accounts.sessionOf(jar.headers())).toBeDefined();
  const used = await town.rows<{ age: number }>(
    `select extract(epoch from clock_timestamp() - session."updatedAt")::float8 as age
     from session join "user" on "user".id = session."userId" where email = $1`,
    [email],
  );
  expect(used[0]?.age).toBeLessThan(60);
  await unusedFor(121);
  expect(await town.accounts.sessionOf(jar.headers())).toBeUndefined();
  expect(
    await town.rows(`select 1 from session join "user" on "user".id = "userId" where email = $1`, [email]),
  ).toEqual([]);
});

test('a session used all the time is over twelve hours after sign-in', async () => {
  const { id, email } = await person(town);
  const jar = await withPassword(town, email);
  const ends = await town.rows<{ hours: number }>(
    `select extract(epoch from "expiresAt" - "createdAt")::float8 / 3600 as hours from session where "userId" = $1`,
    [id],
  );
  expect(ends[0]?.hours).toBeCloseTo(12, 2);
  await town.accounts.sessionOf(jar.headers());
  await town.rows(`update session set "expiresAt" = clock_timestamp() - interval '1 second' where "userId" = $1`, [id]);
  expect(await town.accounts.sessionOf(jar.headers())).toBeUndefined();
});

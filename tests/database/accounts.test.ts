import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts } from '../../src/accounts/accounts.ts';
import { Jar, ORIGIN, PASSWORD, person, type TestAccounts, testAccounts, withPassword } from '../support/accounts.ts';

let town: TestAccounts;
beforeAll(async () => {
  town = await testAccounts('accounts');
});
afterAll(() => town.close());

const sessionCookie = '__Host-compte';
const from = (headers: Record<string, string>) => new Headers(headers);

test('a password opens a session that says it has no second factor (R89)', async () => {
  const { id, email } = await person(town);
  const answer = await town.accounts.signIn({ email, password: PASSWORD, headers: from({ origin: ORIGIN }) });
  expect(answer.step).toBe('done');
  const session = await town.accounts.sessionOf(new Jar().take(answer.setCookies).headers());
  expect(session).toEqual({ authUserId: id, sessionId: expect.any(String), secondFactor: false });
});

test('the session cookie is __Host-, Secure, HttpOnly, Lax, on the whole site, for 12 hours', async () => {
  const { email } = await person(town);
  const { setCookies } = await town.accounts.signIn({ email, password: PASSWORD, headers: from({}) });
  expect(setCookies).toHaveLength(1);
  const [pair, ...attributes] = setCookies[0]?.split('; ') ?? [];
  expect(pair).toMatch(/^__Host-compte=/);
  expect(attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax', 'Secure']);
});

test('on http the cookie has neither __Host- nor Secure', async () => {
  const { email } = await person(town);
  const plain = await openAccounts({ ...town.options, secureCookies: false });
  const { setCookies } = await plain.signIn({ email, password: PASSWORD, headers: from({}) });
  await plain.close();
  expect(setCookies.join()).toMatch(/^compte=/);
  expect(setCookies.join()).not.toContain('Secure');
});

test('T-19: an unknown address, an account without password and a wrong password answer alike', async () => {
  const { email } = await person(town);
  const waiting = 'en-attente@val-riviere.example';
  await town.accounts.createAccount({ email: waiting, name: 'Invitée' });
  for (const address of ['inconnue@val-riviere.example', waiting, email, 'pas une adresse', `${email}\u0000`]) {
    const answer = await town.accounts.signIn({ email: address, password: 'autre phrase secrète', headers: from({}) });
    expect(answer).toEqual({ step: 'refused', setCookies: [] });
  }
});

test('T-19: an unknown address costs the same hash as a wrong password', async () => {
  const { email } = await person(town);
  const cost = async (address: string) => {
    const times: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      const before = performance.now();
      await town.accounts.signIn({ email: address, password: 'autre phrase secrète', headers: from({}) });
      times.push(performance.now() - before);
    }
    return times.toSorted((a, b) => a - b)[2] ?? 0;
  };
  expect(await cost('inconnue@val-riviere.example')).toBeGreaterThan((await cost(email)) / 2);
});

test('B-46: the address is known in any case, and by no other spelling', async () => {
  const { email } = await person(town);
  const steps: string[] = [];
  for (const address of [email.toUpperCase(), email.replace('agent-', 'ag.ent-'), `<${email}>`, `(x)${email}`])
    steps.push((await town.accounts.signIn({ email: address, password: PASSWORD, headers: from({}) })).step);
  expect(steps).toEqual(['done', 'refused', 'refused', 'refused']);
});

test('a password beyond what sign-in takes is refused, not an error', async () => {
  const { email } = await person(town);
  const answer = await town.accounts.signIn({ email, password: 'x'.repeat(5_000), headers: from({}) });
  expect(answer.step).toBe('refused');
});

test('T-22: a page of another origin can do none of it', async () => {
  const { email } = await person(town);
  const jar = await withPassword(town, email);
  for (const origin of ['https://evil.example', 'null', `${ORIGIN}.evil.example`, ORIGIN.replace('https', 'http')]) {
    const headers = jar.headers({ origin });
    expect((await town.accounts.signIn({ email, password: PASSWORD, headers })).step).toBe('refused');
    expect(await town.accounts.beginTotp({ password: PASSWORD, headers })).toBeUndefined();
    expect((await town.accounts.confirmTotp({ code: '000000', headers })).ok).toBe(false);
    expect((await town.accounts.verifyTotp({ code: '000000', headers })).ok).toBe(false);
    expect(await town.accounts.signOut(headers)).toEqual({ setCookies: [] });
  }
  expect(await town.accounts.sessionOf(jar.headers())).toBeDefined();
});

test('no bucket of the library counts attempts: after twelve wrong passwords the right one opens', async () => {
  const { email } = await person(town);
  for (let i = 0; i < 12; i += 1)
    await town.accounts.signIn({ email, password: 'autre phrase secrète', headers: from({}) });
  expect((await town.accounts.signIn({ email, password: PASSWORD, headers: from({}) })).step).toBe('done');
});

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

test('the demo signs in as anybody with a real session, counted as proven; outside the demo it refuses', async () => {
  const { id } = await person(town);
  await expect(town.accounts.signInAs(id)).rejects.toMatchObject({ code: 'demo_only' });
  const demo = await openAccounts({ ...town.options, demo: true });
  const jar = new Jar().take((await demo.signInAs(id)).setCookies);
  expect(await town.accounts.sessionOf(jar.headers())).toMatchObject({ authUserId: id, secondFactor: true });
  await expect(demo.signInAs('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({
    code: 'unknown_account',
  });
  await demo.close();
});

test('an account needs a fit password, an address, and one nobody has', async () => {
  const { email } = await person(town);
  const wrong = { password_too_short: 'court', password_too_common: 'motdepasse123' };
  for (const [code, password] of Object.entries(wrong))
    await expect(
      town.accounts.createAccount({ email: 'n@val-riviere.example', name: 'N', password }),
    ).rejects.toMatchObject({ code });
  const taken = town.accounts.createAccount({ email: email.toUpperCase(), name: 'N', password: PASSWORD });
  await expect(taken).rejects.toMatchObject({ code: 'address_taken' });
  await expect(town.accounts.createAccount({ email: 'n', name: 'N' })).rejects.toMatchObject({ code: 'bad_address' });
  expect(
    await town.rows(`select 1 from "user" left join account on account."userId" = "user".id where account.id is null`),
  ).toEqual([]);
});

test('T-25: nothing of all this was logged, and neither browser nor IP address of anybody is kept', async () => {
  const { email } = await person(town);
  const headers = from({ 'user-agent': 'Témoin/1.0', 'x-forwarded-for': '203.0.113.9' });
  await town.accounts.signIn({ email, password: PASSWORD, headers });
  expect(town.logged).toEqual([]);
  expect(await town.rows(`select distinct "ipAddress", "userAgent" from session`)).toEqual([
    { ipAddress: '', userAgent: '' },
  ]);
});

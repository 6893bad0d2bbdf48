import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts } from '../../src/accounts/accounts.ts';
import { Jar, ORIGIN, PASSWORD, person, type TestAccounts, testAccounts, withPassword } from '../support/accounts.ts';

let town: TestAccounts;
beforeAll(async () => {
  town = await testAccounts('accounts');
});
afterAll(() => town.close());

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

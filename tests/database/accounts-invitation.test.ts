import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  codeOf,
  enrolled,
  Jar,
  PASSWORD,
  person,
  type TestAccounts,
  testAccounts,
  withPassword,
} from '../support/accounts.ts';

let town: TestAccounts;
beforeAll(async () => {
  town = await testAccounts('invitation');
});
afterAll(() => town.close());

const CHOSEN = 'la phrase que je choisis';
const NONE = { ok: false, reason: 'no_invitation' };
const invited = async () => {
  const email = `invitee-${crypto.randomUUID()}@val-riviere.example`;
  const id = await town.accounts.createAccount({ email, name: 'Première administratrice' });
  return { id, email, token: await town.accounts.createInvitation(id) };
};
const signIn = async (email: string, password: string) =>
  (await town.accounts.signIn({ email, password, headers: new Headers() })).step;

test('the first administrator chooses a password with the token and signs in with it', async () => {
  const { id, email, token } = await invited();
  expect(token).toMatch(/^(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
  expect(
    await town.accounts.acceptInvitation({ token: ` ${token.toLowerCase().replaceAll('-', ' ')}\n`, password: CHOSEN }),
  ).toEqual({
    ok: true,
    authUserId: id,
  });
  expect(await signIn(email, CHOSEN)).toBe('done');
});

test('a token works once', async () => {
  const { email, token } = await invited();
  await town.accounts.acceptInvitation({ token, password: CHOSEN });
  expect(await town.accounts.acceptInvitation({ token, password: 'une tout autre phrase' })).toEqual(NONE);
  expect(await signIn(email, CHOSEN)).toBe('done');
});

test('T-21: twelve acceptances at the same instant set one password', async () => {
  const { email, token } = await invited();
  const passwords = Array.from({ length: 12 }, (_, index) => `phrase choisie numéro ${index}`);
  const answers = await Promise.all(passwords.map((password) => town.accounts.acceptInvitation({ token, password })));
  const winners = passwords.filter((_, index) => answers[index]?.ok);
  expect(winners).toHaveLength(1);
  expect(await signIn(email, winners[0] ?? '')).toBe('done');
});

test('a token is over after 72 hours, replaced by the next one, and ended by a revocation', async () => {
  const [late, replaced, revoked] = [await invited(), await invited(), await invited()];
  const lives = await town.rows<{ hours: number }>(
    `select extract(epoch from expires_at - created_at)::float8 / 3600 as hours from invitation where user_id = $1`,
    [late.id],
  );
  expect(lives[0]?.hours).toBeCloseTo(72, 3);
  await town.rows(`update invitation set expires_at = clock_timestamp() - interval '1 second' where user_id = $1`, [
    late.id,
  ]);
  const next = await town.accounts.createInvitation(replaced.id);
  await town.accounts.revokeAll(revoked.id);
  for (const { token } of [late, replaced, revoked, { token: 'x'.repeat(32) }, { token: '' }])
    expect(await town.accounts.acceptInvitation({ token, password: CHOSEN })).toEqual(NONE);
  expect((await town.accounts.acceptInvitation({ token: next, password: CHOSEN })).ok).toBe(true);
});

test('a weak password is refused with its reason and leaves the token usable', async () => {
  const { token } = await invited();
  const reasons = { court: 'too_short', motdepasse123: 'too_common', ['x y'.repeat(50)]: 'too_long' };
  for (const [password, reason] of Object.entries(reasons))
    expect(await town.accounts.acceptInvitation({ token, password })).toEqual({ ok: false, reason });
  expect((await town.accounts.acceptInvitation({ token, password: CHOSEN })).ok).toBe(true);
});

test('accepting ends the sessions there were, and the old password', async () => {
  const { id, email } = await person(town);
  const jar = await withPassword(town, email);
  await town.accounts.acceptInvitation({ token: await town.accounts.createInvitation(id), password: CHOSEN });
  expect(await town.accounts.sessionOf(jar.headers())).toBeUndefined();
  expect(await signIn(email, PASSWORD)).toBe('refused');
});

test('a second factor stays: an invitation is no way round it, nor is a challenge begun with the old password', async () => {
  const { id, email, secret } = await enrolled(town);
  const begun = await withPassword(town, email);
  await town.accounts.acceptInvitation({ token: await town.accounts.createInvitation(id), password: CHOSEN });
  expect(await signIn(email, CHOSEN)).toBe('totp');
  const code = await codeOf(secret, 0);
  expect((await town.accounts.verifyTotp({ code, headers: begun.headers() })).ok).toBe(false);
  const jar = new Jar();
  jar.take((await town.accounts.signIn({ email, password: CHOSEN, headers: jar.headers() })).setCookies);
  expect((await town.accounts.verifyTotp({ code, headers: jar.headers() })).ok).toBe(true);
});

test('only a hash of the token is kept', async () => {
  const { token } = await invited();
  const rows = await town.rows<{ kept: string }>(
    `select encode(token_hash, 'escape') || invitation::text as kept from invitation`,
  );
  const kept = rows.map((row) => row.kept).join();
  expect(kept).not.toContain(token);
  expect(kept).not.toContain(Buffer.from(token).toString('hex'));
});

test('nobody unknown is invited', async () => {
  const nobody = town.accounts.createInvitation('00000000-0000-4000-8000-000000000000');
  await expect(nobody).rejects.toMatchObject({ code: 'unknown_account' });
});

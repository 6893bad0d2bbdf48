import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAccounts } from '../../src/accounts/accounts.ts';
import { library, ORIGIN, PASSWORD, person, type TestAccounts, testAccounts } from '../support/accounts.ts';
import type { Login } from '../support/database.ts';

let town: TestAccounts;
beforeAll(async () => {
  town = await testAccounts('boundary');
});
afterAll(() => town.close());

const asLogin = async <T>(login: Login, run: (client: pg.Client) => Promise<T>) => {
  const client = new pg.Client({ connectionString: town.database.url(login) });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
};

test('the migration makes what the generator of this better-auth asks for, no column missing', async () => {
  const { auth, close } = library(town);
  const wished = await getMigrations(auth.options);
  await close();
  expect({ tables: wished.toBeCreated, columns: wished.toBeAdded }).toEqual({ tables: [], columns: [] });
  expect(await wished.compileMigrations()).toBe(';');
});

test('schema auth is read by passerelle_auth and by nobody else, whatever role they take', async () => {
  const tables = (
    await town.rows<{ name: string }>(
      `select format('auth.%I', tablename) as name from pg_tables where schemaname = 'auth'`,
    )
  ).map((row) => row.name);
  expect(tables).toHaveLength(7);
  const roles = {
    passerelle_web: ['app_public', 'app_staff'],
    passerelle_worker: ['app_worker'],
    passerelle_relay: ['app_relay'],
  };
  for (const [login, taken] of Object.entries(roles)) {
    for (const role of ['none', ...taken]) {
      for (const table of tables) {
        // Keys of the table above.
        const read = asLogin(login as Login, async (client) => {
          await client.query(`set role ${role}`);
          await client.query(`select 1 from ${table}`);
        });
        await expect(read, `${login} ${role} ${table}`).rejects.toMatchObject({ code: '42501' });
      }
    }
  }
  for (const table of tables) await asLogin('passerelle_auth', (client) => client.query(`select 1 from ${table}`));
});

test('passerelle_auth owns nothing, changes no table and sees nothing outside schema auth', async () => {
  const refused = [
    'select 1 from public.mediation_case',
    'select 1 from public.person',
    'alter table auth.session add x int',
    'create table auth.x ()',
    'truncate auth.session',
  ];
  for (const statement of refused)
    await expect(
      asLogin('passerelle_auth', (client) => client.query(statement)),
      statement,
    ).rejects.toMatchObject({ code: '42501' });
});

test('accounts refuse to open as superuser, or with a short secret', async () => {
  await expect(openAccounts({ ...town.options, url: town.database.adminUrl })).rejects.toThrow('refusing to start');
  await expect(openAccounts({ ...town.options, secret: 'short' })).rejects.toThrow('32 characters');
});

test('nobody signs up: neither by the server API nor by the handler, were it mounted', async () => {
  const { auth, close } = library(town);
  const body = { email: 'intruse@val-riviere.example', name: 'Intruse', password: PASSWORD };
  await expect(auth.api.signUpEmail({ body })).rejects.toMatchObject({ statusCode: 400 });
  const answer = await auth.handler(
    new Request(`${ORIGIN}/api/auth/sign-up/email`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', origin: ORIGIN },
    }),
  );
  await close();
  expect(answer.status).toBe(400);
  expect(await town.rows(`select 1 from "user" where email = $1`, [body.email])).toEqual([]);
});

test('there is no magic link, no code by mail, no demo sign-in over HTTP, no bucket and no telemetry', async () => {
  const { auth, close } = library(town);
  const { id } = await person(town);
  expect(Object.keys(auth.api).filter((name) => /magic|anonymous|passkey|phone/i.test(name))).toEqual([]);
  for (const road of ['magic-link/verify', 'sign-in/magic-link', 'demo-sign-in', 'demoSignIn']) {
    const body = JSON.stringify({ userId: id, email: 'a@b.fr' });
    const headers = { 'content-type': 'application/json', origin: ORIGIN };
    const answer = await auth.handler(new Request(`${ORIGIN}/api/auth/${road}`, { method: 'POST', body, headers }));
    expect(answer.status, road).toBe(404);
  }
  const { rateLimit, options } = await auth.$context;
  await close();
  expect(rateLimit.enabled).toBe(false);
  expect(options.telemetry?.enabled).toBe(false);
});

test("no file of the program mounts the handler or takes the library's client", () => {
  const src = fileURLToPath(new URL('../../src', import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  const using = files.filter((file) => /from 'better-auth/.test(readFileSync(path.join(src, file), 'utf8')));
  expect(using.length).toBeGreaterThan(0);
  for (const file of using) {
    expect(file).toMatch(/^accounts\//);
    expect(readFileSync(path.join(src, file), 'utf8'), file).not.toMatch(
      /\.handler\b|better-auth\/(client|react|node)|toNodeHandler/,
    );
  }
});

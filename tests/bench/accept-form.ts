import { randomBytes } from 'node:crypto';
import { serve } from '@hono/node-server';
import { zValidator } from '@hono/zod-validator';
import { Hono } from 'hono';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { z } from 'zod';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../src/dev/postgres.ts';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// Accepted requests per second of the server's own CPU, beside the bare Hono + zod + kysely transaction with the same fields,
// alternating in one run. Both servers run in this process one after the other; the load comes from the same process, whose client
// cost is measured against an empty Hono handler and taken off both.

const ROUNDS = 6;
const REQUESTS = 300;
const AT_ONCE = 10;

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl }));
process.env['PASSERELLE_TEST_PARTS'] = parts;

const ANSWERS = {
  danger: 'no',
  need: 'person',
  categories: ['BRUIT'],
  quarter: 'PEU',
  story: 'Les bruits de pas, la nuit, et la douche à trois heures du matin. '.repeat(8),
  relation: 'avoid',
  first_name: 'Rosa',
  contact_ways: ['email', 'phone'],
  phone: '06 39 98 12 34',
  email: 'rosa@courriel.example',
  spoken_language: 'fr',
  interpreter: 'no',
};

type Target = { name: string; origin: string; body: () => string; expected: number; stop: () => void };

async function listen(app: Hono): Promise<{ origin: string; port: number; stop: () => void }> {
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, port, stop: () => void server.close() };
}

async function passerelle(): Promise<Target> {
  const town = await testTown('bench');
  let port = 0;
  const at = await listen(await webApp(town, true, () => port));
  port = at.port;
  return {
    ...at,
    name: 'passerelle',
    expected: 303,
    body: () =>
      new URLSearchParams({
        draft: sealDraft(town.keys, town.townId, { ...newDraft(Date.now()), answers: ANSWERS }),
        screen: 'send',
        go: 'next',
        age_group: 'adult',
        accept_contact: 'yes',
        read_notice: 'yes',
        accept_evaluation: 'yes',
      }).toString(),
  };
}

/** The same fields, parsed by zod-validator, in one kysely transaction of two inserts; nothing else. */
async function bare(): Promise<Target> {
  const pool = new pg.Pool({ connectionString: postgres.adminUrl, max: 10 });
  // The server is stopped before the pool at the end.
  pool.on('error', () => undefined);
  await pool.query(
    'create table bare_request (id uuid primary key, fields jsonb not null); create table bare_outbox (id bigserial primary key, request uuid not null)',
  );
  type Bare = { bare_request: { id: string; fields: string }; bare_outbox: { request: string } };
  const db = new Kysely<Bare>({ dialect: new PostgresDialect({ pool }) });
  const text = z.string().max(2_000).optional();
  const Form = z.object({
    danger: text,
    need: text,
    categories: text,
    quarter: text,
    story: text,
    relation: text,
    first_name: text,
    contact_ways: text,
    phone: text,
    email: text,
    spoken_language: text,
    interpreter: text,
    age_group: text,
    accept_contact: text,
    read_notice: text,
    accept_evaluation: text,
  });
  const app = new Hono().post('/demande', zValidator('form', Form), async (c) => {
    const id = crypto.randomUUID();
    await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('bare_request')
        .values({ id, fields: JSON.stringify(c.req.valid('form')) })
        .execute();
      await tx.insertInto('bare_outbox').values({ request: id }).execute();
    });
    return c.redirect(`/demande/recu?${id}`, 303);
  });
  const fields = Object.fromEntries(
    Object.entries({
      ...ANSWERS,
      age_group: 'adult',
      accept_contact: 'yes',
      read_notice: 'yes',
      accept_evaluation: 'yes',
    }).map(([name, value]) => [name, String(value)]),
  );
  return { ...(await listen(app)), name: 'bare', expected: 303, body: () => new URLSearchParams(fields).toString() };
}

async function nothing(): Promise<Target> {
  const app = new Hono().post('/demande', (c) => c.body(null, 204));
  const pad = randomBytes(600).toString('hex');
  return { ...(await listen(app)), name: 'client', expected: 204, body: () => `x=${pad}` };
}

/** CPU microseconds of this process for one request, client included. */
async function round(target: Target): Promise<number> {
  const bodies = Array.from({ length: REQUESTS }, target.body);
  const before = process.cpuUsage();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const answer = await fetch(`${target.origin}/demande`, {
          method: 'POST',
          redirect: 'manual',
          body,
          headers: { 'content-type': 'application/x-www-form-urlencoded', origin: target.origin },
        });
        if (answer.status !== target.expected) throw new Error(`${target.name} answered ${answer.status}`);
        await answer.arrayBuffer();
      }
    }),
  );
  const used = process.cpuUsage(before);
  return (used.user + used.system) / REQUESTS;
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const targets = [await nothing(), await bare(), await passerelle()];
const spent = new Map<string, number[]>(targets.map(({ name }) => [name, []]));
for (const target of targets) await round(target);
for (let n = 0; n < ROUNDS; n += 1) for (const target of targets) spent.get(target.name)?.push(await round(target));

const [client = 0, plain = 0, ours = 0] = targets.map(({ name }) => median(spent.get(name) ?? []));
console.log(
  `client alone ${client.toFixed(0)} µs a request; bare ${(plain - client).toFixed(0)} µs; passerelle ${(ours - client).toFixed(0)} µs of server CPU`,
);
console.log(
  `accepted per server-CPU-second: bare ${(1e6 / (plain - client)).toFixed(0)}, passerelle ${(1e6 / (ours - client)).toFixed(0)}`,
);
console.log(`ratio passerelle ÷ bare: ${((ours - client) / (plain - client)).toFixed(2)}`);
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(0);

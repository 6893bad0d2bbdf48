import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../src/dev/ports.ts';
import { createLog } from '../../src/log.ts';
import { openSmtp } from '../../src/mail/smtp-send.ts';
import { startRelay } from '../../src/outbox/relay.ts';
import { startWorkerBeat } from '../../src/roles/worker-beat.ts';
import { openTemporal } from '../../src/temporal/client.ts';
import { streamSignaller } from '../../src/temporal/signal-stream.ts';
import { temporalAddress } from '../support/parts.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('refused');
  app = await webApp(town);
  await submit(town);
});
afterAll(async () => {
  await town?.close();
});

async function withRelay(address: string, run: () => Promise<void>): Promise<void> {
  const taskQueue = `refused-${randomBytes(6).toString('hex')}`;
  const temporal = openTemporal({ address, namespace: 'default', taskQueue, bundlePath: undefined }, town.keys);
  const relay = startRelay({
    db: town.db('passerelle_relay'),
    url: town.database.url('passerelle_relay'),
    signaller: streamSignaller(temporal.client, taskQueue),
    log: createLog('test', 'silent'),
    instance: taskQueue,
  });
  try {
    await run();
  } finally {
    await relay.stop();
    await temporal.connection.close();
  }
}

/** Asks on /demo for a week, as a person does. @returns why it was refused, and what the page says. */
async function ask(): Promise<{ reason: string | null; page: string }> {
  const answer = await app.request('http://localhost/demo/avancer', {
    method: 'POST',
    headers: { origin: 'http://localhost:80', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'stretch=week',
  });
  expect(answer.status).toBe(303);
  const last = () =>
    town.owner
      .selectFrom('clock_journey')
      .select(['state', 'reason'])
      .orderBy('asked_at', 'desc')
      .limit(1)
      .executeTakeFirst();
  await expect.poll(async () => (await last())?.state, { timeout: 20_000 }).toBe('refused');
  const page = await (await app.request('http://localhost/demo')).text();
  return { reason: (await last())?.reason ?? null, page: page.replaceAll(/\s/g, ' ') };
}
const clock = async () =>
  (await sql<{ ms: string }>`select clock_offset_ms as ms from town where id = ${town.townId}`.execute(town.owner))
    .rows;

test(
  'the clock stays where it is while Temporal, the worker or SMTP is away, and the page says which',
  { timeout: 90_000 },
  async () => {
    const before = await clock();
    await withRelay(`127.0.0.1:${await freePort(undefined)}`, async () => {
      const refused = await ask();
      expect(refused.reason).toBe('temporal_down');
      expect(refused.page).toContain('le serveur Temporal n’est pas encore là');
    });
    await withRelay(await temporalAddress(), async () => {
      const refused = await ask();
      expect(refused.reason).toBe('worker_down');
      expect(refused.page).toContain('(worker) ne répond pas');
      const nobody = startWorkerBeat(
        town.db('passerelle_worker'),
        'w1',
        openSmtp(`smtp://127.0.0.1:${await freePort(undefined)}`),
      );
      await nobody.first;
      const again = await ask();
      nobody.stop();
      expect(again.reason).toBe('smtp_down');
      expect(again.page).toContain('la messagerie ne répond pas');
    });
    expect(await clock()).toEqual(before);
  },
);

import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type Activities, createActivities } from '../../src/activities/index.ts';
import { type Arrival, travel } from '../../src/clock/travel.ts';
import { createLog } from '../../src/log.ts';
import { type Relay, startRelay } from '../../src/outbox/relay.ts';
import { openTemporal, type TemporalClient } from '../../src/temporal/client.ts';
import { streamSignaller } from '../../src/temporal/signal-stream.ts';
import { type Mailbox, startMailbox } from '../../src/dev/mailbox.ts';
import { openSmtp } from '../../src/mail/smtp-send.ts';
import { lookupBy } from '../../src/mail/mail-context.ts';
import { startPump } from '../../src/mail/pump.ts';
import { startWorkerBeat } from '../../src/roles/worker-beat.ts';
import { type RunningWorker, startWorker } from '../../src/temporal/worker.ts';
import { temporalAddress, workflowBundle } from './parts.ts';
import type { TestTown } from './town.ts';

export type Stack = {
  temporal: TemporalClient;
  relay: Relay;
  worker: RunningWorker;
  mailbox: Mailbox;
  /** Every mail as it came, one file each. */
  mailDir: string;
  taskQueue: string;
  /** To the next pending instant, or to an instant of business time. */
  travel(until?: Date): Promise<Arrival>;
  /** Until nothing waits: outbox delivered, changes acknowledged, mails settled. */
  calm(): Promise<void>;
  stop(): Promise<void>;
};

/** Relay and worker in this process, on the run's Temporal server or one's own, with a task queue of their own. */
export async function startStack(
  town: TestTown,
  ownServer?: string,
  around: (activities: Activities) => Activities = (activities) => activities,
): Promise<Stack> {
  const log = createLog('test', process.env['LOG_LEVEL'] ?? 'error');
  const taskQueue = `t-${randomBytes(6).toString('hex')}`;
  const config = {
    address: ownServer ?? (await temporalAddress()),
    namespace: 'default',
    taskQueue,
    bundlePath: undefined,
  };
  const bundle = readFileSync(await workflowBundle(), 'utf8');
  const worker = await startWorker(
    config,
    town.keys,
    around(createActivities(town.context('passerelle_worker'), log)),
    bundle,
    log,
  );
  const mailDir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-mail-'));
  const mailbox = await startMailbox({ dir: mailDir });
  const smtp = openSmtp(mailbox.smtpUrl);
  const beat = startWorkerBeat(town.db('passerelle_worker'), taskQueue, smtp);
  await beat.first;
  const pump = startPump(
    {
      ...town.context('passerelle_worker'),
      smtp,
      log,
      origin: 'https://mediation.example',
      from: 'mediation@val-riviere.example',
      lookup: lookupBy(`${mailbox.webUrl}/api/messages`),
    },
    town.database.url('passerelle_worker'),
  );
  const temporal = openTemporal(config, town.keys);
  const signaller = streamSignaller(temporal.client, taskQueue);
  const db = town.db('passerelle_relay');
  const relay = startRelay({ db, url: town.database.url('passerelle_relay'), signaller, log, instance: taskQueue });
  const travelTo = (until?: Date) => travel({ db, signaller, townId: town.townId }, until);
  return {
    temporal,
    relay,
    worker,
    mailbox,
    mailDir,
    taskQueue,
    travel: travelTo,
    calm: async () => {
      const until = Date.now() + 30_000;
      for (;;) {
        const left = await sql<{ total: string }>`
          select steps + signals + mails as total, steps, signals, mails from unfinished_before(${town.townId}::uuid, business_now(${town.townId}::uuid))`.execute(
          town.owner,
        );
        if (left.rows[0]?.total === '0') return;
        if (Date.now() > until) {
          const mails = await town.owner
            .selectFrom('mail')
            .select(['template', 'state', 'attempts', 'reply_code', 'not_before'])
            .execute();
          throw new Error(`still waiting: ${JSON.stringify({ left: left.rows[0], mails })}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      beat.stop();
      await relay.stop();
      await pump.stop();
      await worker.stop();
      await mailbox.stop();
      await temporal.connection.close();
    },
  };
}

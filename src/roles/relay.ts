import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { startRelay as startOutboxRelay } from '../outbox/relay.ts';
import { parseKeyRing } from '../privacy/key-ring.ts';
import { openTemporal } from '../temporal/client.ts';
import { streamSignaller } from '../temporal/signal-stream.ts';
import { openRoleDatabase, type Stop } from './open-role.ts';

/** Carries the outbox to Temporal, repairs what got lost, moves a demo town's clock. Any number may run at once. */
export async function startRelay(config: Config, log: Log, instance: string): Promise<Stop> {
  const db = await openRoleDatabase(config, log);
  const temporal = openTemporal(config.temporal, parseKeyRing(config.keys));
  const signaller = streamSignaller(temporal.client, config.temporal.taskQueue);
  const running = startOutboxRelay({ db, url: config.databaseUrl, signaller, log, instance });
  return async () => {
    await running.stop();
    await temporal.connection.close();
    await db.destroy();
  };
}

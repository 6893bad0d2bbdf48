import type { Db } from '../db/database.ts';
import { beat } from '../outbox/heartbeat.ts';

const BEAT_MS = 4_000;

/** The worker says every four seconds that it lives and whether SMTP answers. `first` is over once it has said so. */
export function startWorkerBeat(
  db: Db,
  instance: string,
  smtp: { verify(): Promise<boolean> },
): { first: Promise<void>; stop(): void } {
  const say = async () => {
    try {
      await beat(db, instance, { role: 'worker', partUp: await smtp.verify() });
    } catch {
      // Without PostgreSQL nobody can read it either; the next one says it.
    }
  };
  const beating = setInterval(() => void say(), BEAT_MS);
  return { first: say(), stop: () => clearInterval(beating) };
}

import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './processes.ts';
import { say } from './say.ts';

/** A server beside the program, which may die on its own or by a hand that tries things out. */
export type Part = { pid: number; stop(): Promise<void> };

/**
 * Watches a part and starts it again, some seconds after its death, on the same port and data.
 * @param again must give back the part on the addresses the roles were told. @returns how to stop it for good.
 */
export function keepUp<P extends Part>(name: string, first: P, again: () => Promise<P>): () => Promise<void> {
  let part = first;
  const ending = new AbortController();
  const watching = (async () => {
    while (!ending.signal.aborted) {
      await wait(1_000, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      if (ending.signal.aborted || isAlive(part.pid)) continue;
      say(`${name} s’est arrêté ; il est relancé dans 5 s.`);
      await wait(5_000, undefined, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) continue;
      try {
        part = await again();
        say(`${name} répond de nouveau.`);
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
  })();
  return async () => {
    ending.abort();
    await watching;
    await part.stop();
  };
}

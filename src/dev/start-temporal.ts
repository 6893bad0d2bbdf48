import path from 'node:path';
import { keepUp } from './keep-up.ts';
import { progressBar, say } from './say.ts';
import { writeJson } from './state-file.ts';
import { findTemporal } from './temporal-binary.ts';
import { type LocalTemporal, startTemporal } from './temporal-server.ts';

/**
 * Finds or builds the Temporal server while forms are already accepted, starts it on the port the roles were told, keeps it up.
 * What is going on stands in `progress.json`, which `/readyz` reads.
 * @returns how to stop it; undefined when there is none, which the terminal then explains.
 */
export async function startTemporalBehind(
  stateDir: string,
  port: number,
  ending: AbortSignal,
  onUp: (temporal: LocalTemporal) => void,
): Promise<(() => Promise<void>) | undefined> {
  const note = (state: string, more = {}) =>
    writeJson(path.join(stateDir, 'progress.json'), { temporal: state, ...more });
  try {
    note('starting');
    const bar = progressBar();
    const binary = await findTemporal((progress) => {
      note('building', progress);
      bar(progress);
    }, ending);
    ending.throwIfAborted();
    note('starting');
    const options = { binary, dir: path.join(stateDir, 'temporal'), port, ui: true, durable: true };
    const temporal = await startTemporal(options);
    if (temporal.port !== port) {
      await temporal.stop();
      throw new Error(`Le port ${port} a été pris entre-temps : arrêtez avec Ctrl-C et relancez.`);
    }
    note('up');
    onUp(temporal);
    say(`Serveur Temporal : ${temporal.uiUrl ?? temporal.address}. Les délais et les rappels avancent.`);
    const uiPort = temporal.uiUrl ? Number(new URL(temporal.uiUrl).port) : undefined;
    return keepUp('Le serveur Temporal', temporal, () => startTemporal({ ...options, uiPort }));
  } catch (error) {
    note('down');
    if (ending.aborted) return undefined;
    say(`Pas de serveur Temporal : ${error instanceof Error ? error.message : String(error)}`);
    say('Les demandes restent acceptées et gardées ; délais et rappels attendent qu’il soit là.');
    return undefined;
  }
}

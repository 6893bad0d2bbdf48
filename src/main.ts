import { randomUUID } from 'node:crypto';
import { ConfigError, readConfig } from './config.ts';
import { armCrashPoint } from './crash-point.ts';
import { createLog } from './log.ts';
import type { Stop } from './roles/open-role.ts';

// One program: three roles that run until they are stopped, and the operator's commands. Each loads its own code only: a worker that comes
// back after a kill reads no page, no account and no paper first.

async function main([command = '', ...rest]: readonly string[]): Promise<Stop | undefined> {
  const config = readConfig();
  armCrashPoint(config.crashAt);
  const log = createLog(command, config.logLevel);
  const instance = randomUUID().slice(0, 8);
  switch ([command, ...rest.slice(0, 1)].join(' ')) {
    case 'web':
      return (await import('./roles/web.ts')).startWeb(config, log);
    case 'worker':
      return (await import('./roles/worker.ts')).startWorker(config, log, instance);
    case 'relay':
      return (await import('./roles/relay.ts')).startRelay(config, log, instance);
    default:
      await (await import('./operator-commands.ts')).operate(config, [command, ...rest]);
      return undefined;
  }
}

try {
  const stop = await main(process.argv.slice(2));
  if (stop) {
    let stopping = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (stopping) return;
        stopping = true;
        setTimeout(() => process.exit(1), 12_000).unref();
        void stop().finally(() => process.exit(0));
      });
    }
  }
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}

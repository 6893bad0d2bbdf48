import { createVitest } from 'vitest/node';
import { RunReport } from './support/run-report.ts';

// `npm test`: every suite once, on real parts, in the order unit, database, workflows, journeys. Names or files given narrow it down.

process.env['TZ'] = 'UTC';
const vitest = await createVitest('test', { watch: false, reporters: [new RunReport(), 'default'] });

// vitest's own handlers end the process before the parts are stopped. Ctrl-C may reach us twice, from the terminal and from npm.
let cancelled = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.removeAllListeners(signal);
  process.on(signal, () => {
    if (cancelled) return;
    cancelled = true;
    void vitest.cancelCurrentRun('keyboard-input');
  });
}
try {
  await vitest.start(process.argv.slice(2));
} catch (error) {
  // No test file of that name: vitest has said so.
  if (!(error instanceof Error && 'code' in error && error.code === 'VITEST_FILES_NOT_FOUND')) console.error(error);
  process.exitCode = 1;
} finally {
  await vitest.close();
}
process.exit(cancelled ? 130 : process.exitCode);

import { createVitest } from 'vitest/node';
import { RunReport } from './support/run-report.ts';

// `npm test`: every suite once, on real parts, in the order unit, database, workflows, journeys. Names or files given narrow it down.

process.env['TZ'] = 'UTC';
const vitest = await createVitest('test', { watch: false, reporters: [new RunReport(), 'default'] });

// Ctrl-C reaches this process twice, from the terminal and from npm: once is enough to stop the parts in good order.
let cancelled = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (cancelled) return;
    cancelled = true;
    process.exitCode = 130;
    void vitest.cancelCurrentRun('keyboard-input');
  });
}
try {
  await vitest.start(process.argv.slice(2));
} finally {
  await vitest.close();
}
process.exit(cancelled ? 130 : process.exitCode);

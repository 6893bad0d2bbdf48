import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';

// Runs every suite once, on real parts, in the order unit, database, workflows, journeys; then says how long each took against its
// budget on two cores, and how many tests passed.

const BUDGET_SECONDS: Record<string, number> = { unit: 60, database: 180, workflows: 240, journeys: 480 };

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; startTime: number; endTime: number }[];
};

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const report = path.join(os.tmpdir(), `passerelle-report-${process.pid}.json`);
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const child = spawn(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, TZ: 'UTC' } },
);
const code = await new Promise<number>((resolve) => child.once('exit', (exit) => resolve(exit ?? 1)));

let result: Report | undefined;
try {
  // Written by vitest's json reporter, whose shape this is.
  result = JSON.parse(readFileSync(report, 'utf8')) as Report;
} catch {
  console.log('vitest wrote no report');
}
rmSync(report, { force: true });
if (result) {
  for (const [suite, budget] of Object.entries(BUDGET_SECONDS)) {
    const files = result.testResults.filter(({ name }) => suiteOf(name) === suite);
    if (files.length === 0) continue;
    const seconds =
      (Math.max(...files.map((file) => file.endTime)) - Math.min(...files.map((file) => file.startTime))) / 1000;
    console.log(
      `${suite.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s of ${budget} s${seconds > budget ? '  OVER BUDGET' : ''}`,
    );
  }
  console.log(`${result.numPassedTests} passed, ${result.numFailedTests} failed, ${result.numPendingTests} skipped`);
}
process.exit(code);

function suiteOf(file: string): string {
  const relative = path.relative(root, file);
  const [, suite = ''] = /^tests\/(database|workflows|journeys)\//.exec(relative) ?? [];
  return suite || 'unit';
}

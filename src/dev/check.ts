import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// `npm run check`: what people run while they work. Types, lint, format, import rules and unit tests; under a minute.

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const bin = (name: string) => path.join(root, 'node_modules/.bin', name);
const STEPS: [string, string, string[]][] = [
  ['types', bin('tsc'), ['--noEmit', '-p', '.']],
  ['lint', bin('oxlint'), []],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['unit tests', bin('vitest'), ['run', '--project', 'unit']],
];

let failed = 0;
for (const [name, program, args] of STEPS) {
  const started = Date.now();
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);

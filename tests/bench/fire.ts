import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../../src/dev/postgres.ts';
import { findTemporal } from '../../src/dev/temporal-binary.ts';
import { startTemporal } from '../../src/dev/temporal-server.ts';
import { createLog } from '../../src/log.ts';
import { STORIES } from '../../src/stories/thirty-stories.ts';
import { bundleWorkflows } from '../../src/temporal/bundle.ts';
import { installRuntime } from '../../src/temporal/worker.ts';
import { differences, underFire } from '../support/under-fire.ts';

// `npm run fire`: every story on its own day, told in peace and then with the worker killed every five seconds and Temporal at random, -9.
// FIRE=3,8,30 takes some of them. Roles are built first, as they run in production: from source, starting again would take most of the machine.
// Ends with 1 where anything remains that is not the same.

const chosen = process.env['FIRE']?.split(',').map(Number);
const stories = STORIES.filter(({ n }) => !chosen || chosen.includes(n));
const root = fileURLToPath(new URL('../..', import.meta.url));
execFileSync(process.execPath, ['--import', 'tsx', path.join(root, 'src/dev/build.ts')], {
  cwd: root,
  stdio: 'inherit',
});
const built = path.join(root, 'dist/src/main.js');
const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const server = await startTemporal({ binary: await findTemporal(), dir, port: undefined, ui: false, durable: true });
const bundle = path.join(dir, 'workflows.js');
writeFileSync(bundle, await bundleWorkflows());
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl, temporal: server.address, bundle }));
process.env['PASSERELLE_TEST_PARTS'] = parts;
installRuntime(createLog('bench', 'silent'));

const begun = Date.now();
const told = await underFire(stories, { serverLivesMs: [10_000, 60_000], built }, (telling) => {
  console.log(`${String(Math.round((Date.now() - begun) / 1_000)).padStart(5)} s  ${telling}`);
});
const found = differences(told);
const { killed, seconds, endings } = told;
console.log(
  `${endings} stories: ${seconds.peace.toFixed(0)} s in peace, ${seconds.fire.toFixed(0)} s under fire; ` +
    `killed: ${killed.workers} workers, ${killed.servers} Temporal servers`,
);
console.log(found.length === 0 ? 'what remains is the same' : found.join('\n'));
await server.stop();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(found.length === 0 ? 0 : 1);

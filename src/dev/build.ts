import { spawnSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflows } from '../temporal/bundle.ts';

// `npm run build`: plain JavaScript in dist/, for `node dist/src/main.js ROLE` without a loader, and the workflows in one file for
// WORKFLOW_BUNDLE.

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const dist = path.join(root, 'dist');
/** What the compiler leaves out: sheets, drawings, the browser's script, towns, templates of papers. Catalogues it copies itself. */
const COPIED = /\.(css|svg|js|json|woff2|typ)$/;
const SOURCES = ['src', 'emails', 'workflows', 'migrations'];

rmSync(dist, { recursive: true, force: true });
const tsc = path.join(root, 'node_modules/.bin/tsc');
const { status } = spawnSync(tsc, ['-p', root, '--sourceMap'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(1);
for (const name of ['tests', 'vitest.config.js', 'vitest.config.js.map']) {
  rmSync(path.join(dist, name), { recursive: true, force: true });
}
for (const folder of SOURCES) {
  cpSync(path.join(root, folder), path.join(dist, folder), {
    recursive: true,
    filter: (source) => path.extname(source) === '' || COPIED.test(source),
  });
}
writeFileSync(path.join(dist, 'workflows.js'), await bundleWorkflows());
console.log('dist/ is ready: node dist/src/main.js web|worker|relay|migrate, WORKFLOW_BUNDLE=dist/workflows.js');

// Serves `npm start`, `npm test`, `npm run check`…: plain JavaScript, Node ≥ 20, built-in modules only. Installs what the lockfile
// names when it changed, then runs everything else on the pinned Node 24 that the installation brought.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [command, ...rest] = process.argv.slice(2);

const PROGRAMS = {
  start: ['src/dev/start.ts'],
  dev: ['src/dev/start.ts', '--watch'],
  test: ['tests/run.ts'],
  check: ['src/dev/check.ts'],
  build: ['src/dev/build.ts'],
};

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(
    `Node ${process.versions.node} est trop ancien : installez Node 20 ou plus récent. / Node 20 or newer is needed.`,
  );
}
const program = command === 'run' ? rest.splice(0, 1) : PROGRAMS[command ?? ''];
if (!program?.[0]) fail('usage: node tools/start.mjs start|dev|test|check|build|run FILE');

install();
const node = pinnedNode();
const child = spawn(
  node,
  ['--import', 'tsx', ...program.map((part) => (part.endsWith('.ts') ? path.join(root, part) : part)), ...rest],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter),
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));

/** `npm ci` when the lockfile is not the one installed; two starts at once wait for each other. */
function install() {
  const hash = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const note = path.join(root, 'node_modules', '.passerelle-lock-hash');
  const isInstalled = () => existsSync(note) && readFileSync(note, 'utf8') === hash;
  if (isInstalled()) return;
  const lock = path.join(root, '.installing');
  while (!take(lock)) spawnSync(process.execPath, ['-e', 'setTimeout(() => {}, 500)']);
  try {
    if (isInstalled()) return;
    process.stderr.write('Installation des dépendances (une à deux minutes la première fois)…\n');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const done = spawnSync(npm, ['ci'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    if (done.status !== 0) fail('L’installation a échoué : voir le message de npm ci-dessus. / npm ci failed.');
    writeFileSync(note, hash);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** The lock names its holder, so that an installation that was killed holds up nobody. */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld(lock)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isHeld(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Made a moment ago, and its name not yet in it.
    if (!holder) return Date.now() - statSync(lock).mtimeMs < 5_000;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function pinnedNode() {
  const brought = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(
    'Aucun Node 24 n’existe dans npm pour cette machine : installez Node 24. / No packaged Node 24 here: install Node 24.',
  );
}

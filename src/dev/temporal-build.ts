import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { holding } from './file-lock.ts';
import { findGo } from './go-toolchain.ts';
import { readJson, writeJson } from './state-file.ts';

const run = promisify(execFile);

/** Where the pinned Go modules of the server stand. */
export const GO_MODULES = fileURLToPath(new URL('../../tools/temporal', import.meta.url));
const CLI_VERSION = '1.8.2';
const CLI = 'github.com/temporalio/cli/cmd/temporal';

export type BuildProgress = { done: number; total: number; secondsLeft: number | undefined };

/**
 * Builds the server to `target` from the pinned Go modules; several clones on one machine build it once and the others wait.
 * @throws Error with the compiler's last lines, or saying what to install.
 */
export async function buildTemporal(
  target: string,
  onProgress: (progress: BuildProgress) => void,
  ending: AbortSignal,
): Promise<void> {
  const folder = path.dirname(target);
  const shared = path.join(folder, 'progress.json');
  const tell = (progress: BuildProgress) => {
    writeJson(shared, progress);
    onProgress(progress);
  };
  const build = async () => {
    if (!existsSync(target)) await compile(await findGo(wantedGo(), folder), target, tell, ending);
  };
  await holding(path.join(folder, 'building.pid'), build, () => {
    ending.throwIfAborted();
    const others = readJson(shared);
    // Written by `tell` in the clone that builds.
    if (others !== undefined) onProgress(others as BuildProgress);
  });
}

function wantedGo(): string {
  return /^go (\S+)$/m.exec(readFileSync(path.join(GO_MODULES, 'go.mod'), 'utf8'))?.[1] ?? '1.26';
}

async function compile(
  go: string,
  target: string,
  onProgress: (progress: BuildProgress) => void,
  ending: AbortSignal,
): Promise<void> {
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOWORK: 'off' };
  const where = { cwd: GO_MODULES, env, signal: ending };
  onProgress({ done: 0, total: 0, secondsLeft: undefined });
  const { stdout } = await run(go, ['list', '-mod=readonly', '-deps', CLI], { ...where, maxBuffer: 1e8 });
  const total = stdout.trim().split('\n').length;
  onProgress({ done: 0, total, secondsLeft: undefined });
  const partial = `${target}.${process.pid}.part`;
  const version = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${CLI_VERSION}`;
  const args = ['build', '-v', '-mod=readonly', '-trimpath', '-ldflags', version, '-o', partial, CLI];
  const child = spawn(go, args, { ...where, stdio: ['ignore', 'ignore', 'pipe'] });
  const lastLines: string[] = [];
  const started = Date.now();
  let done = 0;
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > 6) lastLines.shift();
    done = Math.min(done + 1, total);
    onProgress({ done, total, secondsLeft: secondsLeft(done, total, Date.now() - started) });
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) {
    rmSync(partial, { force: true });
    throw new Error(`The Temporal server could not be built:\n${lastLines.join('\n')}`);
  }
  renameSync(partial, target);
}

/** Too early, a guess would frighten: the first packages are the small ones. Linking comes after the last package. */
function secondsLeft(done: number, total: number, elapsedMs: number): number | undefined {
  if (done < 50) return undefined;
  return Math.round((elapsedMs / 1000 / done) * (total - done)) + 15;
}

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildTemporal, GO_MODULES, type BuildProgress } from './temporal-build.ts';
import { downloadTemporal } from './temporal-download.ts';

export type { BuildProgress } from './temporal-build.ts';

const run = promisify(execFile);

/** The first server that can move one workflow's clock by itself, which two tests need. */
const PREFERRED_SERVER = [1, 32] as const;

/**
 * Finds a Temporal dev server, whichever comes first: a recent `temporal` on the PATH, one this machine already built or
 * downloaded, the download the SDK would make, any `temporal` on the PATH, a build from the pinned Go modules.
 * @param ending gives up a build. @throws Error with one clear message when none of it works.
 */
export async function findTemporal(
  onProgress: (progress: BuildProgress) => void = () => undefined,
  ending: AbortSignal = new AbortController().signal,
): Promise<string> {
  const onPath = await serverVersion('temporal');
  if (onPath && isPreferred(onPath)) return 'temporal';
  const cache = cacheFolder();
  const [built, downloaded] = [path.join(cache, 'temporal'), path.join(cache, 'temporal-downloaded')];
  for (const known of [built, downloaded]) if (existsSync(known) && (await serverVersion(known))) return known;
  mkdirSync(cache, { recursive: true });
  if (await downloadTemporal(downloaded)) return downloaded;
  if (onPath) return 'temporal';
  await buildTemporal(built, onProgress, ending);
  return built;
}

/** One folder per content of tools/temporal/go.sum, shared by all clones of this account. */
export function cacheFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
  const pinned = createHash('sha256')
    .update(readFileSync(path.join(GO_MODULES, 'go.sum')))
    .digest('hex');
  return path.join(cache, 'passerelle', 'temporal', pinned.slice(0, 16));
}

/** The version of the server inside this CLI, such as `1.32.0`; undefined when it cannot run here. */
export async function serverVersion(binary: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(binary, ['--version'], { timeout: 10_000 });
    return /\bServer v?(\d+\.\d+\.\d+)/i.exec(stdout)?.[1] ?? 'unknown';
  } catch {
    return undefined;
  }
}

function isPreferred(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > PREFERRED_SERVER[0] || (major === PREFERRED_SERVER[0] && minor >= PREFERRED_SERVER[1]);
}

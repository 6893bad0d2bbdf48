import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The command line of a live process, or undefined; a pid found in a file may by now belong to somebody else. */
export function commandLine(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return process.platform === 'linux' ? undefined : askedOfPs(pid);
  }
}

function askedOfPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}

/** Asks a process to end, and makes it end after a grace. */
export async function endProcess(pid: number, graceMs: number, gently: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  for (const [signal, patience] of [
    [gently, graceMs],
    ['SIGKILL', 3_000],
  ] as const) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = Date.now() + patience;
    while (isAlive(pid) && Date.now() < until) await wait(20);
  }
}

/** Asks again until there is an answer; undefined when patience ends first. */
export async function eventually<T>(patienceMs: number, probe: () => Promise<T | undefined>): Promise<T | undefined> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() > until) return undefined;
    await wait(50);
  }
}

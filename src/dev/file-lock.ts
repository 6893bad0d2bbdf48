import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { commandLine } from './processes.ts';

/**
 * Does `work` while no other process of this machine holds the same lock file; one whose holder was killed is free.
 * `waiting` is called now and then until it is this process's turn, and may throw to give up.
 */
export async function holding<T>(
  lock: string,
  work: () => Promise<T>,
  waiting: () => void = () => undefined,
): Promise<T> {
  while (!take(lock)) {
    waiting();
    await wait(500);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  // Linked into place with its content, so that nobody ever reads an empty lock.
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    if (isLinked(mine, lock)) return true;
    if (isHeld(lock)) return false;
    rmSync(lock, { force: true });
    return isLinked(mine, lock);
  } finally {
    rmSync(mine, { force: true });
  }
}

function isLinked(mine: string, lock: string): boolean {
  try {
    linkSync(mine, lock);
    return true;
  } catch {
    return false;
  }
}

function isHeld(lock: string): boolean {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    return holder === process.pid || (commandLine(holder)?.includes('node') ?? false);
  } catch {
    return false;
  }
}

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes a small JSON file whole or not at all. */
export function writeJson(file: string, value: unknown, mode = 0o600): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.part`;
  writeFileSync(partial, `${JSON.stringify(value, null, 1)}\n`, { mode });
  renameSync(partial, file);
}

export function readJson(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** What a first start makes once and later starts find again. */
export function remembered<T>(file: string, make: () => T): T {
  const known = readJson(file);
  // Written below by the same caller, with the same type.
  if (known !== undefined) return known as T;
  const made = make();
  writeJson(file, made);
  return made;
}

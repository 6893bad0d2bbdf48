import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = { optionalDependencies?: Record<string, string>; optional?: boolean; version?: string };

// `npm ci` refuses a lock that lacks an optional package of another platform (docs/decisions/0008-pdf.md).
test('every optional dependency of the lock has its entry', () => {
  const lock: unknown = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  // npm's own format, version 3.
  const { packages } = lock as { packages: Record<string, Locked> };
  const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => {
      const places = at
        .split('/node_modules/')
        .map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
      return ![`node_modules/${name}`, ...places.map((place) => `${place}/node_modules/${name}`)].some(
        (path) => path in packages,
      );
    }),
  );
  expect(missing).toEqual([]);
});

import os from 'node:os';
import { defineConfig } from 'vitest/config';

// One project after the other, from the quickest. Counted from 1: with one worker, vitest puts group 0 last.
const booted = { globalSetup: ['tests/support/global-setup.ts'], testTimeout: 60_000, hookTimeout: 900_000 };

// A database of its own for each file: two at a time keep two cores busy, which vitest's own choice, one less than there are, does not.
const maxWorkers = Math.max(2, os.availableParallelism() - 1);

export default defineConfig({
  test: {
    pool: 'forks',
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          maxWorkers,
          include: ['src/**/*.test.{ts,tsx}', 'workflows/**/*.test.ts', 'emails/**/*.test.tsx', 'tests/*.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          maxWorkers,
          include: ['tests/database/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 2 },
          ...booted,
        },
      },
      {
        extends: true,
        test: {
          name: 'workflows',
          include: ['tests/workflows/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 3 },
          ...booted,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          maxWorkers,
          include: ['tests/journeys/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 4 },
          ...booted,
        },
      },
    ],
  },
});

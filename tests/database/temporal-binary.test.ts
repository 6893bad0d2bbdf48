import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { holding } from '../../src/dev/file-lock.ts';
import { downloadTemporal } from '../../src/dev/temporal-download.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-binary-'));
let server: Server | undefined;
afterEach(() => {
  server?.close();
  for (const name of readdirSync(dir)) rmSync(path.join(dir, name), { recursive: true });
});

/** Answers like the place the SDK downloads from, with a script in the archive. */
async function downloads(script: string): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'passerelle-archive-'));
  writeFileSync(path.join(folder, 'temporal'), script, { mode: 0o755 });
  const archive = execFileSync('tar', ['-czf', '-', '-C', folder, 'temporal']);
  rmSync(folder, { recursive: true });
  const made = createServer((request, response) => {
    if (request.url === '/archive') return response.end(archive);
    return response.end(
      JSON.stringify({ archiveUrl: `http://${request.headers.host}/archive`, fileToExtract: 'temporal' }),
    );
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}

test('a server that can be downloaded is put in its place whole, and runs', async () => {
  const target = path.join(dir, 'temporal');
  expect(await downloadTemporal(target, await downloads('#!/bin/sh\necho it runs\n'))).toBe(true);
  expect(execFileSync(target, { encoding: 'utf8' })).toBe('it runs\n');
  expect(readdirSync(dir)).toEqual(['temporal']);
});

test('a network that refuses, or a download that does not run here, leaves nothing behind and gives way to the build', async () => {
  const target = path.join(dir, 'temporal');
  expect(await downloadTemporal(target, 'http://127.0.0.1:9')).toBe(false);
  expect(await downloadTemporal(target, await downloads('#!/bin/sh\nexit 1\n'))).toBe(false);
  expect(readdirSync(dir)).toEqual([]);
});

test('two that want to build take turns, and a lock whose holder was killed is free', async () => {
  const lock = path.join(dir, 'building.pid');
  writeFileSync(lock, '999999999');
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`${name} ends`);
  };
  await Promise.all([holding(lock, work('one')), holding(lock, work('two'))]);
  expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  expect(() => readFileSync(lock)).toThrow(/ENOENT/);
});

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startMailbox } from '../../src/dev/mailbox.ts';
import { startPostgres } from '../../src/dev/postgres.ts';
import { commandLine, endProcess } from '../../src/dev/processes.ts';
import { readJson, writeJson } from '../../src/dev/state-file.ts';
import { findTemporal } from '../../src/dev/temporal-binary.ts';
import { leftTemporal, type LocalTemporal, startTemporal } from '../../src/dev/temporal-server.ts';
import { bundleWorkflows } from '../../src/temporal/bundle.ts';
import type { Parts } from './parts.ts';

const RUNS = path.join(os.tmpdir(), 'passerelle-test');

/**
 * The real parts of one test run: one PostgreSQL, one mailbox, one Temporal server (found or built behind the first suites), one
 * workflow bundle. Addresses stand in a file that tests/support/parts.ts reads. Called once per project; the first call starts.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (process.env['PASSERELLE_TEST_PARTS']) return async () => undefined;
  await sweepKilledRuns();
  // PostgreSQL's own account must be able to enter the folder.
  const dir = mkdtempSync(path.join(RUNS, 'run-'));
  chmodSync(dir, 0o711);
  const file = path.join(dir, 'parts.json');
  process.env['PASSERELLE_TEST_PARTS'] = file;
  const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: false });
  const mailbox = await startMailbox({ dir: path.join(dir, 'mailbox') });
  const parts: Parts = {
    run: process.pid,
    pids: [postgres.pid],
    adminUrl: postgres.adminUrl,
    mailbox: { smtpUrl: mailbox.smtpUrl, webUrl: mailbox.webUrl },
  };
  writeJson(file, parts);

  const ending = new AbortController();
  let temporal: LocalTemporal | undefined;
  const temporalStarted = (async () => {
    try {
      const binary = await findTemporal(undefined, ending.signal);
      ending.signal.throwIfAborted();
      temporal = await startTemporal({ binary, dir: path.join(dir, 'temporal'), ui: false, durable: false });
      parts.temporal = temporal.address;
      parts.bundle = path.join(dir, 'workflows.js');
      writeFileSync(parts.bundle, await bundleWorkflows());
    } catch (error) {
      parts.temporalError = error instanceof Error ? error.message : String(error);
    }
    writeJson(file, parts);
  })();
  return async () => {
    // A run of the quick suites alone does not wait for a server that is still being built.
    ending.abort(new Error('the run is over'));
    await temporalStarted;
    await Promise.all([temporal?.stop(), postgres.stop(), mailbox.stop()]);
    rmSync(dir, { recursive: true, force: true });
  };
}

/** A run that was killed could not stop its servers; the next one does. */
async function sweepKilledRuns(): Promise<void> {
  mkdirSync(RUNS, { recursive: true });
  const mine = readdirSync(RUNS).filter((name) => name.startsWith('run-'));
  for (const name of mine) {
    const dir = path.join(RUNS, name);
    // Written above as Parts.
    const parts = readJson(path.join(dir, 'parts.json')) as Parts | undefined;
    if (!parts || /vitest|tests\/run\.ts/.test(commandLine(parts.run) ?? '')) continue;
    const pids = [...parts.pids, leftTemporal(path.join(dir, 'temporal'))?.pid ?? 0];
    const left = pids.filter((pid) => commandLine(pid)?.includes(dir));
    await Promise.all(left.map((pid) => endProcess(pid, 5_000, 'SIGINT')));
    rmSync(dir, { recursive: true, force: true });
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findTemporal } from '../../src/dev/temporal-binary.ts';
import { startPostgres } from '../../src/dev/postgres.ts';
import { type LocalTemporal, startTemporal } from '../../src/dev/temporal-server.ts';
import { bundleWorkflows } from '../../src/temporal/bundle.ts';

/**
 * The real parts of one test run: one PostgreSQL, one Temporal server (found or built behind the first suites), one workflow
 * bundle. Addresses stand in a file that tests/support/parts.ts reads.
 */
export async function setup(): Promise<() => Promise<void>> {
  const already = process.env['PASSERELLE_TEST_PARTS'];
  if (already) return async () => undefined;
  // PostgreSQL's own account must be able to enter the folder.
  const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-test-'));
  const file = path.join(dir, 'parts.json');
  process.env['PASSERELLE_TEST_PARTS'] = file;
  const { chmodSync } = await import('node:fs');
  chmodSync(dir, 0o711);
  const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: false });
  const parts: Record<string, string> = { adminUrl: postgres.adminUrl };
  const publish = () => writeFileSync(file, JSON.stringify(parts), { mode: 0o600 });
  publish();
  let temporal: LocalTemporal | undefined;
  const temporalStarted = (async () => {
    try {
      const binary = await findTemporal();
      temporal = await startTemporal({ binary, dir: path.join(dir, 'temporal'), ui: false, durable: false });
      parts['temporal'] = temporal.address;
      const bundle = path.join(dir, 'workflows.js');
      writeFileSync(bundle, await bundleWorkflows());
      parts['bundle'] = bundle;
    } catch (error) {
      parts['temporalError'] = error instanceof Error ? error.message : String(error);
    }
    publish();
  })();
  return async () => {
    await temporalStarted;
    await temporal?.stop();
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

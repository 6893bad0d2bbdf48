import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openAccounts } from '../../src/accounts/accounts.ts';
import { giveDemoAccounts } from '../../src/demo/give-accounts.ts';
import { createApp } from '../../src/http/app.tsx';
import { listen } from '../../src/http/listen.ts';
import { acceptedOrigins } from '../../src/http/origin.ts';
import { TownDirectory } from '../../src/http/town-of-request.ts';
import type { LimitTable } from '../../src/limits/limit-table.ts';
import { openLimits } from '../../src/limits/limits.ts';
import { createLog } from '../../src/log.ts';
import { WIDE } from './limits.ts';
import type { TestTown } from './town.ts';

export type Web = { origin: string; stop(): Promise<void> };

/** The real app of a test town; forms are accepted from loopback on `port()`, as often as one likes unless `table` says otherwise. */
export async function webApp(
  town: TestTown,
  demo = true,
  port: () => number = () => 80,
  table: LimitTable = WIDE,
  stateDir?: string,
): Promise<ReturnType<typeof createApp>> {
  const context = town.context('passerelle_web');
  const log = createLog('web', process.env['LOG_LEVEL'] ?? 'silent');
  const ctx = { ...context, limits: openLimits({ ...context, log }, table) };
  const towns = new TownDirectory(ctx.db);
  await towns.refresh();
  const origins = () => acceptedOrigins(true, port(), undefined, []);
  const accounts = await openAccounts({
    url: town.database.url('passerelle_auth'),
    secret: town.keys.derived('accounts').export().toString('base64'),
    baseUrl: 'http://localhost',
    trustedOrigins: origins,
    secureCookies: false,
    demo,
    log,
  });
  town.atEnd(() => accounts.close());
  await giveDemoAccounts(town.database.adminUrl, accounts);
  return createApp({ ...ctx, accounts, towns, log, stateDir, demo, secureCookies: false, origins });
}

/** The real web of a test town, on a free port. `mailbox`: where the demonstration's people read their mail. */
export async function startWeb(
  town: TestTown,
  { table, mailbox }: { table?: LimitTable; mailbox?: string } = {},
): Promise<Web> {
  let port = 0;
  const stateDir = mailbox && mkdtempSync(path.join(os.tmpdir(), 'passerelle-state-'));
  if (stateDir) writeFileSync(path.join(stateDir, 'state.json'), JSON.stringify({ mailbox }));
  const app = await webApp(town, true, () => port, table, stateDir);
  const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 });
  port = server.port;
  return { origin: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

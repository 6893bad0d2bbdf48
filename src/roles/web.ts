import { serve } from '@hono/node-server';
import type { Config } from '../config.ts';
import { createApp } from '../http/app.tsx';
import { acceptedOrigins } from '../http/origin.ts';
import { TownDirectory } from '../http/town-of-request.ts';
import type { Log } from '../log.ts';
import { checkTowns, openRole, openRoleAccounts, type Stop } from './open-role.ts';

/** Forms and pages. Any number may run at once. */
export async function startWeb(config: Config, log: Log): Promise<Stop> {
  const ctx = await openRole(config, 'app_public', log);
  await checkTowns(ctx.db, ctx.keys, config.demo);
  const towns = new TownDirectory(ctx.db);
  await towns.refresh();
  let port = config.port;
  const origins = () => acceptedOrigins(config.demo, port, config.publicOrigin);
  const accounts = await openRoleAccounts(config, ctx.keys, log, origins);
  const { stateDir, demo, secureCookies } = config;
  const app = createApp({ ...ctx, accounts, towns, log, stateDir, demo, secureCookies, origins });
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port });
  await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const address = server.address();
  if (typeof address === 'object' && address) port = address.port;
  log.info('listening', { port });
  return async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await accounts.close();
    await ctx.db.destroy();
  };
}

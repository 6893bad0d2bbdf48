import type { Config } from '../config.ts';
import { createApp } from '../http/app.tsx';
import { listen } from '../http/listen.ts';
import { acceptedOrigins } from '../http/origin.ts';
import { TownDirectory } from '../http/town-of-request.ts';
import { clientAddress } from '../limits/client-address.ts';
import type { Log } from '../log.ts';
import { checkTowns, openRole, type Stop } from './open-role.ts';
import { openRoleAccounts } from './open-role-accounts.ts';

/** Forms and pages. Any number may run at once. */
export async function startWeb(config: Config, log: Log): Promise<Stop> {
  const ctx = await openRole(config, 'app_public', log);
  await checkTowns(ctx.db, ctx.keys, config.demo);
  const towns = new TownDirectory(ctx.db);
  await towns.refresh();
  let port = config.port;
  const origins = () => acceptedOrigins(config.demo, port, config.publicOrigin, towns.hosts);
  const accounts = await openRoleAccounts(config, ctx.keys, log, origins);
  const { stateDir, demo, secureCookies, trustedProxies } = config;
  const app = createApp({
    ...ctx,
    accounts,
    clientAddress: clientAddress(trustedProxies),
    towns,
    log,
    stateDir,
    demo,
    secureCookies,
    origins,
  });
  const server = await listen(app.fetch, { host: config.host, port: config.port });
  port = server.port;
  log.info('listening', { port });
  return async () => {
    await server.close();
    await accounts.close();
    await ctx.db.destroy();
  };
}

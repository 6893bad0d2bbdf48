import { type Accounts, openAccounts } from '../accounts/accounts.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { publicAddress } from './open-role.ts';

/** Accounts of people at work. `origins` are those whose forms are accepted, known once the port is bound. */
export async function openRoleAccounts(
  config: Config,
  keys: KeyRing,
  log: Log,
  origins: () => readonly string[],
): Promise<Accounts> {
  return openAccounts({
    url: config.authDatabaseUrl,
    secret: keys.derived('accounts').export().toString('base64'),
    baseUrl: publicAddress(config),
    trustedOrigins: origins,
    secureCookies: config.secureCookies,
    demo: config.demo,
    log,
  });
}

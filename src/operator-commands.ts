import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Accounts } from './accounts/accounts.ts';
import { inviteAdministrator } from './accounts/invite-administrator.ts';
import { type Config, ConfigError } from './config.ts';
import { migrate } from './db/migrate.ts';
import { giveDemoAccounts } from './demo/give-accounts.ts';
import { createLog } from './log.ts';
import { parseKeyRing } from './privacy/key-ring.ts';
import { publicAddress } from './roles/open-role.ts';
import { openRoleAccounts } from './roles/open-role-accounts.ts';
import { addMissingHelplines } from './towns/add-missing-helplines.ts';
import { addMissingLadders } from './towns/add-missing-ladders.ts';
import { createTown } from './towns/create-town.ts';
import { TownFile } from './towns/town-file.ts';

const USAGE = `usage: main web | worker | relay
       main migrate
       main town create FILE.json [--if-missing]
       main admin invite TOWN-SLUG EMAIL FIRST-NAME LAST-NAME
       main demo people`;

/** What an operator types, done once. @throws ConfigError that says how it is used. */
export async function operate(config: Config, [command = '', ...rest]: readonly string[]): Promise<void> {
  switch ([command, ...rest.slice(0, 1)].join(' ')) {
    case 'migrate':
      await migrate(config.migrateDatabaseUrl, config.logins);
      await addMissingLadders(config.migrateDatabaseUrl);
      await addMissingHelplines(config.migrateDatabaseUrl);
      return;
    case 'town create':
      return townCreate(config, rest.slice(1));
    case 'admin invite':
      return withAccounts(config, (accounts) => adminInvite(config, accounts, rest.slice(1)));
    case 'demo people':
      if (!config.demo) throw new ConfigError('main demo people needs PASSERELLE_DEMO=1');
      return withAccounts(config, async (accounts) => {
        console.log(`Demo accounts made: ${await giveDemoAccounts(config.migrateDatabaseUrl, accounts)}`);
      });
    default:
      throw new ConfigError(USAGE);
  }
}

async function townCreate(config: Config, [file, flag]: readonly string[]): Promise<void> {
  if (!file || !existsSync(file)) throw new ConfigError(USAGE);
  const town = TownFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const created = await createTown(config.migrateDatabaseUrl, parseKeyRing(config.keys), town);
  if (!created && flag !== '--if-missing') throw new ConfigError(`A town with the slug ${town.slug} exists already`);
  console.log(created ? `Town ${town.slug} created: ${created}` : `Town ${town.slug} is there`);
}

async function adminInvite(config: Config, accounts: Accounts, args: readonly string[]): Promise<void> {
  const [townSlug, email, firstName, lastName] = args;
  if (!townSlug || !firstName || !lastName || !z.email().safeParse(email).success) throw new ConfigError(USAGE);
  const person = { townSlug, email: email ?? '', firstName, lastName };
  const code = await inviteAdministrator(config.migrateDatabaseUrl, accounts, person);
  if (code === undefined) throw new ConfigError(`No town has the slug ${townSlug}`);
  console.log(`Invitation code, once, for 72 hours: ${code}\nTo be typed at ${publicAddress(config)}/invitation`);
}

async function withAccounts(config: Config, run: (accounts: Accounts) => Promise<void>): Promise<void> {
  const log = createLog('accounts', config.logLevel);
  const accounts = await openRoleAccounts(config, parseKeyRing(config.keys), log, () => []);
  try {
    await run(accounts);
  } finally {
    await accounts.close();
  }
}

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { remembered } from './state-file.ts';

/** The four runtime logins; src/db/migrate.ts says what each may become. */
export const LOGINS = ['passerelle_web', 'passerelle_worker', 'passerelle_relay', 'passerelle_auth'] as const;
export type Login = (typeof LOGINS)[number];
/** `logins` and `keys` as the program takes them from its environment (JSON); `urlOf` the database as one login. */
export type Secrets = { logins: string; keys: string; urlOf(login: Login, adminUrl: string): string };

/** Passwords and keys of this clone: drawn once, kept in its state folder (0600). */
export function rememberSecrets(stateDir: string): Secrets {
  const logins = remembered(path.join(stateDir, 'logins.json'), () =>
    Object.fromEntries(LOGINS.map((login) => [login, randomBytes(18).toString('base64url')])),
  );
  const key = () => randomBytes(32).toString('base64');
  const keys = remembered(path.join(stateDir, 'keys.json'), () => ({
    current: 'k1',
    keys: { k1: key() },
    pepper: key(),
  }));
  return {
    logins: JSON.stringify(logins),
    keys: JSON.stringify(keys),
    urlOf(login, adminUrl) {
      const url = new URL(adminUrl);
      [url.username, url.password] = [login, logins[login] ?? ''];
      return url.toString();
    },
  };
}

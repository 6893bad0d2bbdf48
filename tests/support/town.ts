import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import type { CommandContext } from '../../src/command-context.ts';
import { type Db, openDatabase } from '../../src/db/database.ts';
import { TownPolicies } from '../../src/deadlines/town-policy.ts';
import { type KeyRing, parseKeyRing } from '../../src/privacy/key-ring.ts';
import { createTown } from '../../src/towns/create-town.ts';
import { TownFile } from '../../src/towns/town-file.ts';
import { freshDatabase, type Login, type TestDatabase } from './database.ts';
import { testKeysText } from './keys.ts';

export type TestTown = {
  database: TestDatabase;
  keysText: string;
  keys: KeyRing;
  townId: string;
  kid: string;
  /** People by their reference in the town file: R1, R2, M1 … M8. */
  person(ref: string): string;
  db(login: Login): Db;
  context(login: Login): CommandContext;
  /** Sees everything: the schema's owner, for looking only. */
  owner: Db;
  /** Closed before the database goes. */
  atEnd(close: () => Promise<void>): void;
  close(): Promise<void>;
};

/** Monday 11 January 2027, 10:00 in Paris: tests do not depend on the hour they run at. */
export const START = new Date('2027-01-11T09:00:00Z');

export const FIRST_NIGHT = new Date('2027-01-12T03:10:00Z');

async function setClock(owner: Db, townId: string, at: Date): Promise<void> {
  await owner
    .updateTable('town')
    .set({ clock_offset_ms: at.getTime() - Date.now() })
    .where('id', '=', townId)
    .execute();
  // The first night was opened before the clock moved.
  await owner.updateTable('step').set({ at: FIRST_NIGHT }).where('town_id', '=', townId).execute();
}

/** Val-Rivière under a random name, in a database of its own. */
export async function testTown(name: string, change: (file: TownFile) => void = () => undefined): Promise<TestTown> {
  const database = await freshDatabase(name);
  const keysText = testKeysText();
  const keys = parseKeyRing(keysText);
  const file = TownFile.parse(
    JSON.parse(readFileSync(new URL('../../src/dev/val-riviere.json', import.meta.url), 'utf8')),
  );
  file.slug = `town-${randomBytes(4).toString('hex')}`;
  change(file);
  const townId = await createTown(database.adminUrl, keys, file);
  if (!townId) throw new Error('town not created');
  const pools: Db[] = [];
  const ends: (() => Promise<void>)[] = [];
  const open = (url: string) => {
    const db = openDatabase(url, { max: 8, onIdleError: () => undefined });
    pools.push(db);
    return db;
  };
  const owner = open(database.adminUrl);
  await setClock(owner, townId, START);
  const people = await owner.selectFrom('person').select(['id', 'ref']).where('town_id', '=', townId).execute();
  const byLogin = new Map<Login, Db>();
  const db = (login: Login) => {
    let known = byLogin.get(login);
    if (!known) byLogin.set(login, (known = open(database.url(login))));
    return known;
  };
  return {
    database,
    keysText,
    keys,
    townId,
    kid: keys.current,
    person(ref) {
      const found = people.find((candidate) => candidate.ref === ref);
      if (!found) throw new Error(`nobody is called ${ref}`);
      return found.id;
    },
    db,
    context: (login) => ({
      db: db(login),
      keys,
      policies: new TownPolicies(db(login), login === 'passerelle_worker' ? 'app_worker' : 'app_public'),
    }),
    owner,
    atEnd: (close) => void ends.push(close),
    async close() {
      for (const end of ends) await end();
      for (const pool of pools) await pool.destroy();
      await database.drop();
    },
  };
}

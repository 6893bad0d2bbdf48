import type { Db } from './db/database.ts';
import type { TownPolicies } from './deadlines/town-policy.ts';
import type { KeyRing } from './privacy/key-ring.ts';

/** What a command needs: the data, the towns' rules about time, the keys. Tests pass their own. */
export type CommandContext = { db: Db; policies: TownPolicies; keys: KeyRing };

import type { TownTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { watchDanger } from './danger.command.ts';
import type { LockedCase } from './lock-case.ts';

/** A case that lives again (T29, T35) with a danger nobody has decided on: its leader is alerted anew. */
export async function watchUndecidedDanger(tx: TownTx, policy: TownPolicy, theCase: LockedCase): Promise<void> {
  if (!theCase.danger) return;
  const last = await tx.db
    .selectFrom('deadline')
    .select('state')
    .where('case_id', '=', theCase.id)
    .where('kind', '=', 'danger')
    .orderBy('opened_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last?.state === 'met' || last?.state === 'open') return;
  await watchDanger(tx, policy, theCase);
}

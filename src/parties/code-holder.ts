import type { HolderTx } from '../db/transaction.ts';

/** Whoever typed a code: the person who asked, or the other party. */
export type CodeHolder = { townId: string; caseId: string; partyId?: string; form?: string };

/** Who acts in a transaction of a code holder: the code of a party opens that party's role, any other the requester's. */
export function actorOf({ partyId, ...by }: CodeHolder): HolderTx['actor'] {
  return partyId ? { role: 'app_party', ...by, partyId } : { role: 'app_public', ...by };
}

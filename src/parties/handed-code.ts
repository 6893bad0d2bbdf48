import { createHash } from 'node:crypto';
import { codeFromNonce } from '../privacy/case-code.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { partyCode } from './party-code.ts';

/** What is made with the page on which a new code is handed; the same page sent again, its answer lost, gives the same code (C-2). */
export type Handing = { partyId: string; fresh: string };

/** The id of its row; whoever reads the row cannot tell what the page was made with. */
export function handedAccessId({ partyId, fresh }: Handing): string {
  const hex = createHash('sha256').update(`${partyId}|${fresh}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** The other party's code is made from its row, as the one on the letter is; the requester's from the page alone, so that nobody makes it again. */
export function handedCode(keys: KeyRing, side: 'requester' | 'other', handed: Handing): string {
  if (side === 'other') return partyCode(keys, handedAccessId(handed));
  return codeFromNonce(keys, `handed|${handed.partyId}|${handed.fresh}`);
}

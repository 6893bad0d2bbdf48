import { codeFromNonce } from '../privacy/case-code.ts';
import type { KeyRing } from '../privacy/key-ring.ts';

/** The other party's code, made from the id of its access row: the invitation can be printed again, nothing stored opens anything. */
export function partyCode(keys: KeyRing, accessId: string): string {
  return codeFromNonce(keys, `party|${accessId}`);
}

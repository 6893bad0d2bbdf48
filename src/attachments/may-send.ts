import { type CaseState, isActive, isOpenToPerson } from '../cases/case-status.ts';

/** Whether a side of a case may still send files, and take back its own (B-77): the page that offers it and the command ask the same. */
export function maySend(state: CaseState, party: { side: 'requester' | 'other'; ended: boolean }): boolean {
  return !party.ended && (party.side === 'other' ? isActive(state) : isOpenToPerson(state));
}

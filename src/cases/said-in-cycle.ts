import type { StaffTx } from '../db/transaction.ts';
import { latestEvent } from '../journal/latest-event.query.ts';
import type { AgreementStanding } from '../parties/agreement-status.ts';
import { partiesOf } from '../parties/standing.ts';

/** What the sides have said since the case was opened, or opened again (T29). */
export type Said = {
  requester: AgreementStanding;
  /** The requester lets the other side be contacted (F3 item 2). */
  mayContact: boolean;
  requesterTakesPart: boolean;
  /** Somebody of the other side is still asked, or agreed. */
  othersLeft: boolean;
  othersRefused: boolean;
  /** Somebody was asked, and did not answer. */
  othersSilent: boolean;
};

/** What a former cycle ended with says nothing of this one; a relapse (T26) goes on with the same people. */
export async function saidInCycle(tx: StaffTx, caseId: string): Promise<Said> {
  const reopened = await latestEvent(tx, caseId, ['case_reopened']);
  const parties = await partiesOf(tx, caseId);
  const requester = parties.find(({ side }) => side === 'requester');
  const others = parties.filter(({ side }) => side === 'other');
  const gone = others.filter(({ endedAt }) => endedAt !== null && (!reopened || endedAt >= reopened.at));
  return {
    requester: requester?.agreement ?? 'none',
    mayContact: requester?.given.includes('contact_other') ?? false,
    requesterTakesPart: requester?.agreement === 'yes' && requester.takesPart,
    othersLeft: others.some(({ ended, agreement }) => !ended && (agreement === 'asked' || agreement === 'yes')),
    othersRefused: gone.some(({ endReason }) => endReason === 'refused' || endReason === 'withdrawn'),
    othersSilent: gone.some(({ endReason }) => endReason === 'no_answer'),
  };
}

import { continueAsNew, proxyLocalActivities } from '@temporalio/workflow';
import { carryChapter } from './carry-chapter.ts';
import { followStream } from './follow-stream.ts';
import { ONE_TRANSACTION } from './one-transaction.ts';
import type { PartnerRequestActivities, PartnerRequestInput, RequestStage } from './partner-request.messages.ts';

const { loadPartnerRequest, takePartnerStep } = proxyLocalActivities<PartnerRequestActivities>(ONE_TRANSACTION);

/** What is waited for. Any answer leads to any other chapter but one: a last word is not taken back. */
type Chapter = 'to_be_answered' | 'to_be_done' | 'to_be_told_more' | 'settled' | 'over';

/**
 * One question to one organisation (spec §4.4): asked until somebody answers, by the page or by phone; an answer that promises, or asks
 * back, is followed until the last word. The last word, and a cancellation, end it.
 */
export async function partnerRequest(input: PartnerRequestInput): Promise<void> {
  await carryChapter(
    await followStream(() => loadPartnerRequest(input)),
    ({ ended, stage }) => chapterOf(ended ? 'over' : stage),
    (stepId) => takePartnerStep({ townId: input.townId, stepId }),
    () => continueAsNew<typeof partnerRequest>(input),
  );
}

function chapterOf(stands: RequestStage | 'over'): Chapter {
  switch (stands) {
    // Acknowledged or asked about, due, then the ladder: with the substitute, the head, on the agenda of the operational group, and no more mail.
    case 'sent':
    case 'acknowledged':
      return 'to_be_answered';
    // The organisation has taken it in hand: what it did is waited for.
    case 'in_hand':
      return 'to_be_done';
    // The organisation needs to know more: it is told and asked again, or answers after all.
    case 'needs_info':
      return 'to_be_told_more';
    // Whatever it says, a last word ends the ladder (invariant 5); so does a question that is not asked any more.
    case 'done':
    case 'answered':
    case 'not_competent':
    case 'unable':
    case 'cancelled':
      return 'settled';
    case 'over':
      return 'over';
  }
}

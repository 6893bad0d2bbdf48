import { continueAsNew, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import { ONE_TRANSACTION } from './one-transaction.ts';
import { followStream, type Stream } from './follow-stream.ts';
import type {
  PartnerRequestActivities,
  PartnerRequestInput,
  PartnerRequestSnapshot,
  RequestStage,
} from './partner-request.messages.ts';
import { takeNext } from './take-steps.ts';

const { loadPartnerRequest, takePartnerStep } = proxyLocalActivities<PartnerRequestActivities>(ONE_TRANSACTION);

type Request = Stream<PartnerRequestSnapshot>;

/**
 * One question to one organisation (spec §4.4): sent, acknowledged or asked about, due, then the ladder: with the substitute, with the head,
 * on the next agenda of the operational group, and no more mail. Any answer, by the page or by phone, and a cancellation end it.
 */
export async function partnerRequest(input: PartnerRequestInput): Promise<void> {
  const request = await followStream(() => loadPartnerRequest(input));
  switch (request.now.stage) {
    case 'sent':
    case 'acknowledged':
      await untilAnswered(input, request);
      break;
    case 'in_hand':
    case 'needs_info':
      await untilSettled(input, request);
      break;
    case 'done':
    case 'answered':
    case 'not_competent':
    case 'unable':
    case 'cancelled':
      break;
  }
  const { ended } = await request.catchUp();
  if (!ended) await continueAsNew<typeof partnerRequest>(input);
}

/** The référent is asked, then reminded up the ladder; silence ends in the agenda of the group, and in a task of the leader. */
async function untilAnswered(input: PartnerRequestInput, request: Request): Promise<void> {
  await whileIn(input, request, ['sent', 'acknowledged']);
}

/** The organisation has taken it in hand, or needs to know more: nobody is reminded, its last word is waited for. */
async function untilSettled(input: PartnerRequestInput, request: Request): Promise<void> {
  await whileIn(input, request, ['in_hand', 'needs_info']);
}

async function whileIn(input: PartnerRequestInput, request: Request, stages: readonly RequestStage[]): Promise<void> {
  while (!request.now.ended && stages.includes(request.now.stage)) {
    await takeNext(request, (stepId) => takePartnerStep({ townId: input.townId, stepId }));
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof partnerRequest>(input);
  }
}

import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { CaseStage } from './case-stages.ts';
import { followStream, type Stream } from './follow-stream.ts';
import type { CaseSnapshot, ReferralActivities, ReferralInput } from './referral.messages.ts';

const { loadCase, takeCaseStep } = proxyActivities<ReferralActivities>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

type Referral = Stream<CaseSnapshot>;

/**
 * A referral, from its receipt to its closing (spec §4.3). The database knows every change first; this is the clock and the
 * conscience: it waits for the next step, takes it, reads again. Each stage ends in a continue-as-new, so that a change of this
 * procedure lives no longer than one stage.
 */
export async function referral(input: ReferralInput): Promise<void> {
  const theCase = await followStream(() => loadCase(input));
  switch (theCase.now.stage) {
    case 'received':
    case 'in_triage':
    case 'more_info_needed':
      await triage(input, theCase);
      break;
    case 'accepted':
    case 'assigned':
      await assignment(input, theCase);
      break;
    case 'first_contact':
      await firstContact(input, theCase);
      break;
    case 'agreements':
    case 'support':
    case 'mediation':
    case 'follow_up':
    case 'evaluation':
      // Not reached yet: the commands that lead here refuse with `not_built`.
      await stageOf(input, theCase, [theCase.now.stage]);
      break;
    case 'redirected':
    case 'merged':
    case 'closed':
    case 'archived':
    case 'anonymised':
      break;
  }
  const { ended } = await theCase.catchUp();
  if (!ended) await continueAsNew<typeof referral>(input);
}

/** The leader reads; may ask one question, redirect, or accept. Silence reminds the leader, then the deputy. */
async function triage(
  input: ReferralInput,
  theCase: Referral,
): Promise<'accepted' | 'redirected' | 'merged' | 'closed'> {
  const left = await stageOf(input, theCase, ['received', 'in_triage', 'more_info_needed']);
  return left === 'redirected' || left === 'merged' || left === 'closed' ? left : 'accepted';
}

/** A mediator is proposed, and answers; declining or silence brings the case back to the leader. */
async function assignment(input: ReferralInput, theCase: Referral): Promise<'taken' | 'closed'> {
  const left = await stageOf(input, theCase, ['accepted', 'assigned']);
  return left === 'closed' ? 'closed' : 'taken';
}

/** The mediator tries to reach the person, then proposes what comes next. */
async function firstContact(input: ReferralInput, theCase: Referral): Promise<'agreements' | 'closed' | 'reassigned'> {
  const left = await stageOf(input, theCase, ['first_contact']);
  if (left === 'closed') return 'closed';
  return left === 'agreements' ? 'agreements' : 'reassigned';
}

/** Stays while the case is in one of these stages: takes each step when it is due. @returns the stage it went to. */
async function stageOf(input: ReferralInput, theCase: Referral, stages: readonly CaseStage[]): Promise<CaseStage> {
  while (!theCase.now.ended && stages.includes(theCase.now.stage)) {
    const outcome = await theCase.nextEvent();
    const step = theCase.now.nextStep;
    if (outcome === 'step_due' && step) await takeCaseStep({ townId: input.townId, stepId: step.id });
    const { nextStep } = await theCase.reload();
    // The database's clock is a little behind this one: do not ask it again at once.
    if (outcome === 'step_due' && step && nextStep?.id === step.id) await sleep('1 second');
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof referral>(input);
  }
  return theCase.now.stage;
}

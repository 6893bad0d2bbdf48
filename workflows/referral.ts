import { continueAsNew, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { CaseStage } from './case-stages.ts';
import { ONE_TRANSACTION } from './one-transaction.ts';
import { followStream, type Stream } from './follow-stream.ts';
import { takeNext } from './take-steps.ts';
import type { CaseSnapshot, ReferralActivities, ReferralInput } from './referral.messages.ts';

const { loadCase, takeCaseStep } = proxyLocalActivities<ReferralActivities>(ONE_TRANSACTION);

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
      await agreements(input, theCase);
      break;
    case 'mediation':
      await mediation(input, theCase);
      break;
    case 'follow_up':
      await followUp(input, theCase);
      break;
    case 'evaluation':
      await evaluation(input, theCase);
      break;
    case 'redirected':
    case 'merged':
    case 'closed':
      await afterwards(input, theCase);
      break;
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

/** Each side is asked, told its rights, reminded twice; who does not want is left in peace, and the work goes on with the other. */
async function agreements(input: ReferralInput, theCase: Referral): Promise<'mediation' | 'follow_up' | 'ended'> {
  const left = await stageOf(input, theCase, ['agreements', 'support']);
  return left === 'mediation' || left === 'follow_up' ? left : 'ended';
}

/** Sessions have streams of their own; here the first one is waited for, and the note of each. */
async function mediation(input: ReferralInput, theCase: Referral): Promise<'follow_up' | 'support' | 'ended'> {
  const left = await stageOf(input, theCase, ['mediation']);
  return left === 'follow_up' || left === 'support' ? left : 'ended';
}

/** News after ten days and a month; a relapse brings the mediation back. */
async function followUp(input: ReferralInput, theCase: Referral): Promise<'evaluation' | 'mediation' | 'ended'> {
  const left = await stageOf(input, theCase, ['follow_up']);
  return left === 'evaluation' || left === 'mediation' ? left : 'ended';
}

/** Opinions are asked once, and never block: the leader closes. */
async function evaluation(input: ReferralInput, theCase: Referral): Promise<'closed'> {
  await stageOf(input, theCase, ['evaluation']);
  return 'closed';
}

/** What is still owed once a case has ended: a last word to somebody, the check after three months, the evaluation of the work. */
async function afterwards(input: ReferralInput, theCase: Referral): Promise<void> {
  await stageOf(input, theCase, ['redirected', 'merged', 'closed']);
}

/** Stays while the case is in one of these stages: takes each step when it is due. @returns the stage it went to. */
async function stageOf(input: ReferralInput, theCase: Referral, stages: readonly CaseStage[]): Promise<CaseStage> {
  while (!theCase.now.ended && stages.includes(theCase.now.stage)) {
    await takeNext(theCase, (stepId) => takeCaseStep({ townId: input.townId, stepId }));
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof referral>(input);
  }
  return theCase.now.stage;
}

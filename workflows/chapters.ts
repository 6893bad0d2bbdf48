import { type CaseStage, type Chapter, chapterOf } from './case-stages.ts';

/** Waits until a step is due, which is then taken, or something has changed. @returns where the case stands now, or that nobody waits any more. */
export type Wait = () => Promise<CaseStage | 'over'>;

/** The chapter a wait led to: the same one goes on, or the next. `several_at_once`: no single act leads there, more than one was missed. */
export type Outcome = Chapter | 'several_at_once';

/** The leader reads; may ask one question, redirect, or accept. Silence reminds the leader, then the deputy. */
async function triage(wait: Wait): Promise<Outcome> {
  const stands = await wait();
  if (isOneOf(stands, 'received', 'in_triage', 'more_info_needed')) return 'triage';
  if (stands === 'accepted') return 'assignment';
  if (isOneOf(stands, 'redirected', 'merged')) return 'afterwards';
  return stoppedOr(stands);
}

/** A mediator is proposed, and answers; declining or silence brings the case back to the leader. */
async function assignment(wait: Wait): Promise<Outcome> {
  const stands = await wait();
  if (isOneOf(stands, 'accepted', 'assigned')) return 'assignment';
  if (stands === 'first_contact') return stands;
  return stoppedOr(stands);
}

/** The mediator tries to reach the person, then proposes what comes next. Nobody reached: the leader closes. */
async function firstContact(wait: Wait): Promise<Outcome> {
  const stands = await wait();
  if (isOneOf(stands, 'first_contact', 'agreements')) return stands;
  return takenOverOr(stands);
}

/** Each side is asked, told its rights, reminded twice; who does not want is left in peace, and the work goes on with the other. */
async function agreements(wait: Wait): Promise<Outcome> {
  const stands = await wait();
  if (isOneOf(stands, 'agreements', 'mediation', 'support')) return stands;
  return takenOverOr(stands);
}

/** One side is accompanied alone; the other may come back and is asked again. */
async function support(wait: Wait): Promise<Outcome> {
  const stands = await wait();
  if (isOneOf(stands, 'support', 'agreements', 'follow_up')) return stands;
  return takenOverOr(stands);
}

/** Sessions have streams of their own; here the first one is waited for, and the note of each. A side that stops leaves support. */
async function mediation(wait: Wait): Promise<Outcome> {
  const stands = await wait();
  if (isOneOf(stands, 'mediation', 'follow_up', 'support')) return stands;
  return takenOverOr(stands);
}

/** News after ten days and a month; a relapse brings the mediation back, a side that stops leaves support. */
async function followUp(wait: Wait): Promise<Outcome> {
  const stands = await wait();
  if (isOneOf(stands, 'follow_up', 'mediation', 'support', 'evaluation')) return stands;
  return takenOverOr(stands);
}

/** Opinions are asked once, and never block: the leader closes. */
async function evaluation(wait: Wait): Promise<Outcome> {
  const stands = await wait();
  return stands === 'evaluation' ? 'evaluation' : stoppedOr(stands);
}

/** What is still owed once a case has ended: a last word, the check after three months. Opened again, or ended by mistake, it goes on where it stands. */
async function afterwards(wait: Wait): Promise<Outcome> {
  return chapterOf(await wait());
}

/** Every chapter by the name a run has. */
export const CHAPTERS: Record<Exclude<Chapter, 'over'>, (wait: Wait) => Promise<Outcome>> = {
  triage,
  assignment,
  first_contact: firstContact,
  agreements,
  support,
  mediation,
  follow_up: followUp,
  evaluation,
  afterwards,
};

/** From anywhere at work the leader may give the case to another mediator (T34). */
function takenOverOr(stands: CaseStage | 'over'): Outcome {
  return stands === 'assigned' ? 'assignment' : stoppedOr(stands);
}

/** From anywhere: withdrawn, or closed by the leader (T32, T33 and each chapter's own closing). */
function stoppedOr(stands: CaseStage | 'over'): Outcome {
  if (stands === 'over') return 'over';
  return stands === 'closed' ? 'afterwards' : 'several_at_once';
}

function isOneOf<S extends CaseStage>(stands: CaseStage | 'over', ...stages: readonly S[]): stands is S {
  return stages.some((stage) => stage === stands);
}

import type { Answers } from '../http/form-body.ts';
import { DRAFT_NOTES, without } from './draft-answers.ts';
import { checkScreen, type FieldErrors, type KnownCodes } from './request.form.ts';
import { fieldsOf, lastOf, neighbour, type Screen, screenNamed, screensOf } from './screens.ts';

// Where each button of the form leads. Pure: the answers in, the next screen and the answers out.

/** `faults`: what an answer given elsewhere leaves wrong on the screen that is shown. */
export type Step = { screen: Screen; answers: Answers; faults?: FieldErrors };

const EDIT = 'edit-';

/** The buttons of a screen's page; a browser sends no others. */
export function isButton(screen: Screen, go: unknown): boolean {
  if (go === undefined || go === 'next' || go === 'back' || go === 'keep' || go === 'forget') return true;
  if (go === 'resume') return screen === 'danger';
  return screen === 'send' && editedScreen(go) !== undefined;
}

/** « Modifier » beside a screen of the summary. */
export function editedScreen(go: unknown): Screen | undefined {
  return typeof go === 'string' && go.startsWith(EDIT) ? screenNamed(go.slice(EDIT.length)) : undefined;
}

/**
 * After a screen without faults. Whoever came back from the summary returns to it; whoever takes up a kept form goes on where they stopped,
 * once the danger question is answered anew.
 */
export function nextStep(screen: Screen, answers: Answers, known: KnownCodes): Step {
  const goOn = screenNamed(answers[DRAFT_NOTES.goOn]);
  if (goOn && screen === 'danger') {
    const rest = without(answers, [DRAFT_NOTES.goOn]);
    return reachable(goOn, rest, known);
  }
  const next = answers[DRAFT_NOTES.reviewed] ? lastOf(answers) : neighbour(answers, screen, 1);
  const seen = next === lastOf(answers) ? { ...answers, [DRAFT_NOTES.reviewed]: 'yes' } : answers;
  return reachable(next, seen, known);
}

/** The first screen with a fault before the one that is asked for, or that one. */
function reachable(wanted: Screen, answers: Answers, known: KnownCodes): Step {
  const order = screensOf(answers);
  const upTo = order.slice(0, Math.max(order.indexOf(wanted), 0));
  for (const screen of upTo) {
    const faults = checkScreen(screen, answers, known);
    if (Object.keys(faults).length > 0) return { screen, answers, faults };
  }
  return { screen: wanted, answers };
}

/** A kept form is taken up: who is in danger is asked again, everything else stands as it was. */
export function resumed(answers: Answers): Step {
  const kept = screenNamed(answers[DRAFT_NOTES.kept]) ?? 'need';
  return { screen: 'danger', answers: { ...without(answers, fieldsOf('danger')), [DRAFT_NOTES.goOn]: kept } };
}

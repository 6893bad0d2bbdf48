import type { Answers } from './form-body.ts';

/** The answer to a question that takes one; undefined where there is none. */
export function one(answers: Answers | undefined, name: string): string | undefined {
  const typed = answers?.[name];
  return typeof typed === 'string' ? typed : undefined;
}

/** The answers to a question that takes several, also where one came alone; none where nothing was chosen. */
export function many(answers: Answers | undefined, name: string): string[] {
  const typed = answers?.[name];
  return Array.isArray(typed) ? typed : typed === undefined ? [] : [typed];
}

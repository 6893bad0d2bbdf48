import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import { cleanBlock, lengthOf } from '../privacy/clean-text.ts';
import { type Right, RIGHTS, RIGHTS_REPLIES, type RightsReply } from './rights-status.ts';

// F15 as a code holder fills it in: one right, what it is about, how to answer.

export const ABOUT_LIMIT = 1_000;
export const RIGHT_FORM = { one: ['right', 'about', 'reply', 'form'], many: [] };

/** What is wrong, and in which field; each has its words under `follow.rights.<field>.<fault>`. */
export type RightFault = 'right.missing' | 'right.already' | 'about.missing' | 'about.long' | 'reply.missing';
export type RightRead =
  { ok: true; value: { right: Right; about?: string; reply: RightsReply } } | { ok: false; wrong: RightFault[] };

/** A correction says what is wrong; the other rights need no reason. */
export function readRight(answers: Answers): RightRead {
  const right = RIGHTS.find((known) => known === answers['right']);
  const reply = RIGHTS_REPLIES.find((known) => known === answers['reply']);
  const about = cleanBlock(one(answers, 'about') ?? '');
  const wrong: RightFault[] = [];
  if (!right) wrong.push('right.missing');
  if (lengthOf(about) > ABOUT_LIMIT) wrong.push('about.long');
  else if (right === 'correct' && !about) wrong.push('about.missing');
  if (!reply) wrong.push('reply.missing');
  if (wrong.length > 0 || !right || !reply) return { ok: false, wrong };
  return { ok: true, value: { right, reply, ...(about ? { about } : {}) } };
}

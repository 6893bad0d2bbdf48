import type { Context } from 'hono';
import type { KeptFile } from '../attachments/accept-file.ts';
import type { MessageRead } from '../attachments/read-message.ts';
import { refusalWords } from '../attachments/refusal-words.ts';
import { DomainError } from '../errors.ts';
import { type FollowDeps, textOf } from '../follow/follow-deps.ts';
import { type Answers, formId, type FormBody } from '../http/form-body.ts';
import { sayWhen, waitNotice } from '../http/too-many.tsx';
import { cleanBlock, lengthOf } from '../privacy/clean-text.ts';
import { MESSAGE_LIMIT } from './write-to-team.tsx';

/** What the form of a message shows again. */
export type MessageAgain = { error?: string; voiceError?: string; typed: string; form?: string };
/** Who writes, and on which page. */
export type MessageWritten = {
  send(text: string, voice: KeptFile | undefined, form: { form?: string }): Promise<void>;
  show(said: MessageAgain, status?: 409 | 422 | 429): Promise<Response>;
  done: string;
};

/** Answers a message to the team, written or said, of either side: nothing typed is lost, also when nothing is kept of the request any more. */
export async function messageWritten(
  deps: FollowDeps,
  c: Context,
  { body, voice, wrong }: MessageRead & { body: Extract<FormBody, { fields: Answers }> },
  { send, show, done }: MessageWritten,
): Promise<Response> {
  const town = deps.town(c);
  const { t, view } = town;
  const typed = textOf(body, 'message');
  const text = cleanBlock(typed);
  const form = formId(body.fields);
  const again = (said: Omit<MessageAgain, 'typed' | 'form'>, status: 409 | 422 | 429 = 422) =>
    show({ ...said, typed, ...form }, status);
  if (!body.ok) return again({ error: t('follow.unread') });
  if (body.language) return show({ typed, ...form });
  if (wrong) return again({ voiceError: wrong });
  if (!text && !voice) return again({ error: t('follow.write.missing') });
  if (lengthOf(text) > MESSAGE_LIMIT) return again({ error: t('follow.write.long') });
  const from = deps.clientAddress(c);
  // A recording is here already, and cannot be shown again; a side has room for so many.
  const budget = voice ? undefined : await deps.limits.take('message', from);
  if (budget && !budget.within) {
    sayWhen(c, budget);
    return again({ error: waitNotice(town, budget) }, 429);
  }
  try {
    await send(text, voice, form);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'files_enough') return again({ voiceError: refusalWords(t, error.code) });
    if (error.code === 'not_allowed_now') {
      const { phone } = view;
      // Words may still be sent where a recording is too late: each is answered beside its own field.
      return again(
        voice ? { voiceError: t('attachments.ended', { phone }) } : { error: t('follow.write.gone', { phone }) },
        409,
      );
    }
    if (error.code !== 'already_done') throw error;
    if (budget) await deps.limits.giveBack('message', from);
  }
  return c.redirect(done, 303);
}

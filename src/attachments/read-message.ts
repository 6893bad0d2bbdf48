import type { Context } from 'hono';
import { type FormBody, readForm } from '../http/form-body.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import type { KeptFile } from './accept-file.ts';
import { readFiles } from './read-files.ts';
import { refusalWords } from './refusal-words.ts';

/** A message as it was written, said, or both; `wrong` says why what was said is not taken. */
export type MessageRead = { body: FormBody; voice?: KeptFile | undefined; wrong?: string };

/**
 * Reads the form of a message, with its field for a recording or without one.
 * @param besides fields of another form of the page, to be shown again as they were.
 */
export async function readMessage(
  c: Context,
  t: PublicTranslate,
  besides: readonly string[] = [],
): Promise<MessageRead> {
  if (!/^multipart\//i.test(c.req.header('content-type') ?? ''))
    return { body: await readForm(c, { one: ['message', 'form', ...besides], many: [] }) };
  const read = await readFiles(c, 'voice', besides);
  if ('problem' in read) return { body: { ok: false, status: read.problem } };
  const body = {
    ok: true as const,
    fields: { ...read.others, message: read.text, ...(read.form ? { form: read.form } : {}) },
  };
  if (!read.ok) return { body, wrong: refusalWords(t, read.why) };
  return { body: { ...body, ...(read.language ? { language: read.language } : {}) }, voice: read.files[0] };
}

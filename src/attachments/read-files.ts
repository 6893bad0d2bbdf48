import type { Context } from 'hono';
import { type Answers, formId } from '../http/form-body.ts';
import { readUpload, type UploadBody } from '../http/upload-body.ts';
import type { Locale } from '../i18n/languages.ts';
import { acceptFile, type KeptFile } from './accept-file.ts';
import { MAX_FILE_BYTES, MAX_FILES } from './file-limits.ts';
import type { SendingRefusal } from './refusal-words.ts';

export type FilesRead =
  /** No form of ours: answered by the house's own pages. */
  | { ok: false; problem: 415 }
  | {
      ok: false;
      status: 400 | 413 | 422 | 503;
      why: SendingRefusal;
      name?: string;
      form?: string;
      text: string;
      others: Answers;
    }
  /** `language`: somebody changed the language instead of sending; files that were chosen are chosen again. */
  | { ok: true; files: KeptFile[]; form?: string; text: string; others: Answers; language?: Locale };

/**
 * Reads what a form with files posts and looks at each file. The first that cannot be taken says so, and nothing of the form is kept: a browser
 * cannot be given files back, so it is simpler to choose them again than to guess which came through.
 * @param besides fields of another form of the page, to be shown again as they were.
 */
export async function readFiles(
  c: Context,
  asked: 'document' | 'voice',
  besides: readonly string[] = [],
): Promise<FilesRead> {
  const field = asked === 'voice' ? 'voice' : 'files';
  const most = asked === 'voice' ? 1 : MAX_FILES;
  const body = await readUpload(c, { one: ['form', 'message', ...besides], files: field }, most * MAX_FILE_BYTES);
  return judged(body, asked, most);
}

async function judged(body: UploadBody, asked: 'document' | 'voice', most: number): Promise<FilesRead> {
  const fields = 'fields' in body ? body.fields : {};
  const { form: _, message, ...others } = fields;
  const said = { ...formId(fields), text: typeof message === 'string' ? message : '', others };
  if (!body.ok) {
    if (body.status === 415) return { ok: false, problem: 415 };
    if (body.status === 413) return { ...said, ok: false, status: 413, why: most > 1 ? 'all_too_big' : 'too_big' };
    const why = body.status === 400 ? 'cut' : body.status === 503 ? 'busy' : 'unread';
    return { ...said, ok: false, status: body.status, why };
  }
  if (body.language) return { ...said, ok: true, files: [], language: body.language };
  if (body.files.length > most) return { ...said, ok: false, status: 422, why: 'too_many' };
  const files: KeptFile[] = [];
  for (const upload of body.files) {
    const file = await acceptFile(upload, asked);
    if (typeof file === 'string')
      return { ...said, ok: false, status: file === 'busy' ? 503 : 422, why: file, name: upload.name };
    files.push(file);
  }
  return { ...said, ok: true, files };
}

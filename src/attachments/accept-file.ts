import type { AttachmentKind, AttachmentMedia } from '../db/tables/attachment.ts';
import type { Upload } from '../http/upload-body.ts';
import { cleanName } from './clean-name.ts';
import { MAX_FILE_BYTES } from './file-limits.ts';
import { type FileRefusal, kindOfFile } from './kind-of-file.ts';
import { lookApart } from './look-apart.ts';

/** A file as it is kept: a picture drawn anew, a document that does nothing, a recording. */
export type KeptFile = { kind: AttachmentKind; media: AttachmentMedia; name: string | undefined; bytes: Buffer };

/** Looks at one file that came in. @param asked what the field asks for. @returns what is kept of it, or why it is not taken. */
export async function acceptFile(upload: Upload, asked: 'document' | 'voice'): Promise<KeptFile | FileRefusal> {
  const { bytes } = upload;
  if (bytes.length === 0) return 'empty';
  if (bytes.length > MAX_FILE_BYTES) return 'too_big';
  const found = await kindOfFile(bytes);
  if (asked === 'voice') {
    if (found === 'video') return 'video';
    if (typeof found === 'string' || found.kind !== 'voice') return 'not_voice';
    return { kind: 'voice', media: found.media, name: cleanName(upload.name), bytes };
  }
  if (typeof found === 'string') return found;
  if (found.kind === 'voice') return 'not_these';
  const looked = await lookApart(found.kind, bytes);
  if (!looked.ok) return looked.why === 'busy' ? 'busy' : found.kind === 'pdf' ? 'unsafe_pdf' : 'unreadable_image';
  const name = cleanName(upload.name);
  return found.kind === 'pdf'
    ? { kind: 'pdf', media: 'application/pdf', name, bytes }
    : { kind: 'image', media: 'image/jpeg', name, bytes: looked.drawn };
}

import { fileTypeFromBuffer } from 'file-type';
import type { AttachmentMedia } from '../db/tables/attachment.ts';
import { holdsPictures } from './holds-pictures.ts';

/** Why a file is not taken; each has its words, and says what to do instead. */
export type FileRefusal =
  'too_big' | 'empty' | 'heic' | 'video' | 'not_these' | 'not_voice' | 'unreadable_image' | 'unsafe_pdf' | 'busy';
export type KindOfFile =
  { kind: 'image' } | { kind: 'pdf' } | { kind: 'voice'; media: Extract<AttachmentMedia, `audio/${string}`> };

const VOICES: Readonly<Record<string, Extract<AttachmentMedia, `audio/${string}`>>> = {
  'video/webm': 'audio/webm',
  'audio/webm': 'audio/webm',
  'audio/ogg': 'audio/ogg',
  'audio/opus': 'audio/ogg',
  'audio/mp4': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'video/mp4': 'audio/mp4',
  'audio/mpeg': 'audio/mpeg',
  'audio/wav': 'audio/wav',
  'audio/vnd.wave': 'audio/wav',
};

/** What a file is by its content, whatever its name and the browser say (B-64). */
export async function kindOfFile(bytes: Buffer): Promise<KindOfFile | FileRefusal> {
  const mime = await mimeOf(bytes);
  if (mime === 'image/jpeg' || mime === 'image/png' || mime === 'image/apng') return { kind: 'image' };
  if (mime === 'application/pdf') return { kind: 'pdf' };
  if (mime === 'image/heic' || mime === 'image/heif' || mime === 'image/heic-sequence' || mime === 'image/avif')
    return 'heic';
  const voice = mime ? VOICES[mime] : undefined;
  if (!voice) return mime?.startsWith('video/') ? 'video' : 'not_these';
  return holdsPictures(bytes) ? 'video' : { kind: 'voice', media: voice };
}

async function mimeOf(bytes: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime.split(';')[0];
  } catch {
    // Cut in the middle of what would have named it.
    return undefined;
  }
}

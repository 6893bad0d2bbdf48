import type { Context } from 'hono';
import { bodyBytes } from './body-bytes.ts';
import { closed, type FormBody } from './form-body.ts';

/** A file as it came; its name is whatever its sender's machine says. */
export type Upload = { name: string; bytes: Buffer };
/** 503: as many as this process takes at once are arriving. */
export type UploadBody = (FormBody | { ok: false; status: 503 }) & { files: Upload[] };

/** Beside the files: names of fields, boundaries, a message. */
const ROOM_FOR_THE_REST = 64_000;
const DRAINED = 64_000_000;
/** Each is held in memory while it arrives; what is no larger than any other form takes no place. */
const AT_ONCE = 8;
let arriving = 0;
const MAX_PARTS = 20;
const MAX_PART_HEADER = 1_000;
const MULTIPART = /^multipart\/form-data\s*;\s*boundary=(?:"([\w'()+,./:=?-]{1,70})"|([\w'()+,./:=?-]{1,70}))\s*$/i;

/**
 * Reads a posted form with files, as closed as `readForm` (B-21, B-25, B-26). Nothing is written to a disk. Parts and their headers are
 * counted before anything is made of them; the platform's own parser then reads what is left.
 * @param allowed `files`: the field that holds files; a file anywhere else, or a text there, is unexpected.
 */
export async function readUpload(
  c: Context,
  allowed: { one: readonly string[]; files: string },
  maxFileBytes: number,
): Promise<UploadBody> {
  const type = c.req.header('content-type') ?? '';
  const [, quoted, bare] = MULTIPART.exec(type) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) return { ok: false, status: 415, files: [] };
  const bytes = isSmall(c) ? await bodyBytes(c, ROOM_FOR_THE_REST) : await inItsPlace(c, maxFileBytes);
  if (typeof bytes === 'number') return { ok: false, status: bytes, files: [] };
  const fault = faultOfParts(bytes, boundary);
  if (fault) return { ok: false, status: fault, files: [] };
  const form = await parsed(bytes, type);
  if (!form) return { ok: false, status: 400, files: [] };
  const texts: [string, string][] = [];
  const files: Upload[] = [];
  for (const [name, value] of form) {
    if (typeof value === 'string') texts.push([name === allowed.files ? `${name} as text` : name, value]);
    else if (name !== allowed.files) texts.push([`${name} as file`, '']);
    // A field that was left empty comes as a file without name and content.
    else if (value.size > 0 || value.name !== '')
      files.push({ name: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { ...closed(c, texts, { one: allowed.one, many: [] }), files };
}

/** A message without a recording, for one: it says itself how small it is, and is held to that. */
function isSmall(c: Context): boolean {
  const length = c.req.header('content-length') ?? '';
  return /^\d+$/.test(length) && Number(length) <= ROOM_FOR_THE_REST;
}

async function inItsPlace(c: Context, maxFileBytes: number): Promise<Buffer | 400 | 413 | 503> {
  if (arriving >= AT_ONCE) return 503;
  arriving += 1;
  return bodyBytes(c, maxFileBytes + ROOM_FOR_THE_REST, DRAINED).finally(() => (arriving -= 1));
}

async function parsed(bytes: Buffer, type: string): Promise<FormData | undefined> {
  try {
    return await new Response(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      headers: { 'content-type': type },
    }).formData();
  } catch {
    return undefined;
  }
}

/** 413: more parts or longer headers than our forms have; 400: it does not end. */
function faultOfParts(bytes: Buffer, boundary: string): 400 | 413 | undefined {
  const delimiter = `--${boundary}`;
  let parts = 0;
  for (let at = bytes.indexOf(delimiter); at >= 0; at = bytes.indexOf(delimiter, at + delimiter.length)) {
    const start = at + delimiter.length;
    if (bytes.subarray(start, start + 2).toString('latin1') === '--') return undefined;
    parts += 1;
    if (parts > MAX_PARTS) return 413;
    const head = bytes.subarray(start, start + MAX_PART_HEADER).indexOf('\r\n\r\n');
    if (head < 0) return bytes.length - start > MAX_PART_HEADER ? 413 : 400;
  }
  return 400;
}

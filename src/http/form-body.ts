import type { Context } from 'hono';

export type Answers = Record<string, string | string[]>;
export type FormBody =
  | { ok: true; fields: Answers }
  | { ok: false; status: 413 | 415 | 422; reason: 'too_large' | 'not_a_form' | 'unexpected_field' };

const MAX_BYTES = 96_000;
const MAX_FIELDS = 200;

/**
 * Reads a posted form, closed: a field not named here, or a single field posted twice, is refused (T-23, B-21…B-25).
 * Bytes are counted while they arrive, whatever the headers say.
 */
export async function readForm(
  c: Context,
  allowed: { one: readonly string[]; many: readonly string[] },
): Promise<FormBody> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded(?:$|\s*;)/i.test(type))
    return { ok: false, status: 415, reason: 'not_a_form' };
  const text = await readText(c);
  if (text === undefined) return { ok: false, status: 413, reason: 'too_large' };
  const fields: Answers = {};
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > MAX_FIELDS) return { ok: false, status: 413, reason: 'too_large' };
    if (allowed.many.includes(name)) {
      const before = fields[name];
      fields[name] = Array.isArray(before) ? [...before, value] : [value];
    } else if (allowed.one.includes(name) && fields[name] === undefined) {
      fields[name] = value;
    } else {
      return { ok: false, status: 422, reason: 'unexpected_field' };
    }
  }
  return { ok: true, fields };
}

async function readText(c: Context): Promise<string | undefined> {
  const body = c.req.raw.body;
  if (!body) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > MAX_BYTES) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

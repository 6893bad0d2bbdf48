import type { Context } from 'hono';

/**
 * Reads a whole body into memory, its bytes counted while they arrive, whatever the headers say.
 * @param max what is kept at most. @param drain how much more is taken and forgotten, so that somebody who sends too much still reads our
 * answer: a browser that is cut off in the middle shows a page of its own.
 * @returns 400 when the connection ended before the body did, 413 when it was too much.
 */
export async function bodyBytes(c: Context, max: number, drain = max): Promise<Buffer | 400 | 413> {
  const body = c.req.raw.body;
  if (!body) return Buffer.alloc(0);
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return bytes > max ? 413 : Buffer.concat(chunks);
      bytes += value.byteLength;
      if (bytes > drain) {
        await reader.cancel();
        return 413;
      }
      if (bytes > max) chunks = [];
      else chunks.push(value);
    }
  } catch {
    return 400;
  }
}

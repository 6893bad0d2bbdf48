import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { KeyRing } from './key-ring.ts';
import { openBytes, sealBytes } from './sealed-box.ts';

const MAX_SEALED = 24_000;
const MAX_PLAIN = 64_000;

const Draft = z.strictObject({
  nonce: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  startedAt: z.number().int(),
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});

/** A form being filled: its nonce, when it began (real time, ms) and the answers so far. Lives only in the page (C-2). */
export type Draft = z.infer<typeof Draft>;

export function newDraft(realNow: number): Draft {
  return { nonce: randomBytes(32).toString('base64url'), startedAt: realNow, answers: {} };
}

const about = (townId: string) => `draft|1|${townId}`;

/** The hidden field, for one town: the form of another town does not open here. */
export function sealDraft(keys: KeyRing, townId: string, draft: Draft): string {
  const plain = deflateRawSync(Buffer.from(JSON.stringify(draft)));
  return sealBytes(keys.derived('draft'), about(townId), plain).toString('base64url');
}

/** @returns undefined for anything this server did not seal, whatever its size or shape; never throws. */
export function openDraft(keys: KeyRing, townId: string, text: string | undefined): Draft | undefined {
  if (!text || text.length > MAX_SEALED) return undefined;
  try {
    const plain = openBytes(keys.derived('draft'), about(townId), Buffer.from(text, 'base64url'));
    const parsed = Draft.safeParse(JSON.parse(inflateRawSync(plain, { maxOutputLength: MAX_PLAIN }).toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function nonceHash(nonce: string): Buffer {
  return createHash('sha256').update(nonce).digest();
}

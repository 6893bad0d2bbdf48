import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';

export type KeyErrorCode = 'bad_key_ring' | 'unknown_kid' | 'wrong_key';

/** A key is missing or does not fit. Shown as 503: nothing is ever read or written in clear instead. */
export class KeyError extends Error {
  override name = 'KeyError';
  readonly code: KeyErrorCode;
  constructor(code: KeyErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

const key = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32);
const Shape = z.strictObject({
  current: z.string(),
  keys: z.record(z.string().regex(/^[a-z0-9-]{1,20}$/), key),
  pepper: key,
});

/** Purposes of the keys derived from the pepper; each purpose has its own key. */
type Purpose = 'code' | 'contact' | 'draft' | 'session' | 'payload' | 'accounts' | 'limits' | 'opinion' | 'proof';

/** The keys of one installation: town keys by `kid`, and purpose keys derived from the pepper. Never printed. */
export class KeyRing {
  readonly current: string;
  readonly #townKeys: ReadonlyMap<string, KeyObject>;
  readonly #pepper: Buffer;
  readonly #derived = new Map<Purpose, KeyObject>();

  constructor(current: string, townKeys: ReadonlyMap<string, Buffer>, pepper: Buffer) {
    this.current = current;
    // Key objects made once: making one from bytes costs more than an encryption.
    this.#townKeys = new Map([...townKeys].map(([kid, bytes]) => [kid, createSecretKey(bytes)]));
    this.#pepper = pepper;
  }

  /** @throws KeyError unknown_kid */
  townKey(kid: string): KeyObject {
    const found = this.#townKeys.get(kid);
    if (!found) throw new KeyError('unknown_kid');
    return found;
  }

  derived(purpose: Purpose): KeyObject {
    let found = this.#derived.get(purpose);
    if (!found) {
      found = createSecretKey(Buffer.from(hkdfSync('sha256', this.#pepper, '', `passerelle/${purpose}/1`, 32)));
      this.#derived.set(purpose, found);
    }
    return found;
  }

  toJSON(): string {
    return '[key ring]';
  }
}

/**
 * Reads PASSERELLE_KEYS: `{"current":"k1","keys":{"k1":"<32 bytes, base64>"},"pepper":"<32 bytes, base64>"}`.
 * @throws KeyError bad_key_ring, without the text that was read.
 */
export function parseKeyRing(text: string): KeyRing {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new KeyError('bad_key_ring');
  }
  const parsed = Shape.safeParse(raw);
  if (!parsed.success) throw new KeyError('bad_key_ring');
  const { current, keys, pepper } = parsed.data;
  if (!keys[current]) throw new KeyError('bad_key_ring');
  return new KeyRing(current, new Map(Object.entries(keys)), pepper);
}

import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { KeyError } from './key-ring.ts';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const HEAD = 1 + NONCE + TAG;

/** AES-256-GCM. Layout: version, nonce, tag, ciphertext. `about` is authenticated with it and not stored. */
export function sealBytes(key: KeyObject, about: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(about, 'utf8'));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** @throws KeyError wrong_key when key, place or bytes do not fit. */
export function openBytes(key: KeyObject, about: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < HEAD || bytes[0] !== VERSION) throw new KeyError('wrong_key');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(about, 'utf8'));
  decipher.setAuthTag(bytes.subarray(1 + NONCE, HEAD));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEAD)), decipher.final()]);
  } catch (cause) {
    throw new KeyError('wrong_key', { cause });
  }
}

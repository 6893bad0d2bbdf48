import { randomBytes } from 'node:crypto';
import { type KeyRing, parseKeyRing } from '../../src/privacy/key-ring.ts';

export function testKeysText(): string {
  const key = () => randomBytes(32).toString('base64');
  return JSON.stringify({ current: 'k1', keys: { k1: key() }, pepper: key() });
}

export function testKeys(): KeyRing {
  return parseKeyRing(testKeysText());
}

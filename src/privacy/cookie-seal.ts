import type { KeyRing } from './key-ring.ts';
import { openBytes, sealBytes } from './sealed-box.ts';

const about = (townId: string, purpose: string) => `cookie|${townId}|${purpose}`;

/** A small value for a cookie, readable by this server only, in one town and for one purpose, until an instant of real time (ms). */
export function sealCookie(keys: KeyRing, townId: string, purpose: string, value: unknown, expiresAt: number): string {
  const plain = Buffer.from(JSON.stringify({ value, expiresAt }));
  return sealBytes(keys.derived('session'), about(townId, purpose), plain).toString('base64url');
}

/** @returns undefined for anything else: other town, other purpose, other key, expired, garbage. */
export function openCookie(
  keys: KeyRing,
  townId: string,
  purpose: string,
  text: string | undefined,
  realNow: number,
): unknown {
  if (!text || text.length > 4_096) return undefined;
  try {
    const plain = openBytes(keys.derived('session'), about(townId, purpose), Buffer.from(text, 'base64url'));
    const read: unknown = JSON.parse(plain.toString('utf8'));
    if (typeof read !== 'object' || read === null || !('expiresAt' in read) || !('value' in read)) return undefined;
    return typeof read.expiresAt === 'number' && realNow < read.expiresAt ? read.value : undefined;
  } catch {
    return undefined;
  }
}

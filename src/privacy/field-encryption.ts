import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { KeyError, type KeyRing } from './key-ring.ts';
import { openBytes, sealBytes } from './sealed-box.ts';

/** Where an encrypted value stands; a value moved to another place no longer opens. */
export type Place = { table: string; column: string; caseId: string };

const WRAP = 'mediation_case|wrapped_key';
const CHECK_TEXT = Buffer.from('passerelle');

/** A new key for one case, wrapped by the town's key. Destroying the wrapped key erases the case's texts (C-16). */
export function newCaseKey(keys: KeyRing, kid: string, caseId: string): { dataKey: KeyObject; wrapped: Buffer } {
  const bytes = randomBytes(32);
  return { dataKey: createSecretKey(bytes), wrapped: sealBytes(keys.townKey(kid), `${WRAP}|${caseId}`, bytes) };
}

/** @throws KeyError unknown_kid, wrong_key */
export function openCaseKey(keys: KeyRing, kid: string, caseId: string, wrapped: Uint8Array): KeyObject {
  return createSecretKey(openBytes(keys.townKey(kid), `${WRAP}|${caseId}`, wrapped));
}

export function seal(dataKey: KeyObject, place: Place, text: string): Buffer {
  return sealBytes(dataKey, aboutOf(place), Buffer.from(text, 'utf8'));
}

/** @throws KeyError wrong_key when the value was sealed elsewhere or with another key. */
export function open(dataKey: KeyObject, place: Place, sealed: Uint8Array): string {
  return openBytes(dataKey, aboutOf(place), sealed).toString('utf8');
}

/** Bytes of a file, sealed as texts are. */
export function sealFile(dataKey: KeyObject, place: Place, bytes: Buffer): Buffer {
  return sealBytes(dataKey, aboutOf(place), bytes);
}

/** @throws KeyError wrong_key when the file was sealed elsewhere or with another key. */
export function openFile(dataKey: KeyObject, place: Place, sealed: Uint8Array): Buffer {
  return openBytes(dataKey, aboutOf(place), sealed);
}

function aboutOf({ table, column, caseId }: Place): string {
  return `${table}|${column}|${caseId}`;
}

/** Stored with a town, so that a start with a wrong key under a known kid is noticed before anything is read. */
export function keyCheck(keys: KeyRing, kid: string): Buffer {
  return sealBytes(keys.townKey(kid), `town|key_check|${kid}`, CHECK_TEXT);
}

/** @throws KeyError unknown_kid, wrong_key */
export function verifyKeyCheck(keys: KeyRing, kid: string, stored: Uint8Array): void {
  if (!openBytes(keys.townKey(kid), `town|key_check|${kid}`, stored).equals(CHECK_TEXT))
    throw new KeyError('wrong_key');
}

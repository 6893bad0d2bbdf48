import { createHash, randomBytes } from 'node:crypto';

/** What a browser holds in a cookie: 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of it. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

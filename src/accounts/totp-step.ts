import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;

/** The six digits of one 30-second step (RFC 6238, SHA-1), the secret taken as better-auth takes it: its own characters. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

export function totpStep(realNow: number): number {
  return Math.floor(realNow / STEP_MS);
}

/**
 * The step whose code this is, newest first. better-auth has just accepted it, one step either side of its own instant, so one
 * more step back is searched: the half minute may have turned since.
 */
export function stepOfCode(secret: string, code: string, realNow: number): number | undefined {
  const now = totpStep(realNow);
  const typed = Buffer.from(code);
  return [now + 1, now, now - 1, now - 2].find((step) => {
    const right = Buffer.from(totpCode(secret, step));
    return right.length === typed.length && timingSafeEqual(right, typed);
  });
}

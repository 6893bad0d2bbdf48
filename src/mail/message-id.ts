import { createHash } from 'node:crypto';

/**
 * The Message-ID of a mail: fixed before sending, the same for the same event and recipient, without any person's data (I-3).
 */
export function messageIdFor(townId: string, dedupeKey: string): string {
  const digest = createHash('sha256').update(`${townId}|${dedupeKey}`).digest('hex').slice(0, 40);
  return `<${digest}@passerelle.invalid>`;
}

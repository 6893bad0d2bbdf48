import type { CommandContext } from '../command-context.ts';
import type { Log } from '../log.ts';
import type { Smtp } from './smtp-send.ts';

export type MailContext = CommandContext & {
  smtp: Smtp;
  log: Log;
  /** Our own origin, for the addresses in mails. */
  origin: string;
  from: string;
  /** Asks the relay whether it accepted a Message-ID; undefined when the relay cannot be asked. */
  lookup: ((messageId: string) => Promise<boolean>) | undefined;
};

/** MAIL_LOOKUP_URL answers a JSON list of messages for `?messageId=`. */
export function lookupBy(url: string): (messageId: string) => Promise<boolean> {
  return async (messageId) => {
    const at = new URL(url);
    at.searchParams.set('messageId', messageId);
    const answer = await fetch(at, { signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) throw new Error(`lookup answered ${answer.status}`);
    const found: unknown = await answer.json();
    return Array.isArray(found) && found.length > 0;
  };
}

import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Message } from '../../src/dev/mailbox.ts';

/** What tests/support/global-setup.ts writes and test files read. */
export type Parts = {
  /** The process of the run and those of its servers: a later run ends what a killed one left. */
  run: number;
  pids: number[];
  adminUrl: string;
  mailbox: { smtpUrl: string; webUrl: string };
  temporal?: string;
  temporalError?: string;
  bundle?: string;
};
export type RunMailbox = {
  smtpUrl: string;
  webUrl: string;
  /** Mails to one address, or one Message-ID, in the order they came in. Ask for your own town's only: all files share it. */
  messages(question: { to?: string; messageId?: string; since?: string }): Promise<Message[]>;
};

function parts(): Parts {
  const file = process.env['PASSERELLE_TEST_PARTS'];
  if (!file || !existsSync(file)) throw new Error('the parts of the test run are not started: run `npm test`');
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof read !== 'object' || read === null || !('adminUrl' in read)) throw new Error('unreadable parts file');
  // Written by tests/support/global-setup.ts, whose type is Parts.
  return read as Parts;
}

/** The admin URL of the run's one PostgreSQL. */
export function adminUrl(): string {
  return parts().adminUrl;
}

/** The run's one mailbox. */
export function mailbox(): RunMailbox {
  const { smtpUrl, webUrl } = parts().mailbox;
  return {
    smtpUrl,
    webUrl,
    async messages(question) {
      const answer = await fetch(`${webUrl}/api/messages?${new URLSearchParams(question).toString()}`);
      // Answered by src/dev/mailbox-app.tsx with its own type.
      return (await answer.json()) as Message[];
    },
  };
}

/** The run's one Temporal server; waits while it is still being built. */
export async function temporalAddress(): Promise<string> {
  for (;;) {
    const { temporal } = startedOrThrow();
    if (temporal) return temporal;
    await wait(250);
  }
}

/** The workflows, bundled once a run. */
export async function workflowBundle(): Promise<string> {
  for (;;) {
    const { bundle } = startedOrThrow();
    if (bundle) return bundle;
    await wait(100);
  }
}

function startedOrThrow(): Parts {
  const read = parts();
  if (read.temporalError) throw new Error(`Temporal: ${read.temporalError}`);
  return read;
}

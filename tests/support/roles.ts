import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CrashPointName } from '../../src/crash-point.ts';
import { mailbox, temporalAddress, workflowBundle } from './parts.ts';
import type { TestTown } from './town.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const LOGIN = { web: 'passerelle_web', worker: 'passerelle_worker', relay: 'passerelle_relay' } as const;

export type RoleProcess = {
  child: ChildProcess;
  /** The signal it died of. */
  died: Promise<string | null>;
  /** kill -9, waited for. */
  kill(): Promise<void>;
};

/** A role as in production: a process of its own, told everything by its environment. `crashAt`: where it kills itself. */
export async function startRole(
  town: TestTown,
  role: keyof typeof LOGIN,
  {
    taskQueue,
    port = 0,
    crashAt,
    temporal,
    mails = mailbox(),
    built,
  }: {
    taskQueue: string;
    port?: number;
    crashAt?: CrashPointName;
    /** A Temporal server and a mailbox of the test's own. */
    temporal?: string;
    mails?: { smtpUrl: string; webUrl: string };
    /** The built program, which starts in half the time; from its source when left out. */
    built?: string | undefined;
  },
): Promise<RoleProcess> {
  const { smtpUrl, webUrl } = mails;
  const child = spawn(process.execPath, [...(built ? [built] : ['--import', 'tsx', MAIN]), role], {
    stdio: ['ignore', 'ignore', process.env['LOG_LEVEL'] ? 'inherit' : 'ignore'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: town.database.url(LOGIN[role]),
      AUTH_DATABASE_URL: town.database.url('passerelle_auth'),
      PASSERELLE_KEYS: town.keysText,
      PASSERELLE_DEMO: '1',
      TEMPORAL_ADDRESS: temporal ?? (await temporalAddress()),
      TEMPORAL_TASK_QUEUE: taskQueue,
      WORKFLOW_BUNDLE: await workflowBundle(),
      SMTP_URL: smtpUrl,
      MAIL_LOOKUP_URL: `${webUrl}/api/messages`,
      PORT: String(port),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
      ...(crashAt ? { PASSERELLE_CRASH_AT: crashAt } : {}),
    },
  });
  const died = once(child, 'exit').then(([, signal]) => (typeof signal === 'string' ? signal : null));
  return {
    child,
    died,
    async kill() {
      child.kill('SIGKILL');
      await died;
    },
  };
}

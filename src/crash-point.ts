let armed: string | undefined;

/** Names a point where the process may be killed by a fault test (F-02, F-03). Does nothing unless armed at start, never in production. */
export function crashPoint(name: CrashPointName): void {
  if (armed === name) process.kill(process.pid, 'SIGKILL');
}

export type CrashPointName =
  | 'accept.before_commit'
  | 'accept.after_commit'
  | 'relay.claimed'
  | 'relay.signalled'
  | 'step.before_commit'
  | 'step.after_commit'
  | 'load.before_read'
  | 'load.after_commit'
  | 'mail.claimed'
  | 'mail.sent';

export function armCrashPoint(name: string | undefined): void {
  armed = name;
}

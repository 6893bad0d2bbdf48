import type { CommandContext } from '../command-context.ts';
import type { Log } from '../log.ts';
import { type Lanes, startLanes } from '../outbox/lanes.ts';
import { checkAttachment } from './check-attachment.command.ts';
import type { Scanner } from './clamd.ts';
import { dueChecks } from './due-checks.query.ts';

/** Each lane holds one file in memory. */
const AT_ONCE = 2;
const BATCH = 20;
const POLL_MS = 2_000;

/** Looks at what came in, for all towns, outside of any request. Runs in the worker role, any number at once. */
export function startChecks(ctx: CommandContext & { log: Log }, scanner: Scanner | undefined, url: string): Lanes {
  return startLanes({
    url,
    channel: 'attachment',
    lanes: AT_ONCE,
    pollMs: POLL_MS,
    log: ctx.log,
    failed: 'check_failed',
    due: () => dueChecks(ctx.db, scanner !== undefined, BATCH),
    run: (due) => checkAttachment(ctx, scanner, due),
  });
}

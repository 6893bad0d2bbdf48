import type { CommandContext } from '../command-context.ts';
import { staffByAccount, type AtWork } from '../staff/staff-person.query.ts';
import type { Accounts } from './accounts.ts';

/** Who a request comes from: somebody at work, somebody who still has to set a second factor up (R89), or nobody. */
export type StaffSession = { kind: 'person'; person: AtWork } | { kind: 'enrol' } | { kind: 'nobody' };

/** Read from both databases at each request: a session that ends, or a person no longer active, is nobody at once (B-52). */
export async function staffSession(
  ctx: CommandContext & { accounts: Accounts },
  townId: string,
  headers: Headers,
): Promise<StaffSession> {
  const session = await ctx.accounts.sessionOf(headers);
  if (!session) return { kind: 'nobody' };
  const person = await staffByAccount(ctx, townId, session.authUserId);
  if (!person) return { kind: 'nobody' };
  return session.secondFactor ? { kind: 'person', person } : { kind: 'enrol' };
}

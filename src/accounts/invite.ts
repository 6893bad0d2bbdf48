import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { formatCode, newRandomCode, normaliseCode } from '../privacy/case-code.ts';
import type { AccountsContext } from './accounts-context.ts';
import { AccountError } from './errors.ts';
import { type PasswordFault, passwordFault } from './password-policy.ts';

export type Acceptance = { token: string; password: string };
export type AcceptResult = { ok: true; authUserId: string } | { ok: false; reason: PasswordFault | 'no_invitation' };

/**
 * A token that lets its holder choose the account's password once, within 72 hours of real time. It replaces an earlier one; only its
 * hash is kept. It is typed into a form, as forgiving as a case code, and never acted on by opening a link.
 * @returns the code in groups, to be read aloud or copied by hand (120 random bits).
 * @throws AccountError unknown_account
 */
export async function createInvitation(ctx: AccountsContext, authUserId: string): Promise<string> {
  const token = formatCode(newRandomCode());
  await ctx.db.transaction().execute(async (tx) => {
    const known = await tx.selectFrom('user').select('id').where('id', '=', authUserId).forUpdate().executeTakeFirst();
    if (!known) throw new AccountError('unknown_account');
    await tx.deleteFrom('invitation').where('user_id', '=', authUserId).where('used_at', 'is', null).execute();
    await sql`insert into invitation (token_hash, user_id, expires_at)
      values (${hashOf(token)}, ${authUserId}, clock_timestamp() + interval '72 hours')`.execute(tx);
  });
  return token;
}

/**
 * Sets the chosen password and ends every session of the account; a second factor stays as it is. A refused password leaves the
 * invitation usable. Unknown, used and expired tokens answer alike.
 */
export async function acceptInvitation(ctx: AccountsContext, { token, password }: Acceptance): Promise<AcceptResult> {
  const fault = passwordFault(password);
  if (fault) return { ok: false, reason: fault };
  if (!(await isOpen(ctx, token))) return { ok: false, reason: 'no_invitation' };
  const library = await ctx.auth.$context;
  const hash = await library.password.hash(password);
  return ctx.db.transaction().execute(async (tx): Promise<AcceptResult> => {
    const used = await sql<{ user_id: string }>`
      update invitation set used_at = clock_timestamp()
      where token_hash = ${hashOf(token)} and used_at is null and expires_at > clock_timestamp()
      returning user_id`.execute(tx);
    const authUserId = used.rows[0]?.user_id;
    if (authUserId === undefined) return { ok: false, reason: 'no_invitation' };
    const credential = tx.updateTable('account').set({ password: hash, updatedAt: new Date() });
    await credential.where('userId', '=', authUserId).where('providerId', '=', 'credential').execute();
    await tx.deleteFrom('session').where('userId', '=', authUserId).execute();
    await tx.deleteFrom('verification').where('value', '=', authUserId).execute();
    return { ok: true, authUserId };
  });
}

/** Asked before hashing, so that guessed tokens cost no hash; the update above is what decides. */
async function isOpen(ctx: AccountsContext, token: string): Promise<boolean> {
  const found = await sql`select 1 from invitation
    where token_hash = ${hashOf(token)} and used_at is null and expires_at > clock_timestamp()`.execute(ctx.db);
  return found.rows.length > 0;
}

function hashOf(token: string): Buffer {
  return createHash('sha256')
    .update(normaliseCode(token) ?? '')
    .digest();
}

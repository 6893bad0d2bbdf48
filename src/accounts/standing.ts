import { sql } from 'kysely';
import type { AccountsContext } from './accounts-context.ts';

/** How far an account has come: what an administrator is shown. */
export type Standing = { hasPassword: boolean; secondFactor: boolean; invitedUntil: Date | undefined };

/** @returns one entry per known account; `invitedUntil` only while an unused invitation is open (real time). */
export async function standingOf(
  ctx: AccountsContext,
  authUserIds: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const found = await sql<{ id: string; has_password: boolean; second_factor: boolean; invited_until: Date | null }>`
    select "user"."id",
      exists (select 1 from "account" where "account"."userId" = "user"."id" and "password" is not null) as has_password,
      exists (select 1 from "twoFactor" where "twoFactor"."userId" = "user"."id" and "verified") as second_factor,
      (select max(expires_at) from invitation
        where user_id = "user"."id" and used_at is null and expires_at > clock_timestamp()) as invited_until
    from "user" where "user"."id" = any (${[...authUserIds]}::uuid[])`.execute(ctx.db);
  return new Map(
    found.rows.map((row) => [
      row.id,
      {
        hasPassword: row.has_password,
        secondFactor: row.second_factor,
        invitedUntil: row.invited_until ?? undefined,
      },
    ]),
  );
}

/** For a lost phone: the second factor, the password and every session end, so that only a new invitation opens the account again. */
export async function forgetFactors(ctx: AccountsContext, authUserId: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('twoFactor').where('userId', '=', authUserId).execute();
    await tx.deleteFrom('totp_claim').where('user_id', '=', authUserId).execute();
    await tx.updateTable('user').set({ twoFactorEnabled: false }).where('id', '=', authUserId).execute();
    const credential = tx.updateTable('account').set({ password: null, updatedAt: new Date() });
    await credential.where('userId', '=', authUserId).where('providerId', '=', 'credential').execute();
    await tx.deleteFrom('session').where('userId', '=', authUserId).execute();
    await tx.deleteFrom('verification').where('value', '=', authUserId).execute();
  });
}

/** The account under this address, for joining it to a person after an interruption. */
export async function accountOf(ctx: AccountsContext, email: string): Promise<string | undefined> {
  const found = await ctx.db
    .selectFrom('user')
    .select('id')
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return found?.id;
}

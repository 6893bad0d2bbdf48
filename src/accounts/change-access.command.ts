import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import type { AccountEventCode } from '../db/tables/account-event.ts';
import { DomainError } from '../errors.ts';
import { queueInvitationMail } from '../mail/queue-staff-mail.ts';
import { accountFor } from './account-for.ts';
import type { Accounts } from './accounts.ts';
import { isDuplicate } from '../db/duplicate.ts';
import { noteAccess, writeAccountEvent } from './note-access.command.ts';

export type AccessAct = 'invite' | 'lost_phone' | 'end' | 'restore';
export const ACCESS_ACTS: readonly AccessAct[] = ['invite', 'lost_phone', 'end', 'restore'];

type Ctx = CommandContext & { accounts: Accounts };
type Admin = { townId: string; personId: string };
type About = { id: string; name: string; email: string; authUserId: string | null };

/**
 * What an administrator does to somebody's access; the database refuses anybody else, and oneself.
 * @returns the invitation code for `invite` and `lost_phone`, to be shown once.
 * @throws DomainError not_allowed_now when the access is not in a state where this makes sense.
 */
export async function changeAccess(ctx: Ctx, by: Admin, about: About, act: AccessAct): Promise<string | undefined> {
  if (about.id === by.personId) throw new DomainError('not_allowed_now');
  switch (act) {
    case 'invite':
      return invite(ctx, by, about);
    case 'lost_phone':
      if (about.authUserId === null) throw new DomainError('not_allowed_now');
      await ctx.accounts.forgetFactors(about.authUserId);
      await noteAccess(ctx, by, 'second_factor_reset', about.id);
      return invite(ctx, by, about);
    case 'end':
      await setActive(ctx, by, about, false, 'access_ended');
      if (about.authUserId !== null) await ctx.accounts.revokeAll(about.authUserId);
      return undefined;
    case 'restore':
      await setActive(ctx, by, about, true, 'access_restored');
      return undefined;
  }
}

async function invite(ctx: Ctx, by: Admin, about: About): Promise<string> {
  const authUserId = about.authUserId ?? (await openAccount(ctx, by, about));
  const token = await ctx.accounts.createInvitation(authUserId);
  await inTransaction(ctx.db, { role: 'app_staff', townId: by.townId, personId: by.personId }, async (tx) => {
    await writeAccountEvent(tx, about.id, 'invited');
    await queueInvitationMail(tx, about.id);
  });
  return token;
}

/** Joins the person and an account. One left by an interruption is taken up; one that is somebody else's is refused by its key. */
async function openAccount(ctx: Ctx, by: Admin, about: About): Promise<string> {
  const authUserId = await accountFor(ctx.accounts, about);
  try {
    await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
      const linked = await sql<{
        linked: boolean;
      }>`select link_account(${about.id}::uuid, ${authUserId}) as linked`.execute(tx.db);
      if (!linked.rows[0]?.linked) throw new DomainError('changed_meanwhile');
    });
  } catch (error) {
    if (isDuplicate(error)) throw new DomainError('not_allowed_now', { cause: error });
    throw error;
  }
  return authUserId;
}

async function setActive(ctx: Ctx, by: Admin, about: About, active: boolean, code: AccountEventCode): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const set = await sql<{ changed: boolean }>`select set_access(${about.id}::uuid, ${active}) as changed`.execute(
      tx.db,
    );
    if (!set.rows[0]?.changed) throw new DomainError('not_allowed_now');
    await writeAccountEvent(tx, about.id, code);
  });
}

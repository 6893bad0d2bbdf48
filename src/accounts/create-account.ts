import { z } from 'zod';
import { isDuplicate } from '../db/duplicate.ts';
import type { AccountsContext } from './accounts-context.ts';
import { AccountError } from './errors.ts';
import { passwordFault } from './password-policy.ts';

/** Without a password the account opens by its invitation only; until then sign-in answers as for an unknown address. */
export type NewAccount = { email: string; name: string; password?: string };

/**
 * Makes an account, its address counted as verified: nobody signs up, a person who may invites.
 * @returns better-auth's user id, for `person.auth_user_id`.
 * @throws AccountError bad_address, address_taken or password_*
 */
export async function createAccount(ctx: AccountsContext, { email, name, password }: NewAccount): Promise<string> {
  const fault = password === undefined ? undefined : passwordFault(password);
  if (fault) throw new AccountError(`password_${fault}`);
  if (!z.email().safeParse(email).success) throw new AccountError('bad_address');
  const library = await ctx.auth.$context;
  const hash = password === undefined ? null : await library.password.hash(password);
  const stamps = { createdAt: new Date(), updatedAt: new Date() };
  try {
    return await library.adapter.transaction(async (tx) => {
      const user = await tx.create<{ id: string }>({
        model: 'user',
        data: { name, email: email.toLowerCase(), emailVerified: true, ...stamps },
      });
      await tx.create({
        model: 'account',
        data: { userId: user.id, accountId: user.id, providerId: 'credential', password: hash, ...stamps },
      });
      return user.id;
    });
  } catch (error) {
    throw isDuplicate(error) ? new AccountError('address_taken', { cause: error }) : error;
  }
}

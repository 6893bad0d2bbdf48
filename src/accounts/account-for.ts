import type { Accounts } from './accounts.ts';
import { AccountError } from './errors.ts';

/** The account of this address, made when there is none. */
export async function accountFor(
  accounts: Accounts,
  { email, name }: { email: string; name: string },
): Promise<string> {
  try {
    return await accounts.createAccount({ email, name });
  } catch (error) {
    const known =
      error instanceof AccountError && error.code === 'address_taken' ? await accounts.accountOf(email) : undefined;
    if (known === undefined) throw error;
    return known;
  }
}

import type { Generated, Kysely } from 'kysely';
import { type Db, openDatabase } from '../db/database.ts';
import type { Log } from '../log.ts';

type UserTable = { id: string; email: string; twoFactorEnabled: boolean | null };
type SessionTable = { id: string; userId: string; expiresAt: Date; updatedAt: Date; secondFactor: boolean };
type AccountTable = { userId: string; providerId: string; password: string | null; updatedAt: Date };
type VerificationTable = { value: string };
type TwoFactorTable = { userId: string; secret: string; verified: boolean | null };
type TotpClaimTable = { user_id: string; last_step: number };
type InvitationTable = {
  token_hash: Buffer;
  user_id: string;
  created_at: Generated<Date>;
  expires_at: Date;
  used_at: Date | null;
};

/** Schema `auth`, and of better-auth's tables only the columns our own statements name. */
type AuthTables = {
  user: UserTable;
  session: SessionTable;
  account: AccountTable;
  verification: VerificationTable;
  twoFactor: TwoFactorTable;
  totp_claim: TotpClaimTable;
  invitation: InvitationTable;
};
export type AuthDb = Kysely<AuthTables>;

/** A pool of its own, as passerelle_auth, that sees schema `auth` and nothing else. `login` is the same pool, for the start check. */
export function openAuthDatabase(url: string, log: Log): { db: AuthDb; login: Db } {
  const own = new URL(url);
  own.searchParams.set('options', '-c search_path=auth');
  const login = openDatabase(own.toString(), {
    max: 5,
    onIdleError: (error) => log.error('accounts_connection_lost', error),
  });
  return { db: login.withTables<AuthTables>(), login };
}

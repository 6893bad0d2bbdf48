import { APIError } from 'better-auth/api';
import { symmetricDecrypt } from 'better-auth/crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AuthDb } from './auth-database.ts';
import { stepOfCode } from './totp-step.ts';

const Code = z.object({ code: z.string() });

/**
 * Spends the step of a code that better-auth has just accepted, or refuses: a step, and every step before the newest one used, works
 * once. One statement decides, so of any number at the same instant one passes.
 * @throws APIError TOTP_USED, which keeps the session from being made.
 */
export async function claimTotpStep(
  db: AuthDb,
  key: Parameters<typeof symmetricDecrypt>[0]['key'],
  userId: string,
  body: unknown,
): Promise<void> {
  const { code } = Code.parse(body);
  const row = await db.selectFrom('twoFactor').select('secret').where('userId', '=', userId).executeTakeFirst();
  const step = row && stepOfCode(await symmetricDecrypt({ key, data: row.secret }), code, Date.now());
  const claimed =
    step !== undefined &&
    (await sql`
      insert into totp_claim (user_id, last_step) values (${userId}, ${step})
      on conflict (user_id) do update set last_step = excluded.last_step where totp_claim.last_step < excluded.last_step
      returning user_id`.execute(db));
  if (!claimed || claimed.rows.length === 0) throw new APIError('UNAUTHORIZED', { code: 'TOTP_USED' });
}

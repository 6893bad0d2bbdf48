import { expect } from 'vitest';
import { formatShortCode, shortCode } from '../../src/privacy/short-code.ts';
import type { TestTown } from './town.ts';

/** The code of ten minutes that the mail to a contact would carry, once it was asked for. */
export async function newestPartnerCode(town: TestTown): Promise<string> {
  const newest = () =>
    town.owner.selectFrom('partner_access').select('id').where('purpose', '=', 'mail_code').orderBy('created_at', 'desc').executeTakeFirst(); // prettier-ignore
  await expect.poll(newest).toBeDefined();
  return formatShortCode(shortCode(town.keys, (await newest())?.id ?? ''));
}

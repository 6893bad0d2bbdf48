import { zValidator } from '@hono/zod-validator';
import { z } from 'zod';
import { DomainError } from '../errors.ts';

/** An id as our own addresses write it: one spelling a page (B-33). */
export const AddressId = z.uuid().lowercase();

/**
 * The variable parts of an address, read before anything else: what cannot be one of ours is the same 404 as what nobody may see (T-06).
 * Read them with `c.req.valid('param')`.
 */
export function addressParts<S extends z.ZodType<object>>(schema: S) {
  return zValidator('param', schema, (read) => {
    if (!read.success) throw new DomainError('not_found');
  });
}

import type { Context } from 'hono';
import type { CommandContext } from '../command-context.ts';
import type { FormBody } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import type { PublicTown, Town } from '../http/town-of-request.ts';
import type { Limits } from '../limits/limits.ts';
import type { Log } from '../log.ts';

export type FollowDeps = CommandContext & {
  town(c: Context): PublicTown;
  log: Log;
  /** The whole address of /suivi. */
  followAddress(c: Context): string;
  limits: Limits;
  /** Who a request comes from, as limits count it. */
  clientAddress(c: Context): string;
};

/** Partners read French. */
export type PartnerDeps = Omit<FollowDeps, 'town'> & { town(c: Context): Town };

/** One field as text; empty when it was not posted. */
export function textOf(body: FormBody, name: string): string {
  return ('fields' in body ? one(body.fields, name) : undefined) ?? '';
}

import type { Context } from 'hono';
import type { CommandContext } from '../command-context.ts';
import type { FormBody } from '../http/form-body.ts';
import type { Town } from '../http/town-of-request.ts';
import { clientAddress } from '../limits/client-address.ts';
import { type Limits, openLimits } from '../limits/limits.ts';
import type { Log } from '../log.ts';

export type FollowDeps = CommandContext & {
  town(c: Context): Town;
  log: Log;
  /** The address of /suivi, written out. */
  followAddress(c: Context): string;
  /** Those of the table, when not given. */
  limits?: Limits;
  /** The other end of the connection, when not given. */
  clientAddress?: (c: Context) => string;
};

/** The same with its limits open. */
export type FollowGate = Omit<FollowDeps, 'limits' | 'clientAddress'> & {
  limits: Limits;
  addressOf(c: Context): string;
};

export function openGate(deps: FollowDeps): FollowGate {
  return {
    ...deps,
    limits: deps.limits ?? openLimits(deps),
    addressOf: deps.clientAddress ?? clientAddress(),
  };
}

/** One field as text; empty when it was not posted. */
export function textOf(body: FormBody, name: string): string {
  const value = 'fields' in body ? body.fields[name] : undefined;
  return typeof value === 'string' ? value : '';
}

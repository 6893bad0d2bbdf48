import { createHmac } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, RLWrapperTimeouts } from 'rate-limiter-flexible';
import type { Db } from '../db/database.ts';
import type { Log } from '../log.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { type Limit, LIMITS, type LimitName, type LimitTable } from './limit-table.ts';

export type Verdict = { within: true } | { within: false; retryAfterSeconds: number };

export type Limits = {
  /** Spends one of what `about` (an address, a code) may do. Never throws: a store that is away is part of the limit. */
  take(name: LimitName, about: string): Promise<Verdict>;
  /** Gives one back: what was done was no attempt after all. Only after a `take` that was within. */
  giveBack(name: LimitName, about: string): Promise<void>;
  /** Before a password is looked at (T-19, T-43). */
  signIn(address: string, email: string): Promise<Verdict>;
};

/** A store that does not answer by then is away: a form must not wait for its counter. */
const STORE_ANSWERS_MS = 1_000;

/**
 * Opens the limits of one process on counters that all processes share (table `rate_limit`). What is counted is stored as a keyed
 * hash only, for two hours at most; addresses are never written in clear. Real time, never the town's.
 */
export function openLimits(ctx: { db: Db; keys: KeyRing; log: Log }, table: LimitTable = LIMITS): Limits {
  const key = ctx.keys.derived('limits');
  const entries = Object.entries(table).map(([name, limit], index) => [
    name,
    limiterOf(ctx.db, name, limit, index === 0),
  ]);
  // One limiter for each name of the table.
  const limiters = Object.fromEntries(entries) as Record<LimitName, RLWrapperTimeouts>;
  const hashOf = (name: LimitName, about: string) =>
    createHmac('sha256', key).update(`${name}|${about}`).digest('base64url').slice(0, 24);

  async function take(name: LimitName, about: string): Promise<Verdict> {
    try {
      await limiters[name].consume(hashOf(name, about));
      return { within: true };
    } catch (error) {
      if (error instanceof RateLimiterRes)
        return { within: false, retryAfterSeconds: Math.max(1, Math.ceil(error.msBeforeNext / 1000)) };
      ctx.log.warn('limits_without_store', { limit: name });
      return { within: true };
    }
  }

  return {
    take,
    async giveBack(name, about) {
      await limiters[name].reward(hashOf(name, about)).catch(() => undefined);
    },
    async signIn(address, email) {
      const person = await take('sign_in_by_person', `${address}|${email.trim().toLowerCase()}`);
      return person.within ? take('sign_in_by_address', address) : person;
    },
  };
}

function limiterOf(db: Db, name: string, { points, seconds, withoutStore }: Limit, sweeps: boolean): RLWrapperTimeouts {
  const limiter = new RateLimiterPostgres({
    storeClient: clientOf(db),
    storeType: 'client',
    tableName: 'rate_limit',
    tableCreated: true,
    // One of them deletes what ended an hour ago, every five minutes, for all: they share the table.
    clearExpiredByTimeout: sweeps,
    keyPrefix: name,
    points,
    duration: seconds,
    // Once over, a flood costs no statement.
    inMemoryBlockOnConsumed: points + 1,
  });
  const timed = { limiter, timeoutMs: STORE_ANSWERS_MS };
  if (withoutStore === 'let_through') return new RLWrapperTimeouts(timed);
  return new RLWrapperTimeouts({
    ...timed,
    insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
  });
}

/** Our pool as the library calls one: a single statement outside any transaction, as the login. */
function clientOf(db: Db) {
  return {
    async query({ text, values }: { text: string; values: unknown[] }) {
      const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values));
      return { rows, rowCount: Number(numAffectedRows ?? rows.length) };
    },
  };
}

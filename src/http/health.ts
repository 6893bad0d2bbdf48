import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Beat, freshBeats } from '../outbox/heartbeat.ts';

export type PartState = 'up' | 'down' | 'building' | 'starting';
export type Readiness = Record<'postgres' | 'temporal' | 'smtp' | 'worker' | 'relay', PartState>;

/** State of every part, from heartbeats; `stateDir` tells a Temporal server that is still being built. */
export async function readiness(db: Db, townId: string, stateDir: string | undefined): Promise<Readiness> {
  const away: Readiness = { postgres: 'down', temporal: 'down', smtp: 'down', worker: 'down', relay: 'down' };
  try {
    const beats = await inTransaction(db, { role: 'app_public', townId }, freshBeats);
    const of = (role: Beat['role']) => beats.find((beat) => beat.role === role);
    const has = (role: Beat['role']): PartState => (of(role) ? 'up' : 'starting');
    const worker = of('worker');
    return {
      postgres: 'up',
      temporal: of('relay')?.partUp ? 'up' : (progress(stateDir) ?? 'down'),
      smtp: worker ? (worker.partUp ? 'up' : 'down') : 'starting',
      worker: has('worker'),
      relay: has('relay'),
    };
  } catch {
    return away;
  }
}

/** Where the demo's mailbox can be read. */
export function mailboxAddress(stateDir: string | undefined): string | undefined {
  const state = readState(stateDir, 'state.json');
  return typeof state?.['mailbox'] === 'string' && state['mailbox'] ? state['mailbox'] : undefined;
}

function progress(stateDir: string | undefined): PartState | undefined {
  const state = readState(stateDir, 'progress.json')?.['temporal'];
  return state === 'building' || state === 'starting' ? state : undefined;
}

function readState(stateDir: string | undefined, name: string): Record<string, unknown> | undefined {
  const file = stateDir && path.join(stateDir, name);
  if (!file || !existsSync(file)) return undefined;
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof read === 'object' && read !== null ? { ...read } : undefined;
  } catch {
    return undefined;
  }
}

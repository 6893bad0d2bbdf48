import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockCase } from '../../src/cases/lock-case.ts';
import { openDatabase } from '../../src/db/database.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { loadStream } from '../../src/deadlines/load-stream.command.ts';
import { openDeadline } from '../../src/deadlines/open-deadline.ts';
import { settleDeadlines } from '../../src/deadlines/settle-deadlines.ts';
import { recordChange } from '../../src/outbox/record-change.ts';
import { referralStream } from '../../src/outbox/streams.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('stream');
});
afterAll(() => town.close());

test('a snapshot that waited for a command sees the steps of that command: nothing is acknowledged unread', async () => {
  const { caseId } = await submit(town);
  const worker = town.context('passerelle_worker');
  const policy = await worker.policies.of(town.townId);
  let held: () => void = () => undefined;
  const holding = new Promise<void>((resolve) => {
    held = resolve;
  });
  const command = inTransaction(worker.db, { role: 'app_worker', townId: town.townId }, async (tx) => {
    await lockCase(tx, caseId);
    await settleDeadlines(tx, caseId, 'all', 'cancelled');
    await recordChange(tx, { caseId, code: 'case_accepted', actor: 'staff' });
    held();
    await wait(300);
    await openDeadline(tx, policy, {
      caseId,
      kind: 'assignment',
      announce: [{ audience: 'leader', template: 'assignment_due' }],
    });
  });
  await holding;
  const [{ snapshot }] = await Promise.all([loadStream(worker, town.townId, referralStream(caseId)), command]);
  const next = await town.owner
    .selectFrom('step')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', '=', 'pending')
    .orderBy('at')
    .executeTakeFirstOrThrow();
  expect(snapshot).toMatchObject({ lastSeq: 2, nextStep: { id: next.id } });
});

describe('decision 0021: a stream is read by one statement of its own', () => {
  const acked = async (caseId: string) => {
    const { acked_seq } = await town.owner
      .selectFrom('stream')
      .select('acked_seq')
      .where('id', '=', referralStream(caseId))
      .executeTakeFirstOrThrow();
    return acked_seq;
  };

  test('only a login that may take the worker’s role opens this door', async () => {
    const { caseId } = await submit(town);
    for (const login of ['passerelle_web', 'passerelle_relay'] as const) {
      const read = sql`select * from read_stream(${town.townId}::uuid, ${referralStream(caseId)})`;
      await expect(read.execute(town.db(login))).rejects.toThrow('permission denied to set role "app_worker"');
    }
    expect(await acked(caseId)).toBe(0);
  });

  test('another town’s stream is nobody’s: not read, not acknowledged', async () => {
    const { caseId } = await submit(town);
    const worker = town.context('passerelle_worker');
    const other = await loadStream(worker, crypto.randomUUID(), referralStream(caseId));
    expect([other, await acked(caseId)]).toEqual([
      {
        snapshot: { lastSeq: 0, offsetMs: 0, ended: true, nextStep: null },
        caseState: null,
        requestState: null,
        rightsState: null,
      },
      0,
    ]);
    expect(await loadStream(worker, town.townId, referralStream(caseId))).toMatchObject({ caseState: 'received' });
    expect(await acked(caseId)).toBe(1);
  });

  test('T-37: role and town end with the statement, also after an error', async () => {
    const db = openDatabase(town.database.url('passerelle_worker'), { max: 1, onIdleError: () => undefined });
    const worker = { ...town.context('passerelle_worker'), db };
    const { caseId } = await submit(town);
    const left = () =>
      sql`select current_user as role, nullif(current_setting('app.town', true), '') as town`.execute(db);
    await loadStream(worker, town.townId, referralStream(caseId));
    expect((await left()).rows).toEqual([{ role: 'passerelle_worker', town: null }]);
    await expect(sql`select read_stream(null, null), 1 / 0`.execute(db)).rejects.toThrow('division by zero');
    expect((await left()).rows).toEqual([{ role: 'passerelle_worker', town: null }]);
    await expect(sql`select id from stream`.execute(db)).rejects.toThrow('permission denied');
    await db.destroy();
  });
});

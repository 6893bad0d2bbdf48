import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, type WorkerTx } from '../../src/db/transaction.ts';
import { loadStream } from '../../src/deadlines/load-stream.command.ts';
import { openDeadline } from '../../src/deadlines/open-deadline.ts';
import { settleDeadlines } from '../../src/deadlines/settle-deadlines.ts';
import { recordChange } from '../../src/outbox/record-change.ts';
import { referralStream } from '../../src/outbox/streams.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';

// docs/decisions/0022: a change after which a workflow would wait as it waits now is acknowledged in its place, every other is signalled.

let town: TestTown;
beforeAll(async () => {
  town = await testTown('quiet');
});
afterAll(() => town.close());

/** A new request, whose workflow waits for triage and a task; what was to be said at once has been said. */
async function waiting(): Promise<string> {
  const { caseId } = await submit(town);
  await changed(caseId, 'question_answered', (tx, policy) =>
    openDeadline(tx, policy, { caseId, kind: 'task_call_party', reason: 'party_invited' }).then(() => undefined),
  );
  await told(caseId);
  return caseId;
}
const told = (caseId: string) =>
  town.owner
    .updateTable('step')
    .set({ state: 'done' })
    .where('case_id', '=', caseId)
    .where('ordinal', '<', 0)
    .execute();
const read = (caseId: string) => loadStream(town.context('passerelle_worker'), town.townId, referralStream(caseId));

type Policy = Awaited<ReturnType<ReturnType<TestTown['context']>['policies']['of']>>;
async function changed(
  caseId: string,
  code: 'task_done' | 'question_answered',
  change: (tx: WorkerTx, policy: Policy) => Promise<void> = async () => undefined,
  closes?: boolean,
): Promise<number> {
  const worker = town.context('passerelle_worker');
  const policy = await worker.policies.of(town.townId);
  return inTransaction(worker.db, { role: 'app_worker', townId: town.townId }, async (tx) => {
    await change(tx, policy);
    return recordChange(tx, { caseId, code, actor: 'staff', ...(closes === undefined ? {} : { closes }) });
  });
}

/** As the relay asks before it signals. */
async function isQuiet(caseId: string, seq: number): Promise<boolean> {
  const stream = referralStream(caseId);
  const quiet = await inTransaction(town.db('passerelle_relay'), { role: 'app_relay' }, (tx) =>
    sql`select quiet_changes(${[stream]}::text[], ${[seq]}::integer[])`.execute(tx.db),
  );
  const { acked_seq } = await town.owner
    .selectFrom('stream')
    .select('acked_seq')
    .where('id', '=', stream)
    .executeTakeFirstOrThrow();
  // Acknowledged and not signalled, or neither.
  expect(acked_seq === seq).toBe(quiet.rows.length === 1);
  return quiet.rows.length === 1;
}

const settle = (caseId: string, kind: 'triage' | 'task_call_party') => (tx: WorkerTx) =>
  settleDeadlines(tx, caseId, [kind], 'met');

/** A task of which somebody is told at once. */
const announces = (caseId: string) => async (tx: WorkerTx, policy: Policy) => {
  await openDeadline(tx, policy, {
    caseId,
    kind: 'task_read_message',
    announce: [{ audience: 'leader', template: 'question_answered' }],
  });
};

describe('quiet', () => {
  test('a line that waits for nothing, and a task done whose reminders came later than what is next', async () => {
    const caseId = await waiting();
    await read(caseId);
    expect(await isQuiet(caseId, await changed(caseId, 'task_done'))).toBe(true);
    expect(await isQuiet(caseId, await changed(caseId, 'task_done', settle(caseId, 'task_call_party')))).toBe(true);
  });

  test('also when what was next has gone: the workflow wakes for it once, and finds it so', async () => {
    const caseId = await waiting();
    await read(caseId);
    await read(caseId);
    expect(await isQuiet(caseId, await changed(caseId, 'task_done', settle(caseId, 'triage')))).toBe(true);
  });
});

describe('signalled', () => {
  test('the first change, when no workflow runs yet', async () => {
    const { caseId } = await submit(town);
    expect(await isQuiet(caseId, 1)).toBe(false);
  });

  test('a step that comes sooner than what is waited for', async () => {
    const caseId = await waiting();
    await read(caseId);
    const seq = await changed(caseId, 'question_answered', announces(caseId));
    expect(await isQuiet(caseId, seq)).toBe(false);
  });

  test('a step that is due, although what was waited for came before it: the clock was moved past that', async () => {
    const caseId = await waiting();
    await town.owner
      .updateTable('step')
      .set({ at: sql<Date>`business_now(town_id) - interval '2 days'` })
      .where('case_id', '=', caseId)
      .where('action', '=', 'remind')
      .where('state', '=', 'pending')
      .execute();
    await read(caseId);
    const seq = await changed(caseId, 'question_answered', async (tx, policy) => {
      await settleDeadlines(tx, caseId, 'all', 'cancelled');
      await announces(caseId)(tx, policy);
    });
    expect(await isQuiet(caseId, seq)).toBe(false);
  });

  test('another state, which is another chapter', async () => {
    const caseId = await waiting();
    await read(caseId);
    const seq = await changed(caseId, 'task_done');
    await town.owner.updateTable('mediation_case').set({ state: 'in_triage' }).where('id', '=', caseId).execute();
    expect(await isQuiet(caseId, seq)).toBe(false);
  });

  test('nothing left to wait for, or nobody who waits: the workflow may have to end', async () => {
    const [empty, closed] = [await waiting(), await waiting()];
    await read(empty);
    await read(closed);
    const all = (tx: WorkerTx) => settleDeadlines(tx, empty, 'all', 'cancelled');
    expect(await isQuiet(empty, await changed(empty, 'task_done', all))).toBe(false);
    expect(await isQuiet(closed, await changed(closed, 'task_done', undefined, true))).toBe(false);
  });

  test('an earlier change it has not read: that reading acknowledges both', async () => {
    const caseId = await waiting();
    await read(caseId);
    await changed(caseId, 'task_done');
    expect(await isQuiet(caseId, await changed(caseId, 'task_done'))).toBe(false);
  });

  test('a stream somebody holds at this moment: nobody waits for it', async () => {
    const caseId = await waiting();
    await read(caseId);
    const seq = await changed(caseId, 'task_done');
    await town.owner.transaction().execute(async (held) => {
      await held
        .selectFrom('stream')
        .select('id')
        .where('id', '=', referralStream(caseId))
        .forUpdate()
        .executeTakeFirstOrThrow();
      expect(await isQuiet(caseId, seq)).toBe(false);
    });
  });
});

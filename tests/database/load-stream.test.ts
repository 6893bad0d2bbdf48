import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockCase } from '../../src/cases/lock-case.ts';
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
  const [snapshot] = await Promise.all([loadStream(worker, town.townId, referralStream(caseId)), command]);
  const next = await town.owner
    .selectFrom('step')
    .select('id')
    .where('case_id', '=', caseId)
    .where('state', '=', 'pending')
    .orderBy('at')
    .executeTakeFirstOrThrow();
  expect(snapshot).toMatchObject({ lastSeq: 2, nextStep: { id: next.id } });
});

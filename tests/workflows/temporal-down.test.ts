import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findTemporal } from '../../src/dev/temporal-binary.ts';
import { type LocalTemporal, startTemporal } from '../../src/dev/temporal-server.ts';
import { temporalAddress } from '../support/parts.ts';
import { submit } from '../support/request.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
let stack: Stack;
let server: LocalTemporal;
const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-temporal-'));
const start = async (port?: number) =>
  startTemporal({ binary: await findTemporal(), dir, port, ui: false, durable: true });

beforeAll(async () => {
  await temporalAddress();
  server = await start();
  town = await testTown('down');
  stack = await startStack(town, server.address);
});
afterAll(async () => {
  await stack?.stop();
  await town?.close();
  await server?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('F-05: kill -9 of the Temporal server, an hour of business time, then back: every case has its workflow, each overdue step acted once', async () => {
  const watched = await submit(town, { danger: true });
  await stack.calm();
  process.kill(server.pid, 'SIGKILL');
  const during = [await submit(town), await submit(town), await submit(town)];
  await sql`update town set clock_offset_ms = clock_offset_ms + ${65 * 60_000} where id = ${town.townId}`.execute(
    town.owner,
  );
  // Nobody tells the workflow that the hour has passed: the reconciler finds the late step in the rows.
  server = await start(server.port);
  await stack.calm();
  for (const { caseId } of [watched, ...during]) {
    const description = await stack.temporal.client.workflow.getHandle(`referral/${caseId}`).describe();
    expect(description.status.name).toBe('RUNNING');
  }
  const acted = await town.owner
    .selectFrom('case_event')
    .select(['case_id', 'data'])
    .where('code', 'in', ['step_taken', 'step_skipped'])
    .execute();
  const count = (caseId: string, template: string) =>
    acted.filter((event) => event.case_id === caseId && event.data['template'] === template).length;
  expect(count(watched.caseId, 'danger_waiting')).toBe(1);
  for (const { caseId } of during)
    expect([count(caseId, 'acknowledgement'), count(caseId, 'new_request')]).toEqual([1, 1]);
  const receipts = stack.mailbox.messages().filter((message) => message.to === 'rosa@courriel.example');
  expect(receipts).toHaveLength(3);
});

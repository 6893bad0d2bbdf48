import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { acceptCase, askQuestion } from '../../src/cases/triage.command.ts';
import { startPostgres } from '../../src/dev/postgres.ts';
import { findTemporal } from '../../src/dev/temporal-binary.ts';
import { startTemporal } from '../../src/dev/temporal-server.ts';
import { installRuntime } from '../../src/temporal/worker.ts';
import { bundleWorkflows } from '../../src/temporal/bundle.ts';
import { createLog } from '../../src/log.ts';
import { submit } from '../support/request.ts';
import { startStack } from '../support/stack.ts';
import { START, testTown } from '../support/town.ts';

// Ninety days of business time with thirty open cases in several states, on real parts; beside it, in the same run and on the same
// server, as many bare instants: one signal, one activity that does nothing.

const DAYS = 90;
const CASES = 30;

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-bench-'));
const postgres = await startPostgres({ dir: path.join(dir, 'postgres'), durable: true });
const server = await startTemporal({ binary: await findTemporal(), dir, port: undefined, ui: false, durable: true });
const bundle = path.join(dir, 'workflows.js');
writeFileSync(bundle, await bundleWorkflows());
const parts = path.join(dir, 'parts.json');
writeFileSync(parts, JSON.stringify({ adminUrl: postgres.adminUrl, temporal: server.address, bundle }));
process.env['PASSERELLE_TEST_PARTS'] = parts;

async function days(): Promise<{ seconds: number; instants: number; mails: number }> {
  const town = await testTown('clock');
  const stack = await startStack(town);
  const ctx = town.context('passerelle_web');
  const leader = { townId: town.townId, personId: town.person('R1') };
  const mediator = { townId: town.townId, personId: town.person('M1') };
  for (let n = 0; n < CASES; n += 1) {
    const { caseId } = await submit(town, { email: `rosa-${n}@courriel.example` });
    if (n % 3 === 0) continue;
    if (n % 3 === 1) {
      await askQuestion(ctx, leader, { caseId, question: 'À quelle heure ?' });
      continue;
    }
    await acceptCase(ctx, leader, { caseId, domain: 'social', complexity: 'standard', tension: 2 });
    await assignMediator(ctx, leader, { caseId, mediatorId: mediator.personId });
    if (n % 2 === 0) await acceptAssignment(ctx, mediator, caseId);
  }
  await stack.calm();
  const begun = performance.now();
  const { instants, stuck } = await stack.travel(new Date(START.getTime() + DAYS * 86_400_000));
  const seconds = (performance.now() - begun) / 1_000;
  if (stuck) throw new Error('the journey was stuck');
  const mails = stack.mailbox.messages().length;
  await stack.stop();
  await town.close();
  return { seconds, instants, mails };
}

async function bare(instants: number): Promise<number> {
  const connection = await NativeConnection.connect({ address: server.address });
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('bare-instants.workflow.ts', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  let wake: () => void = () => undefined;
  const worker = await Worker.create({
    connection,
    namespace: 'default',
    taskQueue: 'bare',
    workflowBundle: { code },
    activities: { seen: async () => wake() },
  });
  const running = worker.run();
  const client = new Client({ connection: await Connection.connect({ address: server.address }) });
  const handle = await client.workflow.start('bareInstants', {
    taskQueue: 'bare',
    workflowId: 'bare-instants',
    args: [instants],
  });
  const begun = performance.now();
  for (let n = 0; n < instants; n += 1) {
    const seen = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await handle.signal('instant');
    await seen;
  }
  const seconds = (performance.now() - begun) / 1_000;
  await handle.result();
  worker.shutdown();
  await running;
  await client.connection.close();
  await connection.close();
  return seconds;
}

installRuntime(createLog('bench', 'silent'));
const ours = await days();
const plain = await bare(ours.instants);
const each = (seconds: number) => `${((seconds * 1_000) / ours.instants).toFixed(0)} ms an instant`;
const [cpu] = os.cpus();
console.log(`${os.cpus().length} × ${cpu?.model ?? 'processor'}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB`);
console.log(
  `${DAYS} days, ${CASES} cases: ${ours.instants} instants in ${ours.seconds.toFixed(1)} s, ${each(ours.seconds)}, ${ours.mails} mails`,
);
console.log(`bare: ${ours.instants} signals and activities in ${plain.toFixed(1)} s, ${each(plain)}`);
console.log(`ratio passerelle ÷ bare: ${(ours.seconds / plain).toFixed(2)}`);
await server.stop();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
process.exit(0);

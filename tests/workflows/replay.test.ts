import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { createLog } from '../../src/log.ts';
import { FAILURE_CONVERTER } from '../../src/temporal/client.ts';
import { installRuntime } from '../../src/temporal/worker.ts';
import { decodeHistory, fetchHistory } from '../support/histories.ts';
import { workflowBundle } from '../support/parts.ts';
import { submit } from '../support/request.ts';
import { startStack } from '../support/stack.ts';
import { testTown } from '../support/town.ts';

const folder = new URL('../histories/', import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

// To record new ones after a change of the procedure: RECORD_HISTORIES=1 npm test -- tests/workflows/replay.test.ts
if (process.env['RECORD_HISTORIES']) {
  test('records the histories of one case, decoded, one file a run', async () => {
    const town = await testTown('record');
    const stack = await startStack(town);
    const { caseId } = await submit(town);
    await stack.calm();
    await stack.travel(new Date('2027-01-13T09:00:00Z'));
    const leader = { townId: town.townId, personId: town.person('R1') };
    const web = town.context('passerelle_web');
    await acceptCase(web, leader, { caseId, domain: 'social', complexity: 'simple', tension: 1 });
    await assignMediator(web, leader, { caseId, mediatorId: town.person('M1') });
    await stack.calm();
    await acceptAssignment(web, { townId: town.townId, personId: town.person('M1') }, caseId);
    await stack.calm();
    await withdrawByRequester(web, { townId: town.townId, caseId });
    await stack.calm();
    mkdirSync(folder, { recursive: true });
    for (const [workflowId, type] of [
      [`referral/${caseId}`, 'referral'],
      [`daily/${town.townId}`, 'daily'],
    ] as const) {
      const runs = stack.temporal.client.workflow.list({ query: `WorkflowId = '${workflowId}'` });
      let index = 0;
      for await (const run of runs) {
        index += 1;
        const history = await decodeHistory(town, await fetchHistory(stack, workflowId, run.runId));
        writeFileSync(
          new URL(`${type}.${index}.json`, folder),
          `${String(historyToJSON(history)).replaceAll(/"identity": "[^"]*"/g, '"identity": "recorded"')}\n`,
        );
      }
    }
    await stack.stop();
    await town.close();
  });
}

describe('F-42: every recorded history replays in this build, without a key', () => {
  test('histories are there', () => {
    expect(files.length).toBeGreaterThan(1);
  });
  for (const file of files) {
    test(file, async () => {
      installRuntime(createLog('replay', 'silent'));
      const history: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
      await Worker.runReplayHistory(
        {
          workflowBundle: { code: readFileSync(await workflowBundle(), 'utf8') },
          dataConverter: { failureConverterPath: FAILURE_CONVERTER },
        },
        history,
        file,
      );
    });
  }
});

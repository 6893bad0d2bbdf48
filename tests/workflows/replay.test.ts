import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { notePhoneAnswer } from '../../src/partners/staff-side.command.ts';
import { createLog } from '../../src/log.ts';
import { FAILURE_CONVERTER } from '../../src/temporal/client.ts';
import { installRuntime } from '../../src/temporal/worker.ts';
import { noteSession } from '../../src/sessions/note-session.command.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { decodeHistory, fetchHistory } from '../support/histories.ts';
import { workflowBundle } from '../support/parts.ts';
import { startStack } from '../support/stack.ts';
import { testTown } from '../support/town.ts';

const folder = new URL('../histories/', import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];

// Those recorded before a change stay: open cases replay them. To record new ones after a change of the procedure: RECORD_HISTORIES=1 npm test -- tests/workflows/replay.test.ts
if (process.env['RECORD_HISTORIES']) {
  test('records the histories of one case carried through the procedure, decoded, one file a run', async () => {
    const town = await testTown('record');
    const stack = await startStack(town);
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await stack.calm();
    const { id: organisationId } = await town.owner
      .selectFrom('organisation')
      .select('id')
      .where('code', '=', 'O11')
      .executeTakeFirstOrThrow();
    const requestId = await askPartner(carried.web, carried.mediator(), {
      caseId,
      organisationId,
      urgency: 'standard',
      question: 'Quand ?',
    });
    await stack.travel(new Date('2027-01-29T09:00:00Z'));
    await notePhoneAnswer(carried.web, carried.mediator(), { caseId, requestId, reply: 'answered' });
    await carried.says('other');
    await beginMediation(carried.web, carried.mediator(), caseId);
    const sessionId = await planSession(carried.web, carried.mediator(), {
      caseId,
      mode: 'joint',
      partyIds: [await carried.partyId('requester'), await carried.partyId('other')],
      day: '03/02/2027',
      hour: '14 h',
      minutes: 60,
      place: 'Salle du Lavoir',
    });
    await stack.travel(new Date('2027-02-04T09:00:00Z'));
    await noteSession(carried.web, carried.mediator(), {
      caseId,
      sessionId,
      mode: 'joint',
      day: '03/02/2027',
      hour: '14 h',
      minutes: 60,
      present: [],
      interpreter: false,
      tensionBefore: 2,
      tensionAfter: 1,
      registers: [],
      topics: [],
      progress: 'agreement',
      safetyAlert: false,
    });
    await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
    await stack.travel(new Date('2027-02-18T09:00:00Z'));
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    await stack.calm();
    mkdirSync(folder, { recursive: true });
    for (const [workflowId, type] of [
      [`referral/${caseId}`, 'referral'],
      [`partner-request/${requestId}`, 'partner-request'],
      [`session/${sessionId}`, 'session'],
    ] as const) {
      const runs = stack.temporal.client.workflow.list({ query: `WorkflowId = '${workflowId}'` });
      let index = 0;
      for await (const run of runs) {
        index += 1;
        const history = await decodeHistory(town, await fetchHistory(stack, workflowId, run.runId));
        writeFileSync(
          new URL(`procedure.${type}.${index}.json`, folder),
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
    for (const type of ['referral', 'partner-request', 'session', 'daily'])
      expect(files.some((file) => file.includes(type))).toBe(true);
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

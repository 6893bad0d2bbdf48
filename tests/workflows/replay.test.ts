import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import type { Activities } from '../../src/activities/index.ts';
import { createLog } from '../../src/log.ts';
import { FAILURE_CONVERTER } from '../../src/temporal/client.ts';
import { installRuntime } from '../../src/temporal/worker.ts';
import { decodeHistory, fetchHistory, searchable } from '../support/histories.ts';
import { workflowBundle } from '../support/parts.ts';
import { carryEverything } from '../support/procedure-to-record.ts';
import { startStack } from '../support/stack.ts';
import { testTown } from '../support/town.ts';

const folder = new URL('../histories/', import.meta.url);
const filesNow = () => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []);

// Once deployed, those recorded before a change stay: open cases replay them. RECORD_HISTORIES=1 npm test -- tests/workflows/replay.test.ts adds
// today's beside them; RECORD_HISTORIES=anew forgets the old ones, as long as nothing is deployed.
if (process.env['RECORD_HISTORIES']) {
  test(
    'records the histories of cases carried through the procedure, decoded, one file a run',
    { timeout: 900_000 },
    async () => {
      const town = await testTown('record');
      const stack = await startStack(town);
      const workflows = await carryEverything(town, stack);
      if (process.env['RECORD_HISTORIES'] === 'anew') rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      for (const [name, workflowId] of Object.entries(workflows)) {
        const runs = [];
        for await (const run of stack.temporal.client.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
          runs.push(run);
        runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
        const kept = filesNow().filter((file) => file.startsWith(`${name}.`)).length;
        for (const [index, { runId }] of runs.entries()) {
          const history = await decodeHistory(town, await fetchHistory(stack, workflowId, runId));
          writeFileSync(
            new URL(`${name}.${kept + index + 1}.json`, folder),
            `${String(historyToJSON(history)).replaceAll(/"identity": "[^"]*"/g, '"identity": "recorded"')}\n`,
          );
        }
      }
      await stack.stop();
      await town.close();
    },
  );
}

/** Everything the histories of one workflow hold under a name: the stages its subject was read in, the codes it was told. */
function held(type: string, name: 'stage' | 'code'): string[] {
  const found = new Set<string>();
  for (const file of filesNow().filter((known) => known.startsWith(`${type}.`))) {
    const text = searchable(readFileSync(new URL(file, folder), 'utf8'));
    for (const [, value = ''] of text.matchAll(new RegExp(`"${name}":"([a-z_]+)"`, 'g'))) found.add(value);
  }
  return [...found].toSorted();
}

describe('F-42: the recorded histories hold the whole procedure', () => {
  test('referral: every chapter, and each way one ends', () => {
    expect(held('referral', 'stage')).toEqual(
      [
        'received',
        'in_triage',
        'more_info_needed',
        'redirected',
        'merged',
        'accepted',
        'assigned',
        'first_contact',
        'agreements',
        'support',
        'mediation',
        'follow_up',
        'evaluation',
        'closed',
      ].toSorted(),
    );
    expect(held('referral', 'code')).toEqual(
      expect.arrayContaining(['case_reopened', 'case_redirected', 'request_withdrawn', 'case_closed']),
    );
  });
  test('partnerRequest: acknowledged, promised, asked back, the last word, not asked any more', () => {
    expect(held('partner-request', 'stage')).toEqual(
      expect.arrayContaining(['sent', 'acknowledged', 'in_hand', 'needs_info', 'done', 'unable', 'cancelled']),
    );
  });
  test('mediationSession: planned, moved, held, cancelled', () => {
    expect(held('session', 'code')).toEqual(
      expect.arrayContaining(['session_planned', 'session_moved', 'session_held', 'session_cancelled']),
    );
  });
  test('rightsRequest: received, made longer, answered, refused, taken back', () => {
    expect(held('rights-request', 'stage')).toEqual(
      expect.arrayContaining(['received', 'extended', 'answered', 'refused', 'taken_back']),
    );
  });
  test('a chapter ends in a continue-as-new', () => {
    const ends = (type: string) =>
      filesNow().filter(
        (file) =>
          file.startsWith(`${type}.`) &&
          readFileSync(new URL(file, folder), 'utf8').includes('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW'),
      ).length;
    expect([ends('referral') > 5, ends('partner-request') > 0]).toEqual([true, true]);
  });
  test('daily: its nights are ordinary activities, asked with these arguments', () => {
    const text = searchable(
      filesNow()
        .filter((file) => file.startsWith('daily.'))
        .map((file) => readFileSync(new URL(file, folder), 'utf8'))
        .join('\n'),
    );
    expect(text).toMatch(/\{"townId":"[0-9a-f-]{36}","stepId":"[0-9a-f-]{36}"\}/);
    expect(text).toContain('takeNightlyStep');
  });
});

/** What a workflow that sleeps since last month will ask for, and with which arguments: a name less or more here is a history that breaks. */
const ASKED = {
  loadCase: { townId: true, caseId: true },
  takeCaseStep: { townId: true, stepId: true },
  loadPartnerRequest: { townId: true, requestId: true },
  takePartnerStep: { townId: true, stepId: true },
  loadSession: { townId: true, sessionId: true },
  takeSessionStep: { townId: true, stepId: true },
  loadRightsRequest: { townId: true, requestId: true },
  takeRightsStep: { townId: true, stepId: true },
  loadTown: { townId: true },
  takeNightlyStep: { townId: true, stepId: true },
} as const satisfies { [A in keyof Activities]: Record<keyof Parameters<Activities[A]>[0], true> };

describe('F-42: every recorded history replays in this build, without a key', () => {
  test('no history asks for an activity that is not known', () => {
    const named = new Set(
      filesNow().flatMap((file) =>
        [
          ...searchable(readFileSync(new URL(file, folder), 'utf8')).matchAll(
            /"(?:activity_type|activityType)":\s*(?:\{\s*"name":\s*)?"(\w+)"/g,
          ),
        ].map(([, name = '']) => name),
      ),
    );
    expect([...named].toSorted()).toEqual(Object.keys(ASKED).toSorted());
  });
  for (const file of filesNow()) {
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

import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { CrashPointName } from '../../src/crash-point.ts';
import { freePort } from '../../src/dev/ports.ts';
import { newDraft, sealDraft } from '../../src/privacy/draft-seal.ts';
import { openTemporal, type TemporalClient } from '../../src/temporal/client.ts';
import { letLeasesEnd } from '../support/mails.ts';
import { mailbox, temporalAddress } from '../support/parts.ts';
import { submit } from '../support/request.ts';
import { type RoleProcess, startRole } from '../support/roles.ts';
import { type TestTown, testTown } from '../support/town.ts';

// Real processes, killed with SIGKILL by themselves at a named point, started again, and the exact end state each time (F-02, F-03).

/** A town, a task queue and processes of its own, so that several can be killed side by side. */
type Place = {
  town: TestTown;
  temporal: TemporalClient;
  run(role: 'web' | 'worker' | 'relay', more?: { crashAt?: CrashPointName; port?: number }): Promise<RoleProcess>;
  /** What the dead held is free again, as it is when its lease runs out in real time. */
  endLeases(): Promise<void>;
  /** Until nothing waits any more. */
  calm(): Promise<void>;
};

async function inPlace(work: (place: Place) => Promise<void>): Promise<void> {
  const taskQueue = `crash-${randomBytes(6).toString('hex')}`;
  const town = await testTown('crash');
  const address = await temporalAddress();
  const temporal = openTemporal({ address, namespace: 'default', taskQueue, bundlePath: undefined }, town.keys);
  const running: RoleProcess[] = [];
  try {
    await work({
      town,
      temporal,
      async run(role, more = {}) {
        const started = await startRole(town, role, { taskQueue, ...more });
        running.push(started);
        return started;
      },
      async endLeases() {
        await letLeasesEnd(town);
        await sql`update outbox set lease_until = clock_timestamp() where delivered_at is null`.execute(town.owner);
      },
      async calm() {
        for (let tries = 0; tries < 600; tries += 1) {
          const left = await sql<{ total: string }>`
            select steps + signals + mails as total
            from unfinished_before(${town.townId}::uuid, business_now(${town.townId}::uuid))`.execute(town.owner);
          if (left.rows[0]?.total === '0') return;
          await wait(100);
        }
        throw new Error('still waiting');
      },
    });
  } finally {
    await Promise.all(running.map((role) => role.kill()));
    await temporal.connection.close();
    await town.close();
  }
}

const newAddress = () => `rosa-${randomBytes(6).toString('hex')}@courriel.example`;

/** What is true of a request that went well, however often its carriers died. */
async function expectOnce({ town, temporal }: Place, caseId: string, address: string): Promise<void> {
  const stream = `referral/${caseId}`;
  const { acked_seq, last_seq } = await town.owner
    .selectFrom('stream')
    .select(['acked_seq', 'last_seq'])
    .where('id', '=', stream)
    .executeTakeFirstOrThrow();
  expect(acked_seq).toBe(last_seq);
  const waiting = await town.owner
    .selectFrom('outbox')
    .select('seq')
    .where('stream_id', '=', stream)
    .where('delivered_at', 'is', null)
    .execute();
  expect(waiting).toEqual([]);
  const { status } = await temporal.client.workflow.getHandle(stream).describe();
  expect(status.name).toBe('RUNNING');
  const events = await town.owner
    .selectFrom('case_event')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  const told = events.map(({ code, data }) => [code, data['template']].filter(Boolean).join(' '));
  expect(told.toSorted()).toEqual([
    'mail_settled acknowledgement',
    'request_received',
    'step_taken acknowledgement',
    'step_taken new_request',
  ]);
  const mails = await town.owner
    .selectFrom('mail')
    .select(['template', 'state'])
    .where('case_id', '=', caseId)
    .where('person_id', 'is', null)
    .execute();
  expect(mails).toEqual([{ template: 'acknowledgement', state: 'accepted' }]);
  expect(await mailbox().messages({ to: address })).toHaveLength(1);
}

// Side by side: most of a test is waiting for a process to start, or for Temporal to give a dead worker's task to another.
const SLOW = { timeout: 180_000 };

describe.concurrent('web killed around its commit', SLOW, () => {
  for (const [crashAt, stored] of [
    ['accept.before_commit', 0],
    ['accept.after_commit', 1],
  ] as const) {
    test(`${crashAt}: the answer is lost; the same form again gives one case and its code`, () =>
      inPlace(async ({ town, run }) => {
        const port = await freePort(undefined);
        const numbers = async () => {
          const rows = await town.owner.selectFrom('mediation_case').select('number').execute();
          return rows.map(({ number }) => number);
        };
        const body = lastScreen(town);
        const victim = await run('web', { crashAt, port });
        await expect(post(port, body)).rejects.toThrow();
        expect(await victim.died).toBe('SIGKILL');
        expect(await numbers()).toHaveLength(stored);

        await run('web', { port });
        const first = await slipOf(port, await post(port, body));
        const second = await slipOf(port, await post(port, body));
        const [number, ...others] = await numbers();
        expect(others).toEqual([]);
        expect(first).toContain(number);
        expect(codeIn(first)).toBeDefined();
        expect(codeIn(second)).toBe(codeIn(first));
      }));
  }

  const lastScreen = (town: TestTown) =>
    new URLSearchParams({
      draft: sealDraft(town.keys, town.townId, {
        ...newDraft(Date.now()),
        answers: {
          danger: 'no',
          need: 'person',
          categories: ['BRUIT'],
          quarter: 'PEU',
          story: 'Les bruits de pas, la nuit.',
          first_name: 'Rosa',
          contact_ways: ['email'],
          email: newAddress(),
          spoken_language: 'fr',
        },
      }),
      screen: 'send',
      go: 'next',
      age_group: 'adult',
      accept_contact: 'yes',
      read_notice: 'yes',
    }).toString();
  const post = async (port: number, body: string): Promise<Response> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: `http://127.0.0.1:${port}` };
    for (;;) {
      try {
        return await fetch(`http://127.0.0.1:${port}/demande`, { method: 'POST', headers, body, redirect: 'manual' });
      } catch (error) {
        // Not listening yet; a line cut in the middle of an answer is another error.
        if (!(error instanceof Error) || !/ECONNREFUSED/.test(codeOf(error.cause))) throw error;
        await wait(100);
      }
    }
  };
  const slipOf = async (port: number, sent: Response): Promise<string> => {
    expect(sent.status).toBe(303);
    const cookie = (sent.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return (await fetch(`http://127.0.0.1:${port}/demande/recu`, { headers: { cookie } })).text();
  };
  const codeIn = (slip: string) =>
    /(?:[0-9A-Z]{5}[^0-9A-Za-z]+){4}[0-9A-Z]{5}/.exec(slip.replaceAll(/<[^>]*>/g, ' '))?.[0];
  const codeOf = (cause: unknown) => (cause instanceof Error && 'code' in cause ? String(cause.code) : '');
});

describe.concurrent('relay and worker killed on the road', SLOW, () => {
  test.each([
    ['relay', 'relay.claimed'],
    ['relay', 'relay.signalled'],
    ['worker', 'load.before_read'],
    ['worker', 'load.after_commit'],
    ['worker', 'step.before_commit'],
    ['worker', 'step.after_commit'],
    ['worker', 'mail.claimed'],
    ['worker', 'mail.sent'],
  ] as const)(
    '%s at %s: started again, every change is acknowledged, every step taken and every mail sent once',
    (role, crashAt) =>
      inPlace(async (place) => {
        const { town, run, endLeases, calm } = place;
        const victim = await run(role, { crashAt });
        await run(role === 'relay' ? 'worker' : 'relay');
        const address = newAddress();
        const { caseId } = await submit(town, { email: address });
        expect(await victim.died).toBe('SIGKILL');
        await endLeases();
        await run(role);
        await calm();
        await expectOnce(place, caseId, address);
      }),
  );
});

import { existsSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { onTestFinished, expect, test } from 'vitest';
import { startMailbox } from '../../src/dev/mailbox.ts';
import { freePort } from '../../src/dev/ports.ts';
import { startPostgres } from '../../src/dev/postgres.ts';
import { eventually, isAlive } from '../../src/dev/processes.ts';
import { readJson } from '../../src/dev/state-file.ts';
import { SCREEN_ORDER } from '../../src/requests/screens.ts';
import { VALID } from '../support/f1-form.ts';
import { Clone } from '../support/npm-start.ts';
import { temporalAddress } from '../support/parts.ts';
import { hiddenOf } from '../support/visitor.ts';

function clone(): Clone {
  const made = new Clone();
  onTestFinished(() => made.remove());
  return made;
}

/** The id of the one town of a cluster that `npm start` filled. */
async function town(adminUrl: string): Promise<string | undefined> {
  const url = new URL(adminUrl);
  url.pathname = '/passerelle';
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from town');
  await client.end();
  return rows[0]?.id;
}
/** Through the server that is already running on this folder. */
const townOf = async ({ dir }: Clone) =>
  town((await startPostgres({ dir: path.join(dir, 'postgres'), durable: true })).adminUrl);

/** Sends a whole request through the pages, screen by screen, as a browser without script. */
async function sendRequest(web: string): Promise<string | null> {
  let page = await (await fetch(`${web}/demande`)).text();
  for (const screen of SCREEN_ORDER) {
    const body = new URLSearchParams([
      ['draft', hiddenOf(page, 'draft')],
      ['screen', screen],
      ...VALID[screen],
      ['go', 'next'],
    ]);
    const answer = await fetch(`${web}/demande`, {
      method: 'POST',
      headers: { origin: web },
      body,
      redirect: 'manual',
    });
    if (answer.status !== 200) return answer.headers.get('location');
    page = await answer.text();
  }
  return null;
}

test('npm start, killed with everything it started, finds its server and data again; refuses a double; Ctrl-C leaves nothing', async () => {
  const here = clone();
  const PORT = String(await freePort());
  const first = await here.open({ PORT });
  expect(here.state).toMatchObject({ web: `http://localhost:${PORT}`, temporal: await temporalAddress() });
  expect((await fetch(`http://127.0.0.1:${PORT}/readyz`)).status).toBe(200);
  const [id, server] = [await townOf(here), here.postgresPid()];
  expect(id).toBeDefined();

  const double = await here.start({ PORT: String(await freePort()) });
  expect(await double.ended).toBe(1);
  expect(double.said()).toContain('tourne déjà');
  expect(isAlive(server)).toBe(true);

  if (first.child.pid) process.kill(-first.child.pid, 'SIGKILL');
  await first.ended;
  expect(isAlive(server)).toBe(true);

  const second = await here.open({ PORT });
  expect(here.postgresPid()).toBe(server);
  expect(await townOf(here)).toBe(id);
  expect(here.roles()).toHaveLength(3);

  const pids = here.roles();
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
  expect([...pids, server].filter(isAlive)).toEqual([]);
}, 180_000);

test('a web that was left running alone by a kill is ended by the next start, and gives its port back', async () => {
  const here = clone();
  const PORT = String(await freePort());
  const first = await here.open({ PORT });
  const orphans = here.roles();
  first.child.kill('SIGKILL');
  await first.ended;
  expect(orphans.filter(isAlive)).toHaveLength(3);
  const second = await here.open({ PORT });
  expect(orphans.filter(isAlive)).toEqual([]);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
}, 180_000);

test('two clones run side by side without being told anything: every address differs, stopping one leaves the other', async () => {
  const [one, other] = [clone(), clone()];
  const opened = await one.open();
  await other.open();
  const addresses = ({ state }: Clone) => [state.web, state.mailbox, state.smtp, state.postgres];
  expect(new Set([...addresses(one), ...addresses(other)]).size).toBe(8);
  expect(await townOf(one)).not.toBe(await townOf(other));
  opened.child.kill('SIGINT');
  expect(await opened.ended).toBe(0);
  expect((await fetch(`${other.state.web}/readyz`)).status).toBe(200);
  expect(await sendRequest(other.state.web)).toBe('/demande/recu');
}, 180_000);

test('DATABASE_URL, TEMPORAL_ADDRESS and SMTP_URL, when given, win over the embedded parts: nothing else is started', async () => {
  const [here, outside] = [clone(), clone()];
  const postgres = await startPostgres({ dir: path.join(outside.dir, 'postgres'), durable: false });
  const mailbox = await startMailbox({ dir: path.join(outside.dir, 'mailbox') });
  onTestFinished(() => mailbox.stop());
  const started = await here.open({ DATABASE_URL: postgres.adminUrl, SMTP_URL: mailbox.smtpUrl });
  expect(here.state).toEqual({
    web: here.state.web,
    mailbox: '',
    smtp: mailbox.smtpUrl,
    postgres: new URL(postgres.adminUrl).host,
    temporal: await temporalAddress(),
    temporalUi: null,
  });
  expect(['postgres', 'mailbox', 'temporal'].filter((part) => existsSync(path.join(here.dir, part)))).toEqual([]);
  expect(await town(postgres.adminUrl)).toBeDefined();
  expect(await sendRequest(here.state.web)).toBe('/demande/recu');
  const received = await eventually(60_000, async () =>
    mailbox.messages().find(({ to }) => to === 'rosa@courriel.example'),
  );
  expect(received?.subject).toContain('MS-');
  started.child.kill('SIGINT');
  expect(await started.ended).toBe(0);
  expect(isAlive(postgres.pid)).toBe(true);
  expect(readJson(path.join(here.dir, 'state.json'))).toBeUndefined();
}, 180_000);

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type Mailbox, startMailbox } from '../../src/dev/mailbox.ts';
import { inOrder } from '../support/form-page.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'passerelle-mailbox-'));
const children: ChildProcess[] = [];
let mailbox: Mailbox | undefined;
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await mailbox?.stop();
  mailbox = undefined;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

type Sent = { messageId: string; subject: string; text?: string; html?: string; to?: string };

async function send(smtpUrl: string, mail: Sent): Promise<void> {
  const transport = createTransport(smtpUrl);
  await transport.sendMail({
    from: 'mediation@val-riviere.example',
    to: 'rosa@courriel.example',
    text: 'Bonjour',
    date: new Date('2027-01-11T09:00:00Z'),
    ...mail,
  });
  transport.close();
}

async function look(webUrl: string, question: string): Promise<unknown> {
  return (await fetch(`${webUrl}/api/messages?${question}`)).json();
}

test('a mail is found by its Message-ID with everything it carries; an id nobody sent gives an empty list', async () => {
  mailbox = await startMailbox({ dir: path.join(dir, 'lookup') });
  await send(mailbox.smtpUrl, { messageId: '<a1@val-riviere.example>', subject: 'Élan d’été', html: '<p>Été</p>' });
  await send(mailbox.smtpUrl, { messageId: '<a2@val-riviere.example>', subject: 'Deux', to: 'ana@courriel.example' });
  expect(await look(mailbox.webUrl, `messageId=${encodeURIComponent('<a1@val-riviere.example>')}`)).toEqual([
    expect.objectContaining({
      messageId: '<a1@val-riviere.example>',
      to: 'rosa@courriel.example',
      from: 'mediation@val-riviere.example',
      subject: 'Élan d’été',
      html: '<p>Été</p>',
      date: '2027-01-11T09:00:00.000Z',
      headers: expect.arrayContaining(['Message-ID: <a1@val-riviere.example>']),
    }),
  ]);
  expect(await look(mailbox.webUrl, 'messageId=nobody')).toEqual([]);
  expect(await look(mailbox.webUrl, 'to=ana@courriel.example')).toMatchObject([{ subject: 'Deux' }]);
  expect(await look(mailbox.webUrl, `since=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([]);
});

test('a mail that was acknowledged outlives the kill of the mailbox', async () => {
  const options = { dir: path.join(dir, 'killed') };
  const script = `const { startMailbox } = await import(${JSON.stringify(fileURLToPath(new URL('../../src/dev/mailbox.ts', import.meta.url)))});
    console.log(JSON.stringify(await startMailbox(${JSON.stringify(options)})));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  // Printed by the script above, whose type is Mailbox.
  const { smtpUrl } = JSON.parse(line) as Mailbox;
  await send(smtpUrl, { messageId: '<kept@val-riviere.example>', subject: 'Gardé' });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  mailbox = await startMailbox(options);
  expect(mailbox.messages()).toMatchObject([{ messageId: '<kept@val-riviere.example>', subject: 'Gardé' }]);
});

test('the page lists mails newest first and shows one in a frame where nothing may run', async () => {
  mailbox = await startMailbox({ dir: path.join(dir, 'page') });
  await send(mailbox.smtpUrl, { messageId: '<p1@x.example>', subject: 'Premier' });
  const html = '<p>Bonjour</p><script>document.title = "taken"</script>';
  await send(mailbox.smtpUrl, { messageId: '<p2@x.example>', subject: 'Second <b>', html });
  const list = await (await fetch(mailbox.webUrl)).text();
  expect(inOrder(list, 'Second &lt;b&gt;', 'Premier')).toEqual(['Second &lt;b&gt;', 'Premier']);
  expect(list).toContain('FICTIF');
  const second = mailbox.messages()[1];
  const shown = await fetch(`${mailbox.webUrl}/message/${second?.id}`);
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await shown.text();
  expect(page).toMatch(/<iframe[^>]* sandbox=""/);
  expect(page).not.toContain('<script');
});

test('another port is taken when the wished one is busy', async () => {
  const busy = createServer();
  const port = await new Promise<number>((resolve) => {
    busy.listen(0, '127.0.0.1', () => {
      const address = busy.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  mailbox = await startMailbox({ dir: path.join(dir, 'busy'), smtpPort: port, webPort: port });
  await new Promise((resolve) => busy.close(resolve));
  expect([mailbox.smtpPort, mailbox.webPort]).not.toContain(port);
});

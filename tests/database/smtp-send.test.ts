import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openSmtp, type OutgoingMail, type Smtp } from '../../src/mail/smtp-send.ts';
import { type Deed, type LyingSmtp, type Stage, startLyingSmtp } from '../support/lying-smtp.ts';

const QUICK = { connect: 300, greeting: 300, silence: 300, whole: 2_000 };
const ID = `<${'ab12'.repeat(10)}@passerelle.invalid>`;
const MAIL: OutgoingMail = {
  messageId: ID,
  from: { name: 'Médiation Val-Rivière', address: 'mediation@val-riviere.example' },
  to: 'rosa@courriel.example',
  subject: 'Votre demande n° MS-2026-00123',
  html: '<p>Nous avons reçu votre demande.</p>\n.\n<p>Suite.</p>',
  text: 'Nous avons reçu votre demande.\n.\nSuite.',
  date: new Date('2027-02-21T08:00:00Z'),
};

let server: LyingSmtp;
let smtp: Smtp;
beforeEach(async () => {
  server = await startLyingSmtp();
  smtp = openSmtp(server.url, QUICK);
});
afterEach(async () => {
  await smtp.close();
  await server.close();
});

const SLEEPER = `
  import { openSmtp } from '${new URL('../../src/mail/smtp-send.ts', import.meta.url).href}';
  const { MAIL, SMTP } = process.env;
  const mail = JSON.parse(MAIL);
  const smtp = openSmtp(SMTP);
  process.stdout.write(JSON.stringify(await smtp.send({ ...mail, date: new Date(mail.date) }, performance.now() + 1_000)));
  await smtp.close();`;

const storedCount = () => [...server.stored.values()].flat().length;

test('I-3: a mail is accepted once, for one recipient, under the Message-ID and the business date it was given', async () => {
  expect(await smtp.send(MAIL)).toEqual({ kind: 'accepted', reply: expect.stringContaining('LIAR1') });
  const [stored, ...others] = server.stored.get(ID) ?? [];
  expect(others).toEqual([]);
  expect(stored).toMatchObject({ from: MAIL.from.address, to: [MAIL.to] });
  const parsed = await simpleParser(stored?.raw ?? '');
  expect(parsed).toMatchObject({ subject: MAIL.subject, messageId: ID, date: MAIL.date });
  expect(parsed.text?.trim()).toBe('Nous avons reçu votre demande.\n.\nSuite.');
});

test('B-80: the header names are a fixed set, whatever names and subjects hold', async () => {
  const hostile = 'Jean\r\nBcc: evil@x.example\u0000\u2028Reply-To: evil@x.example';
  await smtp.send({ ...MAIL, subject: hostile, from: { name: hostile, address: MAIL.from.address } });
  const parsed = await simpleParser(server.stored.get(ID)?.[0]?.raw ?? '');
  expect([...parsed.headers.keys()].toSorted()).toEqual(
    ['auto-submitted', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].toSorted(),
  );
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(server.commands.filter((line) => line.startsWith('RCPT'))).toEqual([`RCPT TO:<${MAIL.to}>`]);
});

describe('B-45, B-85: an address that is not one plain address is refused before any connection', () => {
  test.each([
    'a@x.fr\r\nBcc: evil@x.fr',
    'a@x.fr, evil@x.fr',
    'a@x.fr,b@y.fr',
    'a＠evil.fr@ville.fr',
    '"evil@x.fr a"@ville.fr',
    'Grp: a@x.fr;',
    '<a@x.fr>',
    'Jean <a@x.fr>',
    '(x)a@b.fr',
    'a%b@c',
    'a@[127.0.0.1]',
    '',
  ])('%j', async (to) => {
    expect(await smtp.send({ ...MAIL, to })).toEqual({ kind: 'refused', code: 553 });
    expect(server.connections()).toBe(0);
  });

  test('a sender that is none is our own mistake: nothing leaves, and the mail is not called refused', async () => {
    const from = { name: 'x', address: 'a@x.fr\r\nBcc: evil@x.fr' };
    await expect(smtp.send({ ...MAIL, from })).rejects.toThrow('MAIL_FROM');
    expect(server.connections()).toBe(0);
  });

  test('a true international domain travels in its ASCII form', async () => {
    await smtp.send({ ...MAIL, to: 'rosa@été.example' });
    expect(server.stored.get(ID)?.[0]?.to).toEqual(['rosa@xn--t-9fab.example']);
  });
});

describe('F-20: the server cannot be reached', () => {
  test('refused connection: the mail can be tried later', async () => {
    await server.close();
    expect(await smtp.send(MAIL)).toEqual({ kind: 'try_later' });
    expect(await smtp.verify()).toBe(false);
  });

  test('a name that does not resolve (F-52)', async () => {
    expect(await openSmtp('smtp://nowhere.invalid:2525', QUICK).send(MAIL)).toEqual({ kind: 'try_later' });
  });

  test('a silent server', async () => {
    server.lie('connect', { hang: true });
    expect(await smtp.send(MAIL)).toEqual({ kind: 'try_later' });
  });
});

const UNREAD: Stage[] = ['connect', 'EHLO', 'MAIL', 'RCPT', 'DATA'];

describe('F-21, F-24: the line is lost or silent before the body was read: the server cannot have the mail', () => {
  test.each(UNREAD.flatMap((stage) => [['drop', stage] as const, ['hang', stage] as const]))(
    '%s at %s',
    async (deed, stage) => {
      server.lie(stage, deed === 'drop' ? { drop: true } : { hang: true }, 2);
      expect(await smtp.send(MAIL)).toEqual({ kind: 'try_later' });
      expect(storedCount()).toBe(0);
      server.lie(stage, { drop: true }, 0);
      expect(await smtp.send(MAIL)).toMatchObject({ kind: 'accepted' });
    },
  );

  test('a server slow at every verb, but never silent for long, still gets the mail', async () => {
    for (const stage of [...UNREAD, 'dot'] as const) server.lie(stage, { slowMs: 100 });
    expect(await smtp.send(MAIL)).toMatchObject({ kind: 'accepted' });
  });

  test('the whole of a send ends within its limit, whatever the server drips', async () => {
    const drips = createServer((socket) => {
      const drip = setInterval(() => socket.write('220-wait\r\n'), 50);
      socket.on('close', () => clearInterval(drip)).on('error', () => undefined);
    });
    await new Promise<void>((resolve) => drips.listen(0, '127.0.0.1', resolve));
    const address = drips.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const begun = performance.now();
    const patient = { ...QUICK, greeting: 60_000, silence: 60_000, connect: 60_000, whole: 500 };
    expect(await openSmtp(`smtp://127.0.0.1:${port}`, patient).send(MAIL)).toEqual({ kind: 'try_later' });
    expect(performance.now() - begun).toBeLessThan(2_000);
    drips.close();
  });
});

describe('F-24: the line is lost or silent once the body was read: nobody knows, so nothing is sent again', () => {
  const doubts: [string, Stage, Deed, number][] = [
    ['dropped in the middle of the body', 'body', { drop: true }, 0],
    ['silent in the middle of the body', 'body', { hang: true }, 0],
    ['dropped after the dot, stored', 'dot', { drop: true, stored: true }, 1],
    ['dropped after the dot, not stored', 'dot', { drop: true }, 0],
    ['silent after the dot, stored', 'dot', { hang: true, stored: true }, 1],
    ['an answer that is none, after the dot', 'dot', { reply: '354 what' }, 0],
  ];
  test.each(doubts)('%s', async (_name, stage, deed, stored) => {
    server.lie(stage, deed);
    expect(await smtp.send(MAIL)).toEqual({ kind: 'unknown' });
    expect(storedCount()).toBe(stored);
    expect(server.commands.filter((line) => line === 'DATA')).toHaveLength(1);
  });

  test('answered 250, then reset: accepted, and the next mail takes a new connection', async () => {
    server.lie('dot', { acceptThenReset: true });
    expect(await smtp.send(MAIL)).toMatchObject({ kind: 'accepted' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await smtp.send({ ...MAIL, messageId: `<${'cd34'.repeat(10)}@passerelle.invalid>` })).toMatchObject({
      kind: 'accepted',
    });
    expect(storedCount()).toBe(2);
  });
});

describe('F-22: a 4xx is tried later, and its code is kept', () => {
  test.each([
    ['connect', 421],
    ['MAIL', 451],
    ['RCPT', 450],
    ['DATA', 452],
    ['dot', 451],
    ['dot', 421],
  ] as const)('at %s: %i', async (stage, code) => {
    server.lie(stage, { reply: `${code} not now` });
    expect(await smtp.send(MAIL)).toEqual({ kind: 'try_later', code });
    expect(await smtp.send(MAIL)).toMatchObject({ kind: 'accepted' });
    expect(storedCount()).toBe(1);
  });
});

describe('F-23: a 5xx about the mail is final; a 5xx about our access is not the mail’s fault', () => {
  test.each([
    ['MAIL', 550],
    ['RCPT', 550],
    ['DATA', 554],
    ['dot', 552],
  ] as const)('at %s: %i is refused', async (stage, code) => {
    server.lie(stage, { reply: `${code} no` });
    expect(await smtp.send(MAIL)).toEqual({ kind: 'refused', code });
  });

  test.each([
    ['connect', 554],
    ['MAIL', 530],
  ] as const)('at %s: %i waits', async (stage, code) => {
    server.lie(stage, { reply: `${code} not you` });
    expect(await smtp.send(MAIL)).toEqual({ kind: 'try_later', code });
  });
});

describe('F-26: what should be encrypted never leaves in clear', () => {
  test.each(['?requireTLS', '?requireTLS=true'])(
    '%s: without STARTTLS nothing is said about the mail',
    async (query) => {
      expect(await openSmtp(server.url + query, QUICK).send(MAIL)).toMatchObject({ kind: 'try_later' });
      expect(server.commands.some((line) => /^(MAIL|RCPT|AUTH)/.test(line))).toBe(false);
    },
  );

  test('a password makes encryption required', async () => {
    const url = server.url.replace('smtp://', 'smtp://town:secret@');
    expect(await openSmtp(url, QUICK).send(MAIL)).toMatchObject({ kind: 'try_later' });
    expect(server.commands.some((line) => /^(MAIL|AUTH)/.test(line))).toBe(false);
  });

  test('a certificate nobody vouches for is not accepted', async () => {
    let got = 0;
    const own = new SMTPServer({
      authOptional: true,
      logger: false,
      onMailFrom: (_address, _session, done) => ((got += 1), done()),
    });
    own.on('error', () => undefined);
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    const address = own.server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    expect(await openSmtp(`smtp://127.0.0.1:${port}`, QUICK).send(MAIL)).toEqual({ kind: 'try_later' });
    expect(got).toBe(0);
    await new Promise<void>((resolve) => own.close(() => resolve()));
  });
});

describe('connections', () => {
  test('are used again, at most four at once', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `<${String(n).padStart(40, '0')}@passerelle.invalid>`);
    const results = await Promise.all(ids.map((messageId) => smtp.send({ ...MAIL, messageId })));
    expect(new Set(results.map((result) => result.kind))).toEqual(new Set(['accepted']));
    expect(server.connections()).toBeLessThanOrEqual(4);
    expect(ids.map((id) => server.stored.get(id)?.length)).toEqual(ids.map(() => 1));
  });

  test('F-37: a process stopped past its lease while the server says 354 sends nothing when it wakes', async () => {
    server.lie('DATA', { slowMs: 200 });
    const sender = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SLEEPER], {
      env: { ...process.env, SMTP: server.url, MAIL: JSON.stringify(MAIL) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = new Promise<string>((resolve) => sender.stdout.on('data', (text: Buffer) => resolve(String(text))));
    await vi.waitUntil(() => server.commands.includes('DATA'), { timeout: 20_000, interval: 5 });
    sender.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    sender.kill('SIGCONT');
    expect(JSON.parse(await said)).toEqual({ kind: 'try_later' });
    expect(storedCount()).toBe(0);
    await once(sender, 'exit');
  });

  test('verify says whether the server lets us in', async () => {
    expect(await smtp.verify()).toBe(true);
    server.lie('connect', { reply: '554 no service' });
    expect(await smtp.verify()).toBe(false);
  });
});

import net from 'node:net';

/** Where in the conversation a lie is told. `body`: after the first bytes of the message; `dot`: once it is whole. */
export type Stage = 'connect' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | 'dot';
/** `reply`: answer this instead. `stored`: the message was taken all the same. `slowMs`: answer truthfully, but late. */
export type Deed =
  | { reply: string }
  | { drop: true; stored?: boolean }
  | { hang: true; stored?: boolean }
  | { slowMs: number }
  | { acceptThenReset: true };

export type StoredMail = { from: string; to: string[]; raw: string };
export type LyingSmtp = {
  url: string;
  /** The next `times` conversations to reach this stage are lied to (once unless said); then the truth again. */
  lie(stage: Stage, deed: Deed, times?: number): void;
  /** What the server has, by Message-ID: more than one entry is a mail sent twice. */
  stored: Map<string, StoredMail[]>;
  /** Every line the client said outside a body, in order. */
  commands: string[];
  connections(): number;
  /** The most connections that were open together. */
  mostAtOnce(): number;
  close(): Promise<void>;
};

type Script = Map<Stage, { deed: Deed; left: number }>;

/** A mail server that does what it is told, well or badly: sockets only, no library that could repair the conversation. */
export async function startLyingSmtp(): Promise<LyingSmtp> {
  const script: Script = new Map();
  const stored: LyingSmtp['stored'] = new Map();
  const commands: string[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  let most = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    converse(socket, script, stored, commands);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    lie: (stage, deed, times = 1) => script.set(stage, { deed, left: times }),
    stored,
    commands,
    connections: () => connections,
    mostAtOnce: () => most,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function converse(socket: net.Socket, script: Script, stored: LyingSmtp['stored'], commands: string[]): void {
  let mail: StoredMail = { from: '', to: [], raw: '' };
  let inBody = false;
  let deaf = false;
  let pending = '';

  /** Answers a stage as the script says; `otherwise` is the truth. */
  function answer(stage: Stage, otherwise: () => void, keep: () => void = () => undefined): void {
    const lie = script.get(stage);
    if (!lie || lie.left === 0) return otherwise();
    lie.left -= 1;
    const { deed } = lie;
    if ('stored' in deed && deed.stored) keep();
    if ('reply' in deed) socket.write(`${deed.reply}\r\n`);
    else if ('drop' in deed) socket.destroy();
    else if ('hang' in deed) deaf = true;
    else if ('slowMs' in deed) setTimeout(otherwise, deed.slowMs);
    else if ('acceptThenReset' in deed) {
      otherwise();
      setTimeout(() => socket.resetAndDestroy(), 20);
    }
  }
  const say = (line: string) => () => void socket.write(`${line}\r\n`);
  function keep(): void {
    const id = /^message-id:\s*(<[^>]+>)/im.exec(mail.raw)?.[1] ?? 'no Message-ID';
    stored.set(id, [...(stored.get(id) ?? []), mail]);
  }

  function hear(line: string): void {
    commands.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    const path = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO') return answer('EHLO', say('250 lying.example'));
    if (verb === 'MAIL') {
      mail = { from: path, to: [], raw: '' };
      return answer('MAIL', say('250 sender ok'));
    }
    if (verb === 'RCPT') {
      mail.to.push(path);
      return answer('RCPT', say('250 recipient ok'));
    }
    if (verb === 'DATA') {
      return answer('DATA', () => {
        inBody = true;
        socket.write('354 go on\r\n');
      });
    }
    if (verb === 'QUIT') return void socket.end('221 bye\r\n');
    socket.write('250 ok\r\n');
  }

  socket.on('data', (chunk: Buffer) => {
    pending += chunk.toString('latin1');
    while (!deaf) {
      if (inBody) {
        if (script.get('body')?.left) return answer('body', () => undefined);
        const end = pending.indexOf('\r\n.\r\n');
        if (end < 0) return;
        mail.raw = pending.slice(0, end + 2).replaceAll('\r\n..', '\r\n.');
        pending = pending.slice(end + 5);
        inBody = false;
        answer(
          'dot',
          () => {
            keep();
            socket.write('250 queued as LIAR1\r\n');
          },
          keep,
        );
        continue;
      }
      const end = pending.indexOf('\r\n');
      if (end < 0) return;
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      hear(line);
    }
  });
  answer('connect', say('220 lying.example ESMTP'));
}

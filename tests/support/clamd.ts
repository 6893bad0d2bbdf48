import { createServer, type Socket } from 'node:net';
import { EICAR } from './files.ts';

/** How it behaves: as ClamAV does, or as it does on a bad day. */
export type Mood = 'well' | 'silent' | 'closes' | 'maybe' | 'error' | 'chatters' | 'long';
export type TestClamd = {
  address: string;
  mood: Mood;
  /** What it was given, whole. */
  seen: Buffer[];
  stop(): Promise<void>;
};

/** A server that speaks ClamAV's INSTREAM: command, chunks with their length, an empty one, then its sentence. It knows one virus, EICAR. */
export async function startClamd(): Promise<TestClamd> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    let got = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      got = Buffer.concat([got, bytes]);
      if (clamd.mood === 'closes') socket.destroy();
      else if (clamd.mood === 'long') socket.write('x'.repeat(10_000));
      else answer(socket, got);
    });
  });
  const COMMAND = 'zINSTREAM\0';

  function answer(socket: Socket, got: Buffer): void {
    if (got.length < COMMAND.length) return;
    if (got.toString('latin1', 0, COMMAND.length) !== COMMAND) return void socket.end('UNKNOWN COMMAND\0');
    const whole = chunksOf(got.subarray(COMMAND.length));
    if (!whole) return;
    clamd.seen.push(whole);
    if (clamd.mood === 'silent') return;
    if (clamd.mood === 'maybe') return void socket.end('stream: MAYBE\0');
    if (clamd.mood === 'error') return void socket.end('INSTREAM size limit exceeded. ERROR\0');
    if (clamd.mood === 'chatters') return void socket.end('hello, stream: OK\0');
    socket.end(whole.includes(EICAR) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  const clamd: TestClamd = {
    address: `127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`,
    mood: 'well',
    seen: [],
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return clamd;
}

/** The chunks put together, once the empty one has come. */
function chunksOf(bytes: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    if (at + 4 + length > bytes.length) return undefined;
    chunks.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}

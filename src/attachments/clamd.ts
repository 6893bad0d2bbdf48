import { connect, type Socket } from 'node:net';

/** `unknown`: it did not answer, answered late, or something else than yes and no (B-71). */
export type Verdict = 'clean' | 'infected' | 'unknown';
export type Scanner = { scan(bytes: Buffer): Promise<Verdict> };

const WITHIN_MS = 30_000;
const CHUNK = 64 * 1024;
const MAX_ANSWER = 4_096;

/** ClamAV over its socket, by INSTREAM. @param address `host:port`, or the path of a socket. */
export function clamdScanner(address: string, withinMs = WITHIN_MS): Scanner {
  return {
    scan: (bytes) =>
      new Promise((resolve) => {
        const socket = open(address);
        let answer = '';
        const end = (verdict: Verdict) => {
          clearTimeout(late);
          socket.destroy();
          resolve(verdict);
        };
        const late = setTimeout(() => end('unknown'), withinMs);
        socket.setEncoding('utf8');
        socket.on('error', () => end('unknown'));
        socket.on('close', () => end('unknown'));
        socket.on('data', (text) => {
          answer += String(text);
          if (answer.includes('\0')) end(verdictOf(answer));
          else if (answer.length > MAX_ANSWER) end('unknown');
        });
        socket.once('connect', () => {
          socket.write('zINSTREAM\0');
          for (let at = 0; at < bytes.length; at += CHUNK) {
            const chunk = bytes.subarray(at, at + CHUNK);
            socket.write(lengthOf(chunk.length));
            socket.write(chunk);
          }
          socket.write(lengthOf(0));
        });
      }),
  };
}

function open(address: string): Socket {
  if (address.startsWith('/')) return connect(address);
  const colon = address.lastIndexOf(':');
  return connect(Number(address.slice(colon + 1)), address.slice(0, colon).replace(/^\[|\]$/g, ''));
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

/** Only its two own sentences count. */
function verdictOf(answer: string): Verdict {
  if (answer.startsWith('stream: OK\0')) return 'clean';
  return /^stream: [^\0]{1,500} FOUND\0/.test(answer) ? 'infected' : 'unknown';
}

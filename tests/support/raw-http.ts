import { connect } from 'node:net';

export type RawAnswer = { status: number; head: string; body: string; seconds: number };

/**
 * Sends these bytes as they are and reads until the other side closes: for what no client of ours would send. `slowly` goes on sending
 * one more byte each second until it is cut.
 */
export async function rawHttp(port: number, bytes: string, slowly?: string): Promise<RawAnswer> {
  const start = performance.now();
  const text = await new Promise<string>((resolve, reject) => {
    let read = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    const drip = slowly ? setInterval(() => socket.write(slowly), 1_000) : undefined;
    socket.setTimeout(20_000, () => socket.destroy(new Error('not cut')));
    socket.on('data', (chunk) => (read += chunk.toString('latin1')));
    // A side that was cut while it was still sending hears of it as an error: what was read counts.
    socket.on('error', (error) => (read || slowly ? undefined : reject(error)));
    socket.on('close', () => {
      clearInterval(drip);
      resolve(read);
    });
  });
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
  return {
    status,
    head,
    body: Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString('utf8'),
    seconds: (performance.now() - start) / 1000,
  };
}

import { connect, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from './listen.ts';

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

test('stopping finishes the answer under way and waits for no connection that asks nothing', async () => {
  let asked: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (asked = resolve));
  let answer: (response: Response) => void = () => undefined;
  const answered = new Promise<Response>((resolve) => (answer = resolve));
  const server = await listen(
    ({ url }) => {
      if (new URL(url).pathname === '/quick') return new Response('quick');
      asked();
      return answered;
    },
    { host: '127.0.0.1', port: 0 },
  );
  const origin = `http://127.0.0.1:${server.port}`;
  // One that a browser opened in advance, one that half asks, one kept after its answer.
  const idle = await Promise.all([open(server.port), open(server.port)]);
  idle[1]?.write('GET / HTTP/1.1\r\nHost:');
  expect(await (await fetch(`${origin}/quick`)).text()).toBe('quick');

  const underWay = fetch(`${origin}/slow`);
  await arrived;
  const closed = server.close();
  const first = await Promise.race([closed.then(() => 'closed'), new Promise((r) => setTimeout(r, 300, 'waiting'))]);
  expect(first).toBe('waiting');
  await expect(fetch(`${origin}/quick`)).rejects.toThrow();
  answer(new Response('whole'));
  expect(await (await underWay).text()).toBe('whole');
  await closed;
  for (const socket of idle) socket.destroy();
}, 5_000);

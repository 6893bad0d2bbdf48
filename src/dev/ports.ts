import { createServer } from 'node:net';

/** A port of 127.0.0.1 that is free now: the wished one when possible. Always below 32768, which Temporal's tables need. */
export async function freePort(wished?: number): Promise<number> {
  if (wished !== undefined && (await isFree(wished))) return wished;
  for (let tries = 0; tries < 200; tries += 1) {
    const port = 10_000 + Math.floor(Math.random() * 22_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port found');
}

/**
 * The first port from `first` upwards that is free and that no other clone has set aside: a second clone's pages stand on the next
 * number, easy to guess. Set aside until this process ends, so that two clones started together do not choose the same.
 */
export async function nextFreePort(first: number): Promise<number> {
  for (let port = first; port < first + 50; port += 1) if ((await isFree(port)) && (await setAside(port))) return port;
  return freePort();
}

/** Holds the same port on a loopback address nobody uses: the system lets go of it when this process dies, however it dies. */
export function setAside(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const mark = createServer();
    mark.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    mark.listen({ port, host: '127.0.0.2', exclusive: true }, () => {
      mark.unref();
      resolve(true);
    });
  });
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

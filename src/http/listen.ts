import { type IncomingMessage, Server } from 'node:http';
import { serve } from '@hono/node-server';

/** Real time a whole request may take to arrive, headers and body: a form is small, and slow senders hold connections (B-28). */
const ARRIVES_WITHIN_MS = 10_000;
/** A form with files: five megabytes from an old phone at the edge of a network. */
const FILES_ARRIVE_WITHIN_MS = 120_000;
/** How long answers under way may take once the web is asked to stop. */
const ANSWERED_WITHIN_MS = 10_000;

export type Listening = {
  port: number;
  /** Takes no more requests and finishes the answers under way; a connection that asks nothing is not waited for. */
  close(): Promise<void>;
};

/** Serves on this port, or on a free one when it is 0. Node's own strict reading of requests stays on (B-29). */
export async function listen(
  fetch: (request: Request, bindings: object) => Response | Promise<Response>,
  at: { host: string; port: number },
): Promise<Listening> {
  const server = serve({
    fetch,
    hostname: at.host,
    port: at.port,
    serverOptions: {
      headersTimeout: ARRIVES_WITHIN_MS,
      requestTimeout: FILES_ARRIVE_WITHIN_MS,
      connectionsCheckingInterval: 1_000,
    },
  });
  if (!(server instanceof Server)) throw new TypeError('not an HTTP/1 server');
  server.prependListener('request', cutLateBody);
  const close = closing(server);
  await new Promise<void>((resolve, reject) => {
    server.once('listening', () => resolve());
    server.once('error', reject);
  });
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : at.port, close };
}

/** Headers are Node's own watch; the body of a form without files has the same time, counted from its headers on. */
function cutLateBody(request: IncomingMessage): void {
  const { headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  if (/^multipart\/form-data/i.test(headers['content-type'] ?? '')) return;
  const late = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, ARRIVES_WITHIN_MS);
  request.once('close', () => clearTimeout(late));
}

/**
 * Node waits for every open connection, and once it is closing no longer ends those that never asked anything: a browser opens such
 * ones in advance and keeps them for minutes.
 */
function closing(server: Server): () => Promise<void> {
  let answering = 0;
  let stopping = false;
  const endIfQuiet = () => {
    if (stopping && answering === 0) server.closeAllConnections();
  };
  server.on('request', (_request, response) => {
    answering += 1;
    response.once('close', () => {
      answering -= 1;
      endIfQuiet();
    });
  });
  return () =>
    new Promise((resolve) => {
      stopping = true;
      const late = setTimeout(() => server.closeAllConnections(), ANSWERED_WITHIN_MS);
      server.close(() => {
        clearTimeout(late);
        resolve();
      });
      endIfQuiet();
    });
}

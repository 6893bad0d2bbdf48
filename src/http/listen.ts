import { serve } from '@hono/node-server';

/** Real time a whole request may take to arrive, headers and body: a form is small, and slow senders hold connections (B-28). */
const ARRIVES_WITHIN_MS = 10_000;

export type Listening = { port: number; close(): Promise<void> };

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
      requestTimeout: ARRIVES_WITHIN_MS,
      connectionsCheckingInterval: 1_000,
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', () => resolve());
    server.once('error', reject);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : at.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

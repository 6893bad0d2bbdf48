import type { MiddlewareHandler } from 'hono';

/**
 * Refuses every request that changes something unless it comes from our own pages (T-22): Sec-Fetch-Site must be `same-origin`,
 * or, where a browser does not send it, Origin must be exactly one of ours. For every media type, unlike hono/csrf.
 */
export function sameOrigin(
  origins: () => readonly string[],
  refuse: (c: Parameters<MiddlewareHandler>[0]) => Response | Promise<Response>,
): MiddlewareHandler {
  return async function sameOriginOnly(c, next) {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const site = c.req.header('sec-fetch-site');
    const origin = c.req.header('origin');
    const fromUs = origin !== undefined && origins().includes(origin);
    const good = site === undefined ? fromUs : site === 'same-origin' && (origin === undefined || fromUs);
    return good ? next() : refuse(c);
  };
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * In demo: the loopback names on the bound port. PUBLIC_ORIGIN when given, and with it the names of the towns, under the same scheme:
 * what is not written in one of the two is not ours.
 */
export function acceptedOrigins(
  demo: boolean,
  port: number,
  publicOrigin: string | undefined,
  hosts: readonly string[],
): string[] {
  const local = demo ? LOOPBACK.map((host) => `http://${host}:${port}`) : [];
  if (!publicOrigin) return local;
  const { origin, protocol } = new URL(publicOrigin);
  return [...new Set([...local, origin, ...hosts.map((host) => `${protocol}//${host}`)])];
}

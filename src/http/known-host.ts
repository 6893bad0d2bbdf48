import type { Context, MiddlewareHandler } from 'hono';

/**
 * Refuses with 421 whatever is asked of a host that is not ours: a name somebody else points here, a Host header given twice, an
 * address in the request line that differs from it (B-30, T-24).
 */
export function knownHost(
  hosts: () => readonly string[],
  refuse: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  return async function knownHostOnly(c, next) {
    const ours = hosts();
    const asked = new URL(c.req.url).host;
    const said = (c.req.header('host') ?? asked).toLowerCase();
    return ours.includes(asked) && ours.includes(withoutDefaultPort(said)) ? next() : refuse(c);
  };
}

function withoutDefaultPort(host: string): string {
  return host.replace(/:(?:80|443)$/, '');
}

import type { Context, MiddlewareHandler } from 'hono';
import { addressesLike, ROUTE_TABLE, type RouteRow } from './route-table.ts';

/**
 * Answers 405 with Allow to an address of the table asked for in a way it has not (B-32); an address it does not know goes on, to the
 * one 404. HEAD is GET without its page. Outside the demo its addresses are unknown.
 */
export function methodNotAllowed(
  demo: boolean,
  refuse: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  const addresses = addressesOf(ROUTE_TABLE.filter(([, , access]) => demo || access !== 'demo'));
  return async function knownMethodOnly(c, next) {
    const known = addresses.find(({ pattern }) => pattern.test(c.req.path));
    if (!known || known.methods.includes(c.req.method)) return next();
    c.header('Allow', known.methods.join(', '));
    return refuse(c);
  };
}

function addressesOf(rows: readonly RouteRow[]): { pattern: RegExp; methods: string[] }[] {
  return [...Map.groupBy(rows, ([, path]) => path)].map(([path, of]) => ({
    pattern: addressesLike(path),
    methods: of.flatMap(([method]) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
  }));
}

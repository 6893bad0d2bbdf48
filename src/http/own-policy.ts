import type { Context, MiddlewareHandler } from 'hono';

declare module 'hono' {
  interface ContextVariableMap {
    /** What one answer asks for instead of the house's headers. */
    ownPolicy: OwnPolicy | undefined;
  }
}

export type OwnPolicy = {
  /** Content policy: added to the house's, or alone. */
  content: { add: string } | { only: string };
  /** This page may ask for the microphone; the browser still asks the person. */
  microphone?: boolean;
};

/** Says which headers this one answer has instead of the house's. */
export function setOwnPolicy(c: Context, policy: OwnPolicy): void {
  c.set('ownPolicy', policy);
}

/** Stands before the house's headers, so that it has the last word on an answer that asked for it. */
export const ownPolicy: MiddlewareHandler = async function ownPolicyLast(c, next) {
  await next();
  const own = c.get('ownPolicy');
  if (!own) return;
  const house = c.res.headers.get('Content-Security-Policy') ?? '';
  c.res.headers.set(
    'Content-Security-Policy',
    'add' in own.content ? `${house}; ${own.content.add}` : own.content.only,
  );
  if (!own.microphone) return;
  const permissions = c.res.headers.get('Permissions-Policy') ?? '';
  c.res.headers.set('Permissions-Policy', permissions.replace(/microphone=\([^)]*\)/, 'microphone=(self)'));
};

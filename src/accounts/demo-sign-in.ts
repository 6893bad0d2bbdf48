import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/**
 * A real session for a known account without password or code, counted as opened by a second factor. It has no path, so it could
 * not be reached over HTTP even if better-auth's handler were mounted; accounts.ts calls it in demo mode only.
 */
export function demoSignIn() {
  return {
    id: 'demo-sign-in' as const,
    endpoints: {
      demoSignIn: createAuthEndpoint.serverOnly(
        { method: 'POST', body: z.object({ userId: z.uuid() }) },
        async (request) => {
          const accounts = request.context.internalAdapter;
          const user = await accounts.findUserById(request.body.userId);
          if (!user) return { known: false };
          const session = await accounts.createSession(user.id, false, { secondFactor: true }, true);
          await setSessionCookie(request, { session, user });
          return { known: true };
        },
      ),
    },
  };
}

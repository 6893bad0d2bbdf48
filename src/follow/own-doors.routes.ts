import type { Context } from 'hono';
import { Hono } from 'hono';
import { raiseDangerByRequester } from '../cases/danger.command.ts';
import { interpreterAsked } from '../parties/interpreter-asked.ts';
import { type ReachDoor, sendReach, showReach } from '../parties/reach-door.tsx';
import { type DangerDoor, sayDanger, showDanger } from './danger-door.tsx';
import { dangerReader } from './danger-reader.query.ts';
import { askRemoval, emailTakenBack } from './email-door.tsx';
import type { FollowDeps } from './follow-deps.ts';
import { removeEmail } from './remove-email.command.ts';
import { withCase } from './with-case.tsx';

/** What else the requester's code opens: danger, a call with an interpreter, how to be reached, the address taken back. */
export function ownDoorsRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get('/suivi/courriel', (c) => withCase(deps, c, () => askRemoval(deps, c, { about: 'email' })));

  app.post('/suivi/courriel', (c) =>
    withCase(deps, c, (caseId) => {
      const remove = () => removeEmail(deps, { townId: deps.town(c).id, caseId });
      return emailTakenBack(deps, c, { about: 'email', back: '/suivi/demande', remove });
    }),
  );

  app.get('/suivi/danger', (c) => withCase(deps, c, (caseId) => showDanger(deps, c, dangerDoor(c, caseId))));

  app.post('/suivi/danger', (c) => withCase(deps, c, (caseId) => sayDanger(deps, c, dangerDoor(c, caseId))));

  app.post('/suivi/interprete', (c) =>
    withCase(deps, c, (caseId) => interpreterAsked(deps, c, { caseId }, '/suivi/demande')),
  );

  app.get('/suivi/joindre', (c) => withCase(deps, c, (caseId) => showReach(deps, c, reachDoor(c, caseId))));

  app.post('/suivi/joindre', (c) => withCase(deps, c, (caseId) => sendReach(deps, c, reachDoor(c, caseId))));

  function dangerDoor(c: Context, caseId: string): DangerDoor {
    const holder = { townId: deps.town(c).id, caseId };
    return {
      action: '/suivi/danger',
      back: '/suivi/demande',
      held: true,
      reader: () => dangerReader(deps, holder),
      raise: (who, form, family) => raiseDangerByRequester(deps, { ...holder, ...form }, who, family),
    };
  }

  function reachDoor(c: Context, caseId: string): ReachDoor {
    return { action: '/suivi/joindre', back: '/suivi/demande', holder: { townId: deps.town(c).id, caseId } };
  }
  return app;
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { readMessage } from '../attachments/read-message.ts';
import { withdrawByRequester } from '../cases/withdraw.command.ts';
import { DomainError } from '../errors.ts';
import { dropAllCookies, readCookie } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { codeRoutes } from './code.routes.tsx';
import { ConfirmPage } from './confirm.page.tsx';
import { type FollowDeps, textOf } from './follow-deps.ts';
import { caseOfSession, closeFollowSessions } from './open-session.command.ts';
import { closePartySessions, partyOfSession } from '../parties/party-session.command.ts';
import { appointmentRoutes } from '../sessions/appointment.routes.ts';
import { opinionRoutes } from '../evaluation/opinion.routes.tsx';
import { partyRoutes } from '../parties/party.routes.tsx';
import { messageWritten } from '../parties/message-written.ts';
import { keepingMessage } from '../parties/unsent-message.tsx';
import { replacePartyCodeRoutes } from '../parties/replace-party-code.routes.tsx';
import { partyFilesRoutes } from '../parties/party-files.routes.ts';
import { rightsRoutes } from '../rights/rights.routes.tsx';
import { agreementRoutes } from './agreement.routes.tsx';
import { lostCodeRoutes } from './lost-code.routes.tsx';
import { ownDoorsRoutes } from './own-doors.routes.ts';
import { ownFilesRoutes } from './own-files.routes.ts';
import { replaceCodeRoutes } from './replace-code.routes.tsx';
import { sendMessage } from './send-message.command.ts';
import { showFollow } from './show-follow.tsx';
import { withCase } from './with-case.tsx';

const MESSAGE = '/suivi/message';

/** /suivi: following, answering and stopping with a typed code. */
export function followRoutes(deps: FollowDeps): Hono {
  const app = new Hono();
  app.route('/', codeRoutes(deps));
  app.route('/', lostCodeRoutes(deps));
  app.route('/', replaceCodeRoutes(deps));
  app.route('/', agreementRoutes(deps));
  app.route('/', ownFilesRoutes(deps));
  app.route('/', ownDoorsRoutes(deps));
  app.route('/', partyFilesRoutes(deps));
  app.route('/', partyRoutes(deps));
  app.route('/', replacePartyCodeRoutes(deps));
  app.route('/', appointmentRoutes(deps));
  app.route('/', opinionRoutes(deps));
  app.route('/', rightsRoutes(deps));

  app.get('/suivi/demande', (c) => withCase(deps, c, (caseId) => showFollow(deps, c, caseId, {})));

  app.post(MESSAGE, async (c) => {
    const town = deps.town(c);
    const { body, ...said } = await readMessage(c, town.t);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const answered = (caseId: string) =>
      messageWritten(
        deps,
        c,
        { body, ...said },
        {
          send: (text, voice, form) => sendMessage(deps, { townId: town.id, caseId, ...form }, text, voice),
          show: (again, status) => showFollow(deps, c, caseId, again, status),
          done: '/suivi/demande?envoye',
        },
      );
    return keepingMessage(deps, c, MESSAGE, { body, ...said }, () =>
      withCase(deps, c, answered, textOf(body, 'message')),
    );
  });

  app.get('/suivi/arreter', (c) => withCase(deps, c, async () => askStop(c)));

  app.post('/suivi/arreter', (c) =>
    withCase(deps, c, async (caseId) => {
      const town = deps.town(c);
      const body = await readForm(c, { one: ['choice'], many: [] });
      if (!body.ok && body.status !== 422) return problem(c, town, body.status);
      const choice = body.ok ? body.fields['choice'] : undefined;
      if (body.ok && body.language) return askStop(c, { chosen: textOf(body, 'choice') });
      if (choice === 'go_on') return c.redirect('/suivi/demande', 303);
      if (choice !== 'stop') return askStop(c, { error: town.t('follow.stop.missing') });
      try {
        await withdrawByRequester(deps, { townId: town.id, caseId });
      } catch (error) {
        // Already stopped, by a double click or by the team: what was wanted is so.
        if (!(error instanceof DomainError) || error.code !== 'not_allowed_now') throw error;
      }
      return c.redirect('/suivi/demande?arretee', 303);
    }),
  );

  // From the receipt too, where no session is open: whatever the cookies still open, they are forgotten.
  app.post('/suivi/fermer', async (c) => {
    const { id } = deps.town(c);
    dropAllCookies(c);
    c.header('Clear-Site-Data', '"cache", "storage"');
    const caseId = await caseOfSession(deps, id, readCookie(c, 'suivi'));
    if (caseId) await closeFollowSessions(deps, id, caseId);
    const seat = await partyOfSession(deps, id, readCookie(c, 'participation'));
    if (seat) await closePartySessions(deps, id, seat);
    return c.redirect('/', 303);
  });

  function askStop(c: Context, said: { error?: string; chosen?: string } = {}): Response | Promise<Response> {
    const { t, view } = deps.town(c);
    return c.html(<ConfirmPage t={t} town={view} about="stop" {...said} />, said.error ? 422 : 200);
  }
  return app;
}

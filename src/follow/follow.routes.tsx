import { Hono } from 'hono';
import type { Context } from 'hono';
import { readMessage } from '../attachments/read-message.ts';
import { isActive, isOpenToPerson } from '../cases/case-status.ts';
import { withdrawByRequester } from '../cases/withdraw.command.ts';
import { DomainError } from '../errors.ts';
import { dropAllCookies, dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { sayWhen, waitNotice } from '../http/too-many.tsx';
import type { Verdict } from '../limits/limits.ts';
import { normaliseCode } from '../privacy/case-code.ts';
import { CodePage } from './code.page.tsx';
import { ConfirmPage } from './confirm.page.tsx';
import { opensAt } from './danger-door.tsx';
import { type FollowDeps, textOf } from './follow-deps.ts';
import { FollowPage } from './follow.page.tsx';
import { followView } from './follow.query.ts';
import { caseOfSession, closeFollowSessions, openFollowSession } from './open-session.command.ts';
import { showUnsent } from '../parties/show-space.tsx';
import { SPACE } from '../parties/space-address.ts';
import { closePartySessions, openPartySession, partyOfSession } from '../parties/party-session.command.ts';
import { appointmentRoutes } from '../sessions/appointment.routes.ts';
import { opinionRoutes } from '../evaluation/opinion.routes.tsx';
import { partyRoutes } from '../parties/party.routes.tsx';
import { type MessageAgain, messageWritten } from '../parties/message-written.ts';
import { replacePartyCodeRoutes } from '../parties/replace-party-code.routes.tsx';
import { partyFilesRoutes } from '../parties/party-files.routes.ts';
import { rightsRoutes } from '../rights/rights.routes.tsx';
import { agreementRoutes } from './agreement.routes.tsx';
import { lostCodeRoutes } from './lost-code.routes.tsx';
import { deedOf } from './own-deed.tsx';
import { ownDoorsRoutes } from './own-doors.routes.ts';
import { ownFilesRoutes } from './own-files.routes.ts';
import { replaceCodeRoutes } from './replace-code.routes.tsx';
import { sendMessage } from './send-message.command.ts';
import { withCase } from './with-case.tsx';

/** /suivi: following, answering and stopping with a typed code. */
export function followRoutes(deps: FollowDeps): Hono {
  const app = new Hono();
  const { limits } = deps;
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

  app.get('/suivi', (c) => {
    const { t, view } = deps.town(c);
    return c.html(<CodePage t={t} town={view} />);
  });

  app.post('/suivi', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['code', 'message'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const [typed, message] = [textOf(body, 'code').trim(), textOf(body, 'message')];
    if (body.ok && body.language) {
      const { t, view } = deps.town(c);
      return c.html(<CodePage t={t} town={view} typed={typed} message={message} />);
    }
    const code = body.ok ? normaliseCode(typed) : undefined;
    const attempt = code ? await takeAttempt(c, code) : undefined;
    if (attempt && !attempt.within) {
      sayWhen(c, attempt);
      const kept = { typed, message, notice: waitNotice(town, attempt) };
      return c.html(<CodePage t={town.t} town={town.view} {...kept} danger />, 429);
    }
    const token = code ? await openFollowSession(deps, town.id, code) : undefined;
    const seat = code && !token ? await openPartySession(deps, town.id, code, town.t.locale) : undefined;
    if (seat) {
      await limits.giveBack('code_by_address', deps.clientAddress(c));
      writeCookie(c, 'participation', seat);
      // One page at a time in one browser: whoever types a code next reads nothing of who was there before.
      dropCookie(c, 'suivi');
      dropCookie(c, 'remplacer');
      const party = message ? await partyOfSession(deps, town.id, seat) : undefined;
      return party ? showUnsent(deps, c, party, message) : c.redirect(SPACE, 303);
    }
    if (!token) {
      const error = town.t(!body.ok ? 'follow.unread' : typed ? 'follow.code.error' : 'follow.code.missing');
      return c.html(<CodePage t={town.t} town={town.view} error={error} typed={typed} message={message} />, 422);
    }
    await limits.giveBack('code_by_address', deps.clientAddress(c));
    writeCookie(c, 'suivi', token);
    dropCookie(c, 'participation');
    dropCookie(c, 'remplacer');
    const caseId = message ? await caseOfSession(deps, town.id, token) : undefined;
    if (!caseId) return c.redirect('/suivi/demande', 303);
    return show(c, caseId, { error: town.t('follow.write.unsent'), typed: message }, 422);
  });

  /** A typing mistake costs nothing, the check symbol shows it; a right code gives its attempt back (C-1, T-18, B-44). */
  async function takeAttempt(c: Context, code: string): Promise<Verdict> {
    const byAddress = await limits.take('code_by_address', deps.clientAddress(c));
    return byAddress.within ? limits.take('code_by_code', code) : byAddress;
  }

  app.get('/suivi/demande', (c) => withCase(deps, c, (caseId) => show(c, caseId, {})));

  app.post('/suivi/message', async (c) => {
    const town = deps.town(c);
    const { body, ...said } = await readMessage(c, town.t);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    return withCase(
      deps,
      c,
      (caseId) =>
        messageWritten(
          deps,
          c,
          { body, ...said },
          {
            send: (text, voice, form) => sendMessage(deps, { townId: town.id, caseId, ...form }, text, voice),
            show: (again, status) => show(c, caseId, again, status),
            done: '/suivi/demande?envoye',
          },
        ),
      textOf(body, 'message'),
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

  async function show(
    c: Context,
    caseId: string,
    again: Partial<MessageAgain>,
    status: 200 | 409 | 422 | 429 = 200,
  ): Promise<Response> {
    const { id, t, view: town } = deps.town(c);
    const view = await followView(deps, id, caseId);
    return c.html(
      <FollowPage
        t={t}
        town={town}
        view={view}
        active={isActive(view.state)}
        open={isOpenToPerson(view.state)}
        {...again}
        form={again.form ?? crypto.randomUUID()}
        deed={deedOf(c)}
        danger={c.req.query('danger') === undefined ? undefined : { opensAt: await opensAt(deps, id, view.now) }}
      />,
      status,
    );
  }
  return app;
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { opensAt } from '../follow/danger-door.tsx';
import { isCurrentCode } from '../follow/may-replace.query.ts';
import { cookieExpiry, readCookie, writeCookie } from '../http/cookies.ts';
import { type Answers, readForm } from '../http/form-body.ts';
import { problem, problemStatus } from '../http/problem.tsx';
import { type Over, sayWhen, waitWords } from '../http/too-many.tsx';
import type { PublicTown } from '../http/town-of-request.ts';
import type { Limits } from '../limits/limits.ts';
import type { Log } from '../log.ts';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';
import { type Draft, newDraft, openDraft, sealDraft } from '../privacy/draft-seal.ts';
import { looksFilledByMachine, TRAP } from './filled-by-machine.ts';
import { receiptFacts } from './receipt.query.ts';
import { ReceiptPage } from './receipt.page.tsx';
import { bounded, fieldsOf, withAnswers, withoutScreen } from './draft-answers.ts';
import { checkScreen, type FieldErrors, NEEDS, SCREEN_ORDER, type Screen, SCREENS, toRequest } from './request.form.ts';
import { RequestPage } from './request.page.tsx';
import { type Receipt, receiptOf, submitRequest } from './submit-request.command.ts';

export type RequestDeps = CommandContext & {
  town(c: Context): PublicTown;
  log: Log;
  followAddress(c: Context): string;
  limits: Limits;
  /** Who a request comes from, as limits count it. */
  clientAddress(c: Context): string;
};

const CONTROL_FIELDS = ['draft', 'screen', 'go', TRAP];
const ALL_ONE = [...CONTROL_FIELDS, ...new Set(Object.values(SCREENS).flatMap((screen) => [...screen.one]))];
const ALL_MANY = [...new Set(Object.values(SCREENS).flatMap((screen) => [...screen.many]))];
const ReceiptCookie = z.object({ caseId: z.uuid(), code: z.string().nullable(), repeated: z.boolean() });

/** /demande: the form without script. Nothing is stored before the last screen is sent; 422 and 503 pages need no database. */
export function requestRoutes(deps: RequestDeps): Hono {
  const app = new Hono();
  const { limits } = deps;

  app.get('/demande', (c) => {
    const need = NEEDS.find((known) => known === c.req.query('besoin'));
    const draft = newDraft(Date.now());
    return show(c, 'danger', { ...draft, answers: need ? { need } : {} }, {});
  });

  app.post('/demande', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ALL_ONE, many: ALL_MANY });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const { draft: sealed, go, screen: posted, [TRAP]: trap, ...typed } = body.fields;
    const opened = openDraft(deps.keys, town.id, typeof sealed === 'string' ? sealed : undefined);
    const draft: Draft = opened ?? newDraft(Date.now());
    const screen = SCREEN_ORDER.find((known) => known === posted) ?? 'danger';
    const answers = withAnswers(draft.answers, screen, typed);
    const kept = { ...draft, answers };
    const quarters = town.quarters.map(({ code }) => code);
    if (body.ok && body.language) return show(c, screen, kept, {});
    const errors = checkScreen(screen, answers, quarters);
    if (!opened) return again(c, screen, kept, errors, town.t('request.fresh'));
    const twice = body.ok ? [] : body.repeated.filter((name) => fieldsOf(screen).includes(name));
    if (twice.length > 0) return again(c, screen, kept, Object.fromEntries(twice.map((name) => [name, 'repeated'])));
    if (!body.ok || !isOurs(screen, { posted, go, typed }))
      return again(c, screen, kept, {}, town.t('request.refused'));
    if (go === 'back') return show(c, neighbour(screen, -1), kept, {});
    if (Object.keys(errors).length > 0) return again(c, screen, kept, errors);
    if (screen !== 'send') return show(c, neighbour(screen, 1), kept, {});
    for (const earlier of SCREEN_ORDER) {
      const faults = checkScreen(earlier, answers, quarters);
      if (Object.keys(faults).length > 0) return again(c, earlier, kept, faults);
    }
    return send(c, kept, looksFilledByMachine({ startedAt: draft.startedAt, sentAt: Date.now(), trap }));
  });

  /** 422: what was typed, with what to do beside each field. Logged by the names of our fields only (B-18, C-15). */
  function again(
    c: Context,
    screen: Screen,
    draft: Draft,
    errors: FieldErrors,
    notice?: string,
  ): Response | Promise<Response> {
    deps.log.info('request_form_refused', { screen, fields: Object.keys(errors).join(' ') });
    return show(c, screen, draft, errors, { status: 422, ...(notice ? { notice } : {}) });
  }

  app.get('/demande/recu', async (c) => {
    const town = deps.town(c);
    const read = ReceiptCookie.safeParse(openCookie(deps.keys, 'receipt', readCookie(c, 'recu'), Date.now()));
    if (!read.success) return c.redirect('/suivi', 303);
    const { caseId, code } = read.data;
    const facts = await receiptFacts(deps, town.id, caseId);
    // Replaced meanwhile, perhaps in another browser: it is shown to nobody any more.
    const opens = code !== null && (await isCurrentCode(deps, town.id, { caseId, code }));
    return c.html(
      <ReceiptPage
        t={town.t}
        town={town.view}
        code={opens ? code : undefined}
        repeated={read.data.repeated}
        followAddress={deps.followAddress(c)}
        opensAt={await opensAt(deps, town.id, facts.receivedAt)}
        {...facts}
      />,
    );
  });

  async function send(c: Context, draft: Draft, doubtful: boolean): Promise<Response> {
    const town = deps.town(c);
    const verdict = await limits.take(budgetOf(draft), deps.clientAddress(c));
    try {
      const before = verdict.within ? undefined : await receiptOf(deps, town.id, draft.nonce);
      if (!verdict.within && !before) return overLimit(c, draft, verdict);
      const receipt = before ?? (await accept(c, draft, doubtful));
      const value = { caseId: receipt.caseId, code: receipt.code ?? null, repeated: receipt.repeated };
      writeCookie(c, 'recu', sealCookie(deps.keys, 'receipt', value, cookieExpiry('recu')));
      return c.redirect('/demande/recu', 303);
    } catch (error) {
      deps.log.error('request_not_accepted', error);
      const notice = town.t('request.unavailable.text', { phone: town.view.phone });
      c.header('Retry-After', '30');
      return show(c, 'send', draft, {}, { status: problemStatus(error) === 503 ? 503 : 500, notice });
    }
  }

  async function accept(c: Context, draft: Draft, doubtful: boolean): Promise<Receipt> {
    const town = deps.town(c);
    const request = { ...toRequest(draft.answers, town.t.locale), doubtful };
    const receipt = await submitRequest(deps, { id: town.id, kid: town.kid }, draft.nonce, request);
    // The same form again is no new request (F-12, F-13).
    if (receipt.repeated) await limits.giveBack(budgetOf(draft), deps.clientAddress(c));
    return receipt;
  }

  /** Nothing typed is lost, and somebody in danger is told whom to call. */
  function overLimit(c: Context, draft: Draft, over: Over): Response | Promise<Response> {
    const { t, view } = deps.town(c);
    sayWhen(c, over);
    const danger = isInDanger(draft) ? [t('request.tooMany.danger')] : [];
    const notice = [...danger, t('request.tooMany', { wait: waitWords(t, over), phone: view.phone })].join(' ');
    return show(c, 'send', draft, {}, { status: 429, notice });
  }

  function show(
    c: Context,
    screen: Screen,
    draft: Draft,
    errors: FieldErrors,
    options: { status?: 422 | 429 | 500 | 503; notice?: string } = {},
  ): Response | Promise<Response> {
    const town = deps.town(c);
    const sealed = options.status === 422 ? withoutScreen(draft.answers, screen) : bounded(draft.answers);
    return c.html(
      <RequestPage
        t={town.t}
        town={town.view}
        screen={screen}
        draft={sealDraft(deps.keys, town.id, { ...draft, answers: sealed })}
        answers={draft.answers}
        errors={errors}
        quarters={town.quarters}
        notice={options.notice}
      />,
      options.status ?? 200,
    );
  }
  return app;
}

/** Nothing but this screen's own fields and buttons (B-21): a browser sends no others. */
function isOurs(screen: Screen, post: { posted: unknown; go: unknown; typed: Answers }): boolean {
  const own = fieldsOf(screen);
  const pressed = post.go === undefined || post.go === 'next' || post.go === 'back';
  return post.posted === screen && pressed && Object.keys(post.typed).every((name) => own.includes(name));
}

function isInDanger(draft: Draft): boolean {
  return draft.answers['danger'] === 'yes';
}

/** A flood of ordinary requests never stops one in danger (§4.11: the danger screen blocks nothing). */
function budgetOf(draft: Draft): 'request' | 'request_in_danger' {
  return isInDanger(draft) ? 'request_in_danger' : 'request';
}

function neighbour(screen: Screen, step: 1 | -1): Screen {
  return SCREEN_ORDER[SCREEN_ORDER.indexOf(screen) + step] ?? 'danger';
}

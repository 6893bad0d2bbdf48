import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { opensAt } from '../follow/danger-door.tsx';
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
import { codeOfReceipt, heldReceipt, keepReceipt } from './receipt-cookie.ts';
import { receiptFilesRoutes } from './receipt-files.routes.ts';
import { receiptFacts } from './receipt.query.ts';
import { ReceiptPage } from './receipt.page.tsx';
import { bounded, DRAFT_LIFE_MS, DRAFT_NOTES, isTooOld, without, withAnswers, withoutScreen } from './draft-answers.ts';
import { editedScreen, isButton, nextStep, resumed, type Step } from './form-steps.ts';
import { DOORS } from './request-choices.ts';
import { checkScreen, type FieldErrors } from './request.form.ts';
import { RequestPage } from './request.page.tsx';
import { fieldsOf, isSignal, lastOf, neighbour, type Screen, screenNamed, SCREENS, screensOf } from './screens.ts';
import { signalledBefore, signalPlace, type SignalReceipt } from './signal-place.command.ts';
import { SignalledPage } from './signalled.page.tsx';
import { type Receipt, receiptOf, submitRequest } from './submit-request.command.ts';
import { toRequest, toSignal } from './to-request.ts';

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
const SignalCookie = z.object({ observedAt: z.coerce.date(), repeated: z.boolean(), danger: z.boolean() });

/** /demande: the form without script. Nothing is stored before the last screen is sent; 422 and 503 pages need no database. */
export function requestRoutes(deps: RequestDeps): Hono {
  const app = new Hono();
  const { limits } = deps;
  app.route('/', receiptFilesRoutes(deps));

  app.get('/demande', (c) => {
    const need = DOORS.find((known) => known === c.req.query('besoin'));
    // The code on a poster names a place and nothing else (R35); an unknown one is as none.
    const code = (c.req.query('lieu') ?? '').toUpperCase();
    const place = deps.town(c).places.find((known) => known.code === code);
    const answers = {
      ...(need ? { need } : {}),
      ...(place ? { place: place.code, [DRAFT_NOTES.poster]: 'yes' } : {}),
    };
    return show(c, 'danger', { ...newDraft(Date.now()), answers }, {}, { isFirst: true });
  });

  app.post('/demande', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ALL_ONE, many: ALL_MANY });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const { draft: sealed, go, screen: posted, [TRAP]: trap, ...typed } = body.fields;
    const found = openDraft(deps.keys, town.id, typeof sealed === 'string' ? sealed : undefined);
    const opened = found && !isTooOld(found, Date.now()) ? found : undefined;
    const draft: Draft = opened ?? newDraft(Date.now());
    const screen = screenNamed(posted) ?? 'danger';
    const answers = withAnswers(draft.answers, screen, typed);
    const kept = { ...draft, answers };
    if (body.ok && body.language) return show(c, screen, kept, {});
    const errors = checkScreen(screen, answers, town);
    if (!opened) return again(c, screen, kept, errors, town.t('request.fresh'));
    const twice = body.ok ? [] : body.repeated.filter((name) => fieldsOf(screen).includes(name));
    if (twice.length > 0) return again(c, screen, kept, Object.fromEntries(twice.map((name) => [name, 'repeated'])));
    if (!body.ok || !isOurs(screen, { posted, go, typed }))
      return again(c, screen, kept, {}, town.t('request.refused'));
    const moved = ({ screen: to, answers: with_ }: Step) => show(c, to, { ...draft, answers: with_ }, {});
    if (go === 'resume') return moved(resumed(draft.answers));
    if (go === 'keep') return show(c, screen, noted(kept, screen), {}, { done: town.t('request.keep.done') });
    if (go === 'forget')
      return show(
        c,
        screen,
        { ...kept, answers: without(answers, [DRAFT_NOTES.kept]) },
        {},
        { forgotten: true, done: town.t('request.forget.done') },
      );
    if (go === 'back') return moved({ screen: neighbour(answers, screen, -1), answers });
    const edited = editedScreen(go);
    if (edited) return moved({ screen: edited, answers });
    if (Object.keys(errors).length > 0) return again(c, screen, kept, errors);
    if (screen !== lastOf(answers)) return moved(nextStep(screen, draft.answers, answers, town));
    for (const earlier of screensOf(answers)) {
      const faults = checkScreen(earlier, answers, town);
      if (Object.keys(faults).length > 0) return again(c, earlier, kept, faults);
    }
    const doubtful = looksFilledByMachine({ startedAt: draft.startedAt, sentAt: Date.now(), trap });
    return isSignal(answers) ? sendSignal(c, kept, doubtful) : send(c, kept, doubtful);
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
    const receipt = heldReceipt(deps, c);
    if (!receipt) return c.redirect('/suivi', 303);
    const facts = await receiptFacts(deps, town.id, receipt.caseId);
    const code = await codeOfReceipt(deps, town.id, receipt);
    return c.html(
      <ReceiptPage
        t={town.t}
        town={town.view}
        code={code}
        repeated={receipt.repeated}
        followAddress={deps.followAddress(c)}
        opensAt={await opensAt(deps, town.id, facts.receivedAt)}
        {...facts}
      />,
    );
  });

  app.get('/demande/signale', (c) => {
    const { t, view } = deps.town(c);
    const read = SignalCookie.safeParse(openCookie(deps.keys, 'signal', readCookie(c, 'recu'), Date.now()));
    if (!read.success) return c.redirect('/', 303);
    return c.html(<SignalledPage t={t} town={view} {...read.data} />);
  });

  /** A place without a name: the same budget and the same care for what is sent twice as a request. */
  async function sendSignal(c: Context, draft: Draft, doubtful: boolean): Promise<Response> {
    const town = deps.town(c);
    return sending(c, draft, async (within) => {
      const before = within ? undefined : await signalledBefore(deps, town.id, draft.nonce);
      if (!within && !before) return false;
      const receipt = before ?? (await acceptSignal(c, draft, doubtful));
      const value = { ...receipt, danger: isInDanger(draft) };
      writeCookie(c, 'recu', sealCookie(deps.keys, 'signal', value, cookieExpiry('recu')));
      return c.redirect('/demande/signale', 303);
    });
  }

  async function acceptSignal(c: Context, draft: Draft, doubtful: boolean): Promise<SignalReceipt> {
    const town = deps.town(c);
    const how = { channel: channelOf(draft), doubtful };
    const receipt = await signalPlace(deps, town, draft.nonce, toSignal(draft.answers, town), how);
    if (receipt.repeated) await limits.giveBack(budgetOf(draft), deps.clientAddress(c));
    return receipt;
  }

  async function send(c: Context, draft: Draft, doubtful: boolean): Promise<Response> {
    const town = deps.town(c);
    return sending(c, draft, async (within) => {
      const before = within ? undefined : await receiptOf(deps, town.id, draft.nonce);
      if (!within && !before) return false;
      const receipt = before ?? (await accept(c, draft, doubtful));
      keepReceipt(deps, c, { caseId: receipt.caseId, code: receipt.code ?? null, repeated: receipt.repeated });
      return c.redirect('/demande/recu', 303);
    });
  }

  /** @param accepted answers by what was accepted, now or before; false where the limit is spent and nothing was. */
  async function sending(
    c: Context,
    draft: Draft,
    accepted: (within: boolean) => Promise<Response | false>,
  ): Promise<Response> {
    const { t, view } = deps.town(c);
    const verdict = await limits.take(budgetOf(draft), deps.clientAddress(c));
    try {
      const answer = await accepted(verdict.within);
      return answer === false && !verdict.within
        ? await overLimit(c, draft, verdict)
        : answer || problem(c, deps.town(c), 500);
    } catch (error) {
      deps.log.error('request_not_accepted', error);
      const notice = t('request.unavailable.text', { phone: view.phone });
      c.header('Retry-After', '30');
      return show(c, lastOf(draft.answers), draft, {}, { status: problemStatus(error) === 503 ? 503 : 500, notice });
    }
  }

  async function accept(c: Context, draft: Draft, doubtful: boolean): Promise<Receipt> {
    const town = deps.town(c);
    const request = { ...toRequest(draft.answers, town, town.t.locale), doubtful };
    const receipt = await submitRequest(deps, { id: town.id, kid: town.kid }, draft.nonce, request, channelOf(draft));
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
    return show(c, lastOf(draft.answers), draft, {}, { status: 429, notice });
  }

  type Shown = {
    status?: 422 | 429 | 500 | 503;
    notice?: string;
    done?: string;
    isFirst?: boolean;
    forgotten?: boolean;
  };

  function show(
    c: Context,
    screen: Screen,
    draft: Draft,
    errors: FieldErrors,
    { status, ...shown }: Shown = {},
  ): Response | Promise<Response> {
    const town = deps.town(c);
    const isWhole = status !== 422;
    const { answers } = draft.answers[DRAFT_NOTES.kept] && isWhole ? noted(draft, screen) : draft;
    const sealed = isWhole ? bounded(answers) : withoutScreen(answers, screen);
    return c.html(
      <RequestPage
        t={town.t}
        town={town.view}
        screen={screen}
        draft={sealDraft(deps.keys, town.id, { ...draft, answers: sealed })}
        answers={draft.answers}
        errors={errors}
        where={town}
        keptUntil={isWhole && answers[DRAFT_NOTES.kept] ? draft.startedAt + DRAFT_LIFE_MS : undefined}
        {...shown}
      />,
      status ?? 200,
    );
  }
  return app;
}

/** To be kept on the device, with the screen to go on from. */
function noted(draft: Draft, screen: Screen): Draft {
  return { ...draft, answers: { ...draft.answers, [DRAFT_NOTES.kept]: screen } };
}

function channelOf(draft: Draft): 'qr' | 'web' {
  return draft.answers[DRAFT_NOTES.poster] ? 'qr' : 'web';
}

/** Nothing but this screen's own fields and buttons (B-21): a browser sends no others. */
function isOurs(screen: Screen, post: { posted: unknown; go: unknown; typed: Answers }): boolean {
  const own = fieldsOf(screen);
  return (
    post.posted === screen && isButton(screen, post.go) && Object.keys(post.typed).every((name) => own.includes(name))
  );
}

function isInDanger(draft: Draft): boolean {
  return draft.answers['danger'] === 'yes';
}

/** A flood of ordinary requests never stops one in danger (§4.11: the danger screen blocks nothing). */
function budgetOf(draft: Draft): 'request' | 'request_in_danger' {
  return isInDanger(draft) ? 'request_in_danger' : 'request';
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { opensAt } from '../follow/danger-door.tsx';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { cookieExpiry, readCookie, writeCookie } from '../http/cookies.ts';
import { type Answers, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';
import { type Draft, newDraft, sealDraft } from '../privacy/draft-seal.ts';
import { youthHelp } from './youth-help.ts';
import { looksFilledByMachine, TRAP } from './filled-by-machine.ts';
import { codeOfReceipt, heldReceipt, keepReceipt } from './receipt-cookie.ts';
import { receiptFilesRoutes } from './receipt-files.routes.ts';
import { receiptFacts } from './receipt.query.ts';
import { ReceiptPage } from './receipt.page.tsx';
import { bounded, DRAFT_NOTES, heldDraft, keptUntil, without, withAnswers, withoutScreen } from './draft-answers.ts';
import { editedScreen, isButton, nextStep, resumed, type Step } from './form-steps.ts';
import { DOORS } from './request-choices.ts';
import { checkScreen, type FieldErrors } from './request.form.ts';
import { RequestPage } from './request.page.tsx';
import { fieldsOf, isSignal, lastOf, neighbour, type Screen, screenNamed, SCREENS, screensOf } from './screens.ts';
import { channelOf, type Door, isInDanger, sendForm, type Sent, type ShowAgain } from './send-form.ts';
import { signalledBefore, signalPlace, type SignalReceipt } from './signal-place.command.ts';
import { SignalledPage } from './signalled.page.tsx';
import { type Receipt, receiptOf, submitRequest } from './submit-request.command.ts';
import { toRequest, toSignal } from './to-request.ts';

const CONTROL_FIELDS = ['draft', 'screen', 'go', 'proof', TRAP];
const ALL_ONE = [...CONTROL_FIELDS, ...new Set(Object.values(SCREENS).flatMap((screen) => [...screen.one]))];
const ALL_MANY = [...new Set(Object.values(SCREENS).flatMap((screen) => [...screen.many]))];
const SignalCookie = z.object({
  observedAt: z.coerce.date(),
  repeated: z.boolean(),
  danger: z.boolean(),
  keptUntil: z.number().optional(),
});

/** /demande: the form without script. Nothing is stored before the last screen is sent; 422 and 503 pages need no database. */
export function requestRoutes(deps: FollowDeps): Hono {
  const app = new Hono();
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
    return show(c, 'danger', { ...newDraft(Date.now()), answers }, {});
  });

  app.post('/demande', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ALL_ONE, many: ALL_MANY });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const { draft: sealed, go, screen: posted, [TRAP]: trap, proof, ...typed } = body.fields;
    const opened = heldDraft(deps.keys, town.id, sealed);
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
    const moved = ({ screen: to, answers: with_, faults }: Step) =>
      faults ? again(c, to, { ...draft, answers: with_ }, faults) : show(c, to, { ...draft, answers: with_ }, {});
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
    if (screen !== lastOf(answers)) return moved(nextStep(screen, answers, town));
    for (const earlier of screensOf(answers)) {
      const faults = checkScreen(earlier, answers, town);
      if (Object.keys(faults).length > 0) return again(c, earlier, kept, faults);
    }
    const doubtful = looksFilledByMachine({ startedAt: draft.startedAt, sentAt: Date.now(), trap });
    const sent = { doubtful, proof };
    return isSignal(answers) ? sendSignal(c, kept, sent) : send(c, kept, sent);
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
    const receipt = heldReceipt(deps, c, town.id);
    if (!receipt) return c.redirect('/suivi', 303);
    const facts = await receiptFacts(deps, town.id, receipt.caseId);
    const code = await codeOfReceipt(deps, town.id, receipt);
    return c.html(
      <ReceiptPage
        t={town.t}
        town={town.view}
        code={code}
        repeated={receipt.repeated}
        keptUntil={receipt.keptUntil}
        followAddress={deps.followAddress(c)}
        youthHelp={youthHelp(town.services)}
        opensAt={await opensAt(deps, town.id, facts.receivedAt)}
        {...facts}
      />,
    );
  });

  app.get('/demande/signale', (c) => {
    const { id, t, view } = deps.town(c);
    const read = SignalCookie.safeParse(openCookie(deps.keys, id, 'signal', readCookie(c, 'signale'), Date.now()));
    if (!read.success) return c.redirect('/', 303);
    return c.html(<SignalledPage t={t} town={view} {...read.data} />);
  });

  /** A place without a name: the same budget and the same care for what is sent twice as a request. */
  function sendSignal(c: Context, draft: Draft, sent: Sent): Promise<Response> {
    const town = deps.town(c);
    const door: Door<SignalReceipt> = {
      before: () => signalledBefore(deps, town.id, draft.nonce),
      accept: (doubtful) =>
        signalPlace(deps, town, draft.nonce, toSignal(draft.answers, town), { channel: channelOf(draft), doubtful }),
      answer(receipt) {
        const value = { ...receipt, danger: isInDanger(draft.answers), keptUntil: keptUntil(draft) };
        writeCookie(c, 'signale', sealCookie(deps.keys, town.id, 'signal', value, cookieExpiry('signale')));
        return c.redirect('/demande/signale', 303);
      },
    };
    return sendForm(deps, c, draft, sent, door, showAgain(c, draft));
  }

  function send(c: Context, draft: Draft, sent: Sent): Promise<Response> {
    const town = deps.town(c);
    const door: Door<Receipt> = {
      before: () => receiptOf(deps, town.id, draft.nonce),
      accept(doubtful) {
        const request = { ...toRequest(draft.answers, town, town.t.locale), doubtful };
        return submitRequest(deps, town, draft.nonce, request, channelOf(draft));
      },
      answer({ caseId, code, repeated }) {
        keepReceipt(deps, c, town.id, { caseId, code: code ?? null, repeated, keptUntil: keptUntil(draft) });
        return c.redirect('/demande/recu', 303);
      },
    };
    return sendForm(deps, c, draft, sent, door, showAgain(c, draft));
  }

  function showAgain(c: Context, draft: Draft): ShowAgain {
    return (status, said) => show(c, lastOf(draft.answers), draft, {}, { status, ...said });
  }

  type Shown = {
    status?: 422 | 429 | 500 | 503;
    notice?: string;
    challenge?: string;
    done?: string;
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
        keptUntil={isWhole && answers[DRAFT_NOTES.kept] ? keptUntil(draft) : undefined}
        {...shown}
      />,
      status ?? 200,
    );
  }
  return app;
}

/** To be kept on the device, with the screen to go on from; the danger question is asked before any, and is none to go on from. */
function noted(draft: Draft, screen: Screen): Draft {
  const place = screen === 'danger' ? (draft.answers[DRAFT_NOTES.kept] ?? 'need') : screen;
  return { ...draft, answers: { ...draft.answers, [DRAFT_NOTES.kept]: place } };
}

/** Nothing but this screen's own fields and buttons (B-21): a browser sends no others. */
function isOurs(screen: Screen, post: { posted: unknown; go: unknown; typed: Answers }): boolean {
  const own = fieldsOf(screen);
  return (
    post.posted === screen && isButton(screen, post.go) && Object.keys(post.typed).every((name) => own.includes(name))
  );
}

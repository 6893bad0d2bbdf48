import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { cookieExpiry, dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { newRandomCode } from '../privacy/case-code.ts';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';
import { codeAgain } from './code-again.tsx';
import { ConfirmPage } from './confirm.page.tsx';
import { type FollowDeps, textOf } from './follow-deps.ts';
import { caseOfRight, isCurrentCode, type ReplaceRight, slipFacts } from './may-replace.query.ts';
import { NewCodePage } from './new-code.page.tsx';
import { replaceCode } from './replace-code.command.ts';

const Offer = z.strictObject({ caseId: z.uuid(), code: z.string() });
type Offer = z.infer<typeof Offer>;

/** How long the page that asks may wait; real time. */
const OFFER_MS = 1_800_000;

/**
 * /suivi/remplacer: a new code, for the holder of the old one or of a short code by mail. The code to be is made with the page and
 * travels sealed in it, so that a double click or a lost answer shows the same one (C-2, F-14). Shown for ten minutes, like a receipt.
 */
export function replaceCodeRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get('/suivi/remplacer', async (c) => {
    const held = await heldRight(c);
    return held ? ask(c, held.caseId, {}) : codeAgain(deps, c);
  });

  app.post('/suivi/remplacer', async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['choice', 'new'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const choice = body.ok ? textOf(body, 'choice') : '';
    const offer = offerOf(town.id, textOf(body, 'new'));
    const held = await heldRight(c);
    if (held && body.ok && body.language) return ask(c, held.caseId, { chosen: choice }, offer);
    if (!held) return choice === 'replace' && offer && (await isNow(c, offer)) ? showNew(c, offer) : codeAgain(deps, c);
    if (choice === 'keep') {
      dropCookie(c, 'remplacer');
      return c.redirect(held.right.kind === 'session' ? '/suivi/demande' : '/suivi', 303);
    }
    if (choice !== 'replace') return ask(c, held.caseId, { error: town.t('follow.replace.missing') }, offer);
    if (offer?.caseId !== held.caseId) return ask(c, held.caseId, { notice: town.t('follow.replace.expired') });
    const done = await replaceCode(deps, { townId: town.id, ...held }, offer.code);
    return done ? showNew(c, offer) : codeAgain(deps, c);
  });

  app.get('/suivi/nouveau-code', async (c) => {
    const town = deps.town(c);
    const shown = Offer.safeParse(openCookie(deps.keys, town.id, 'new_code', readCookie(c, 'nouveau'), Date.now()));
    if (!shown.success || !(await isNow(c, shown.data))) return c.redirect('/suivi', 303);
    const { number, receivedAt } = await slipFacts(deps, town.id, shown.data.caseId);
    const slip = { number, receivedAt, code: shown.data.code, followAddress: deps.followAddress(c) };
    return c.html(<NewCodePage t={town.t} town={town.view} {...slip} />);
  });

  /** The permit of a short code, or the session that the code opened; a browser holds one of them at a time. */
  async function heldRight(c: Context): Promise<{ right: ReplaceRight; caseId: string } | undefined> {
    const { id } = deps.town(c);
    for (const [cookie, kind] of [
      ['remplacer', 'permit'],
      ['suivi', 'session'],
    ] as const) {
      const token = readCookie(c, cookie);
      const right = token === undefined ? undefined : { kind, token };
      const caseId = right && (await caseOfRight(deps, id, right));
      if (right && caseId) return { right, caseId };
    }
    return undefined;
  }

  async function ask(
    c: Context,
    caseId: string,
    said: { error?: string; notice?: string; chosen?: string },
    before?: Offer,
  ): Promise<Response> {
    const { id, t, view } = deps.town(c);
    const offer = before?.caseId === caseId ? before : { caseId, code: newRandomCode() };
    const { number } = await slipFacts(deps, id, caseId);
    const hidden = { name: 'new', value: sealCookie(deps.keys, id, 'code_to_be', offer, Date.now() + OFFER_MS) };
    const page = <ConfirmPage t={t} town={view} about="replace" number={number} hidden={hidden} {...said} />;
    return c.html(page, said.error || said.notice ? 422 : 200);
  }

  function showNew(c: Context, offer: Offer): Response {
    writeCookie(c, 'nouveau', sealCookie(deps.keys, deps.town(c).id, 'new_code', offer, cookieExpiry('nouveau')));
    dropCookie(c, 'remplacer');
    dropCookie(c, 'suivi');
    // Its code opens nothing any more.
    dropCookie(c, 'recu');
    return c.redirect('/suivi/nouveau-code', 303);
  }

  function offerOf(townId: string, text: string): Offer | undefined {
    return Offer.safeParse(openCookie(deps.keys, townId, 'code_to_be', text, Date.now())).data;
  }

  async function isNow(c: Context, offer: Offer): Promise<boolean> {
    return isCurrentCode(deps, deps.town(c).id, offer);
  }
  return app;
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { codeAgain } from '../follow/code-again.tsx';
import { ConfirmPage } from '../follow/confirm.page.tsx';
import { type FollowDeps, textOf } from '../follow/follow-deps.ts';
import { NewCodePage } from '../follow/new-code.page.tsx';
import { cookieExpiry, dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { openCookie, sealCookie } from '../privacy/cookie-seal.ts';
import { partyCode } from './party-code.ts';
import { SPACE } from './space-address.ts';
import { partyOfPermit, partyOfSession, type PartySeat } from './party-session.command.ts';
import { isPartyCodeNow, replacePartyCode } from './replace-party-code.command.ts';

const Offer = z.strictObject({ caseId: z.uuid(), partyId: z.uuid(), accessId: z.uuid() });
type Offer = z.infer<typeof Offer>;

/** How long the page that asks may wait; real time. */
const OFFER_MS = 1_800_000;

/** /suivi/participation/remplacer: a new code for the other party, whose old one or short code by mail is held; shown for ten minutes like the requester's (C-2, R29). */
export function replacePartyCodeRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get(`${SPACE}/remplacer`, async (c) => {
    const held = await heldRight(c);
    return held ? ask(c, { ...held.seat, accessId: crypto.randomUUID() }, {}) : codeAgain(deps, c);
  });

  app.post(`${SPACE}/remplacer`, async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, { one: ['choice', 'new'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const choice = body.ok ? textOf(body, 'choice') : '';
    const offer = Offer.safeParse(openCookie(deps.keys, town.id, 'code_to_be', textOf(body, 'new'), Date.now())).data;
    const held = await heldRight(c);
    // The answer was lost, and the session closed with the old code: the same page gives the same code.
    if (!held)
      return choice === 'replace' && offer && (await slipOf(c, offer)) ? showNew(c, offer) : codeAgain(deps, c);
    const { seat, by } = held;
    const asked = offer?.partyId === seat.partyId ? offer : { ...seat, accessId: crypto.randomUUID() };
    if (body.ok && body.language) return ask(c, asked, { chosen: choice });
    if (choice === 'keep') {
      dropCookie(c, 'remplacer');
      return c.redirect(by === 'code' ? SPACE : '/suivi', 303);
    }
    if (choice !== 'replace') return ask(c, asked, { error: town.t('follow.replace.missing') });
    if (asked !== offer) return ask(c, asked, { notice: town.t('follow.replace.expired') });
    const done = await replacePartyCode(deps, { townId: town.id, ...seat }, asked.accessId, by);
    return done ? showNew(c, asked) : codeAgain(deps, c);
  });

  app.get(`${SPACE}/nouveau-code`, async (c) => {
    const { id, t, view } = deps.town(c);
    const shown = Offer.safeParse(openCookie(deps.keys, id, 'new_code', readCookie(c, 'nouveau'), Date.now())).data;
    const slip = shown && (await slipOf(c, shown));
    if (!shown || !slip) return c.redirect('/suivi', 303);
    const code = partyCode(deps.keys, shown.accessId);
    return c.html(<NewCodePage t={t} town={view} {...slip} code={code} followAddress={deps.followAddress(c)} />);
  });

  /** The permit of a short code, or the session that the code opened; a browser holds one of them at a time. */
  async function heldRight(c: Context): Promise<{ seat: PartySeat; by: 'code' | 'mail' } | undefined> {
    const { id } = deps.town(c);
    const permitted = await partyOfPermit(deps, id, readCookie(c, 'remplacer'));
    if (permitted) return { seat: permitted, by: 'mail' };
    const seat = await partyOfSession(deps, id, readCookie(c, 'participation'));
    return seat && { seat, by: 'code' };
  }

  async function slipOf(c: Context, { accessId, ...seat }: Offer) {
    return isPartyCodeNow(deps, { townId: deps.town(c).id, ...seat }, accessId);
  }

  function ask(
    c: Context,
    offer: Offer,
    said: { error?: string; notice?: string; chosen?: string },
  ): Response | Promise<Response> {
    const { id, t, view } = deps.town(c);
    const hidden = { name: 'new', value: sealCookie(deps.keys, id, 'code_to_be', offer, Date.now() + OFFER_MS) };
    const page = <ConfirmPage t={t} town={view} about="party_replace" hidden={hidden} {...said} />;
    return c.html(page, said.error || said.notice ? 422 : 200);
  }

  function showNew(c: Context, offer: Offer): Response {
    writeCookie(c, 'nouveau', sealCookie(deps.keys, deps.town(c).id, 'new_code', offer, cookieExpiry('nouveau')));
    dropCookie(c, 'participation');
    dropCookie(c, 'remplacer');
    return c.redirect(`${SPACE}/nouveau-code`, 303);
  }
  return app;
}

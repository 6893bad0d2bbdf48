import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { type PartnerDeps, textOf } from '../follow/follow-deps.ts';
import { newToken } from '../follow/token.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { type FormBody, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { type Over, sayWhen, waitNotice } from '../http/too-many.tsx';
import { normaliseEmail } from '../privacy/contact.ts';
import { normaliseShortCode } from '../privacy/short-code.ts';
import { ownReferrals } from './own-referrals.query.ts';
import { ownRequests } from './own-requests.query.ts';
import { seatOf } from './partner-seat.tsx';
import {
  askPartnerCode,
  closePartnerSession,
  contactWith,
  openPartnerSession,
  type PartnerSeat,
  pointedAt,
} from './partner-session.command.ts';
import { PartnerListPage } from './partner-list.page.tsx';
import { PartnerCodePage, PartnerIntroPage, PointerPage } from './pointer.page.tsx';

const Address = z.object({ id: AddressId });

/**
 * /partenaire: how an organisation comes in, from the address of a mail or with its own address typed: a code by mail to the one person
 * it belongs to, typed in the browser that asked. No account, no password, and no page says whose address is known (P-20).
 */
export function partnerEntryRoutes(deps: PartnerDeps): Hono {
  const app = new Hono();

  app.get('/partenaire', async (c) => {
    const { id, t, view } = deps.town(c);
    const seat = await seatOf(deps, c);
    if (!seat) return c.html(<PartnerIntroPage t={t} town={view} />);
    const list = await ownRequests(deps, id, seat);
    return c.html(<PartnerListPage t={t} town={view} list={list} referrals={await ownReferrals(deps, id, seat)} />);
  });

  app.post('/partenaire', async (c) => {
    const { id, t, view } = deps.town(c);
    const body = await readForm(c, { one: ['email'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, deps.town(c), body.status);
    const typed = textOf(body, 'email');
    const email = normaliseEmail(typed);
    if (!body.ok || !email.ok)
      return c.html(<PartnerIntroPage t={t} town={view} typed={typed} error={t('partners.email.error')} />, 422);
    return send(
      c,
      '/partenaire',
      () => contactWith(deps, id, email.value),
      (notice) => <PartnerIntroPage t={t} town={view} typed={typed} notice={notice} />,
    );
  });

  app.get('/partenaire/code', (c) => {
    const { t, view } = deps.town(c);
    return c.html(<PartnerCodePage t={t} town={view} base="/partenaire" />);
  });

  app.post('/partenaire/code', async (c) => open(c, '/partenaire'));

  app.post('/partenaire/sortir', async (c) => {
    const seat = await seatOf(deps, c);
    if (seat) await closePartnerSession(deps, deps.town(c).id, seat);
    dropCookie(c, 'partenaire');
    return c.redirect('/partenaire', 303);
  });

  app.get('/partenaire/:id', addressParts(Address), async (c) => {
    const { id: townId, t, view } = deps.town(c);
    const { id } = c.req.valid('param');
    const pointed = await pointedAt(deps, townId, id);
    const seat = await seatOf(deps, c);
    if (pointed && seat?.organisationId === pointed.organisationId)
      return c.redirect(`/partenaire/demandes/${pointed.requestId}`, 303);
    // A pointer to nothing looks the same: whoever guesses learns nothing (P-20).
    return c.html(<PointerPage t={t} town={view} pointer={id} />);
  });

  app.post('/partenaire/:id', addressParts(Address), async (c) => {
    const town = deps.town(c);
    const { id } = c.req.valid('param');
    const body = await readForm(c, { one: [], many: [] });
    if (!body.ok) return problem(c, town, body.status === 422 ? 404 : body.status);
    return send(
      c,
      `/partenaire/${id}`,
      () => pointedAt(deps, town.id, id),
      (notice) => <PointerPage t={town.t} town={town.view} pointer={id} notice={notice} />,
    );
  });

  app.get('/partenaire/:id/code', addressParts(Address), (c) => {
    const { t, view } = deps.town(c);
    return c.html(<PartnerCodePage t={t} town={view} base={`/partenaire/${c.req.valid('param').id}`} />);
  });

  app.post('/partenaire/:id/code', addressParts(Address), (c) => open(c, `/partenaire/${c.req.valid('param').id}`));

  async function send(
    c: Context,
    base: string,
    find: () => Promise<PartnerSeat | undefined>,
    tooOften: (notice: string) => ReturnType<typeof PointerPage>,
  ): Promise<Response> {
    const town = deps.town(c);
    const verdict = await deps.limits.take('partner_code_by_address', deps.clientAddress(c));
    if (!verdict.within) return wait(c, verdict, tooOften);
    // The same browser stays itself: a code that is still alive goes on working when no fourth one is sent.
    const known = readCookie(c, 'code_partenaire');
    const browser = known && known.length <= 100 ? known : newToken();
    writeCookie(c, 'code_partenaire', browser);
    // Not waited for: the time of the answer must not tell an address that is known (T-19).
    sendCode(town.id, find, browser).catch((error: unknown) => deps.log.error('partner_code_not_sent', error));
    return c.redirect(`${base}/code`, 303);
  }

  async function sendCode(townId: string, find: () => Promise<PartnerSeat | undefined>, browser: string) {
    const contact = await find();
    if (contact) await askPartnerCode(deps, townId, contact, browser);
  }

  async function open(c: Context, base: string): Promise<Response> {
    const town = deps.town(c);
    const body: FormBody = await readForm(c, { one: ['code'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const again = (error: string) =>
      c.html(<PartnerCodePage t={town.t} town={town.view} base={base} error={error} />, 422);
    const typed = body.ok ? textOf(body, 'code').trim() : '';
    if (!typed) return again(town.t('follow.short.missing'));
    const code = normaliseShortCode(typed);
    if (!code) return again(town.t('follow.short.error'));
    const verdict = await deps.limits.take('partner_code_by_address', deps.clientAddress(c));
    if (!verdict.within)
      return wait(c, verdict, (notice) => <PartnerCodePage t={town.t} town={town.view} base={base} notice={notice} />);
    const token = await openPartnerSession(deps, town.id, readCookie(c, 'code_partenaire'), code);
    if (!token) return again(town.t('follow.short.error'));
    dropCookie(c, 'code_partenaire');
    writeCookie(c, 'partenaire', token);
    return c.redirect(base, 303);
  }

  function wait(c: Context, verdict: Over, page: (notice: string) => ReturnType<typeof PointerPage>) {
    sayWhen(c, verdict);
    return c.html(page(waitNotice(deps.town(c), verdict)), 429);
  }
  return app;
}

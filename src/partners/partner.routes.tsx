import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { newToken } from '../follow/token.ts';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { dropCookie, readCookie, writeCookie } from '../http/cookies.ts';
import { formId, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { sayWhen, waitNotice } from '../http/too-many.tsx';
import { normaliseShortCode } from '../privacy/short-code.ts';
import { ANSWER_FORM, readAnswer } from './answer.form.ts';
import { ownRequests, requestForPartner } from './own-requests.query.ts';
import { acknowledgeRequest, answerRequest } from './partner-side.command.ts';
import {
  askPartnerCode,
  closePartnerSession,
  openPartnerSession,
  partnerOfSession,
  type PartnerSeat,
  pointedAt,
} from './partner-session.command.ts';
import { PartnerCodePage, PartnerIntroPage, PartnerListPage, PointerPage } from './pointer.page.tsx';
import { RequestPage, type RequestPageProps } from './request.page.tsx';

const Address = z.object({ id: AddressId });

/** /partenaire: an organisation answers what it was asked, with a code sent to the person who was written to; no account (R46, R63). */
export function partnerRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get('/partenaire', async (c) => {
    const { id, t, view } = deps.town(c);
    const seat = await seatOf(c);
    if (!seat) return c.html(<PartnerIntroPage t={t} town={view} />);
    return c.html(<PartnerListPage t={t} town={view} list={await ownRequests(deps, id, seat)} />);
  });

  app.post('/partenaire/sortir', async (c) => {
    const seat = await seatOf(c);
    if (seat) await closePartnerSession(deps, deps.town(c).id, seat);
    dropCookie(c, 'partenaire');
    return c.redirect('/partenaire', 303);
  });

  app.get('/partenaire/demandes/:id', addressParts(Address), (c) =>
    withSeat(c, (seat) => show(c, seat, c.req.valid('param').id, {})),
  );

  app.post('/partenaire/demandes/:id/recu', addressParts(Address), (c) =>
    withSeat(c, async (seat) => {
      const town = deps.town(c);
      const { id } = c.req.valid('param');
      const body = await readForm(c, { one: ['form'], many: [] });
      if (!body.ok) return problem(c, town, body.status === 422 ? 404 : body.status);
      try {
        await acknowledgeRequest(deps, { townId: town.id, ...seat, requestId: id, ...formId(body.fields) });
      } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'already_done') throw error;
      }
      return c.redirect(`/partenaire/demandes/${id}?recu`, 303);
    }),
  );

  app.post('/partenaire/demandes/:id/repondre', addressParts(Address), async (c) => {
    const town = deps.town(c);
    const { id } = c.req.valid('param');
    const body = await readForm(c, ANSWER_FORM);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const comment = body.fields['comment'];
    return withSeat(
      c,
      async (seat) => {
        const kept = { answers: body.fields, ...formId(body.fields) };
        if (!body.ok) return show(c, seat, id, { ...kept, notice: town.t('follow.unread') }, 422);
        const read = readAnswer(body.fields);
        if (!read.ok) return show(c, seat, id, { ...kept, wrong: read.wrong }, 422);
        try {
          await answerRequest(deps, { townId: town.id, ...seat, requestId: id, ...formId(body.fields) }, read.value);
        } catch (error) {
          if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
          if (error.field === 'action_on') return show(c, seat, id, { ...kept, wrong: ['action_on'] }, 422);
          if (error.code !== 'already_done') {
            const words = error.code === 'changed_meanwhile' ? 'partners.answeredMeanwhile' : 'partners.over';
            return show(c, seat, id, { ...kept, notice: town.t(words, { phone: town.view.phone }) }, 409);
          }
        }
        return c.redirect(`/partenaire/demandes/${id}?repondu`, 303);
      },
      typeof comment === 'string' ? comment : undefined,
    );
  });

  app.get('/partenaire/:id', addressParts(Address), async (c) => {
    const { id: townId, t, view } = deps.town(c);
    const { id } = c.req.valid('param');
    const pointed = await pointedAt(deps, townId, id);
    const seat = await seatOf(c);
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
    const verdict = await deps.limits.take('partner_code_by_address', deps.clientAddress(c));
    if (!verdict.within) {
      sayWhen(c, verdict);
      return c.html(<PointerPage t={town.t} town={town.view} pointer={id} notice={waitNotice(town, verdict)} />, 429);
    }
    const browser = newToken();
    writeCookie(c, 'code_partenaire', browser);
    // Not waited for: the time of the answer must not tell a pointer that leads somewhere (T-19).
    sendCode(town.id, id, browser).catch((error: unknown) => deps.log.error('partner_code_not_sent', error));
    return c.redirect(`/partenaire/${id}/code`, 303);
  });

  app.get('/partenaire/:id/code', addressParts(Address), (c) => {
    const { t, view } = deps.town(c);
    return c.html(<PartnerCodePage t={t} town={view} pointer={c.req.valid('param').id} />);
  });

  app.post('/partenaire/:id/code', addressParts(Address), async (c) => {
    const town = deps.town(c);
    const { id } = c.req.valid('param');
    const body = await readForm(c, { one: ['code'], many: [] });
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const typed = body.ok && typeof body.fields['code'] === 'string' ? body.fields['code'].trim() : '';
    const again = (error: string) =>
      c.html(<PartnerCodePage t={town.t} town={town.view} pointer={id} error={error} />, 422);
    if (!typed) return again(town.t('follow.short.missing'));
    const code = normaliseShortCode(typed);
    if (!code) return again(town.t('follow.short.error'));
    const verdict = await deps.limits.take('partner_code_by_address', deps.clientAddress(c));
    if (!verdict.within) {
      sayWhen(c, verdict);
      return c.html(
        <PartnerCodePage t={town.t} town={town.view} pointer={id} notice={waitNotice(town, verdict)} />,
        429,
      );
    }
    const token = await openPartnerSession(deps, town.id, readCookie(c, 'code_partenaire'), code);
    if (!token) return again(town.t('follow.short.error'));
    dropCookie(c, 'code_partenaire');
    writeCookie(c, 'partenaire', token);
    return c.redirect(`/partenaire/${id}`, 303);
  });

  async function sendCode(townId: string, pointer: string, browser: string): Promise<void> {
    const pointed = await pointedAt(deps, townId, pointer);
    if (pointed) await askPartnerCode(deps, townId, pointed, browser);
  }

  async function seatOf(c: Context): Promise<PartnerSeat | undefined> {
    return partnerOfSession(deps, deps.town(c).id, readCookie(c, 'partenaire'));
  }

  /** Without a session: the mail is the way in; what was typed is given back. */
  async function withSeat(
    c: Context,
    run: (seat: PartnerSeat) => Promise<Response>,
    written?: string,
  ): Promise<Response> {
    const seat = await seatOf(c);
    if (seat) return run(seat);
    const { t, view } = deps.town(c);
    return c.html(<PartnerIntroPage t={t} town={view} notice={t('partners.expired')} written={written} />, 403);
  }

  async function show(
    c: Context,
    seat: PartnerSeat,
    requestId: string,
    said: Omit<Partial<RequestPageProps>, 't' | 'town' | 'request'>,
    status: 200 | 409 | 422 = 200,
  ): Promise<Response> {
    const town = deps.town(c);
    const request = await requestForPartner(deps, town.id, seat, requestId);
    if (!request) return problem(c, town, 404);
    const done =
      c.req.query('repondu') === undefined ? (c.req.query('recu') === undefined ? undefined : 'received') : 'answered';
    return c.html(
      <RequestPage
        t={town.t}
        town={town.view}
        request={request}
        done={done}
        {...said}
        form={said.form ?? crypto.randomUUID()}
      />,
      status,
    );
  }
  return app;
}

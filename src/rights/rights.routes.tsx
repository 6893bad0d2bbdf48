import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import type { FollowDeps } from '../follow/follow-deps.ts';
import { withHolder } from '../follow/with-holder.tsx';
import { AddressId, addressParts } from '../http/address-parts.ts';
import { formId, readForm } from '../http/form-body.ts';
import { pdfAnswer } from '../http/pdf.ts';
import { problem } from '../http/problem.tsx';
import { ownCopyPaper } from '../letters/own-copy.ts';
import type { CodeHolder } from '../parties/code-holder.ts';
import { SPACE } from '../parties/space-address.ts';
import { askRight } from './ask-right.command.ts';
import { copyOfOwnData, ownRights } from './own-rights.query.ts';
import { readRight, RIGHT_FORM } from './right.form.ts';
import { RIGHTS_ADDRESS } from './rights-address.ts';
import { RightsPage, type RightsPageProps } from './rights.page.tsx';
import { takeRightBack } from './take-back-right.command.ts';

const RightAddress = z.object({ id: AddressId });
type Said = Partial<Pick<RightsPageProps, 'answers' | 'wrong' | 'notice' | 'form'>>;

/** /suivi/droits: « Mes droits » of either side, from its own page (F15, R82), whatever the case has become. */
export function rightsRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get(RIGHTS_ADDRESS, (c) => withHolder(deps, c, (holder) => show(c, holder, {})));

  app.post(RIGHTS_ADDRESS, async (c) => {
    const town = deps.town(c);
    const body = await readForm(c, RIGHT_FORM);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    return withHolder(deps, c, async (holder) => {
      const kept = { answers: body.fields, ...formId(body.fields) };
      if (!body.ok) return show(c, holder, { ...kept, notice: town.t('follow.unread') }, 422);
      if (body.language) return show(c, holder, kept);
      const read = readRight(body.fields);
      if (!read.ok) return show(c, holder, { ...kept, wrong: read.wrong }, 422);
      try {
        await askRight(deps, { ...holder, ...formId(body.fields) }, read.value);
      } catch (error) {
        if (!(error instanceof DomainError) || error.code === 'not_found') throw error;
        if (error.code === 'already_open') return show(c, holder, { ...kept, wrong: ['right.already'] }, 409);
        const notice = town.t('follow.rights.ended', { phone: town.view.phone });
        if (error.code !== 'already_done') return show(c, holder, { ...kept, notice }, 409);
      }
      return c.redirect(`${RIGHTS_ADDRESS}?recue`, 303);
    });
  });

  app.post(`${RIGHTS_ADDRESS}/:id/retirer`, addressParts(RightAddress), (c) =>
    withHolder(deps, c, async (holder) => {
      const town = deps.town(c);
      const body = await readForm(c, { one: [], many: [] });
      if (!body.ok) return problem(c, town, body.status === 422 ? 404 : body.status);
      try {
        await takeRightBack(deps, holder, c.req.valid('param').id);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code === 'unknown_choice') return problem(c, town, 404);
        // Answered, or taken back already, meanwhile: the page says which.
        return show(c, holder, { notice: town.t('follow.rights.gone') }, 409);
      }
      return c.redirect(`${RIGHTS_ADDRESS}?retiree`, 303);
    }),
  );

  app.get(`${RIGHTS_ADDRESS}/:id/copie`, addressParts(RightAddress), (c) =>
    withHolder(deps, c, async (holder) => {
      const town = deps.town(c);
      const copy = await copyOfOwnData(deps, holder, c.req.valid('param').id);
      return copy ? pdfAnswer(c, ownCopyPaper(town.t, town.view, copy), copy.number) : problem(c, town, 404);
    }),
  );

  async function show(c: Context, holder: CodeHolder, said: Said, status: 200 | 409 | 422 = 200): Promise<Response> {
    const { t, view } = deps.town(c);
    const page = await ownRights(deps, holder);
    const done =
      c.req.query('recue') !== undefined ? 'asked' : c.req.query('retiree') !== undefined ? 'takenBack' : undefined;
    return c.html(
      <RightsPage
        t={t}
        town={view}
        {...page}
        back={holder.partyId ? SPACE : '/suivi/demande'}
        done={done}
        {...said}
        form={said.form ?? crypto.randomUUID()}
      />,
      status,
    );
  }
  return app;
}

import { Hono } from 'hono';
import type { Context } from 'hono';
import type { ReferralLevel } from '../db/tables/partner.ts';
import { DomainError } from '../errors.ts';
import type { PartnerDeps } from '../follow/follow-deps.ts';
import { formId, readForm } from '../http/form-body.ts';
import { problem } from '../http/problem.tsx';
import { ownOrganisation } from './own-referrals.query.ts';
import { withSeat } from './partner-seat.tsx';
import type { PartnerSeat } from './partner-session.command.ts';
import { fieldsOfLevel, LEVEL_ADDRESS, readReferral, REFERRAL_LEVELS } from './referral.form.ts';
import { ReferralLevelPage, ReferralPage, type ReferralPageProps, ReferralSentPage } from './referral.page.tsx';
import { referCase } from './refer.command.ts';
import { mayBeParty } from './request-status.ts';

/** /partenaire/saisir: F2, for whoever came in with a typed code; the same machine as a resident's request (R31, R84). */
export function referralRoutes(deps: PartnerDeps): Hono {
  const app = new Hono();

  app.get('/partenaire/saisir', (c) =>
    withSeat(deps, c, async (seat) => {
      const { t, view } = deps.town(c);
      return c.html(<ReferralLevelPage t={t} town={view} levels={await levelsOf(c, seat)} />);
    }),
  );

  app.get('/partenaire/saisir/:level', (c) =>
    withSeat(deps, c, async (seat) => {
      const level = await openLevel(c, seat);
      return level ? show(c, { level, form: crypto.randomUUID() }) : problem(c, deps.town(c), 404);
    }),
  );

  app.post('/partenaire/saisir/:level', async (c) => {
    const town = deps.town(c);
    const posted = levelOf(c);
    if (!posted) return problem(c, town, 404);
    const body = await readForm(c, fieldsOfLevel(posted));
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const typed = body.fields['facts'];
    return withSeat(
      deps,
      c,
      async (seat) => {
        const level = await openLevel(c, seat);
        if (!level) return problem(c, town, 404);
        const form = formId(body.fields).form ?? crypto.randomUUID();
        const kept = { level, form, answers: body.fields };
        if (!body.ok) return show(c, { ...kept, notice: town.t('follow.unread') }, 422);
        const quarters = town.quarters.map(({ code }) => code);
        const read = readReferral(level, body.fields, quarters);
        if (!read.ok) return show(c, { ...kept, wrong: read.wrong }, 422);
        try {
          const number = await referCase(deps, { id: town.id, kid: town.kid }, seat, form, read.value);
          return c.html(<ReferralSentPage t={town.t} town={town.view} number={number} />);
        } catch (error) {
          if (!(error instanceof DomainError) || error.field === undefined) throw error;
          return show(c, { ...kept, wrong: [error.field] }, 422);
        }
      },
      typeof typed === 'string' ? typed : undefined,
    );
  });

  /** The level of the address, where this organisation may use it. */
  async function openLevel(c: Context, seat: PartnerSeat): Promise<ReferralLevel | undefined> {
    const level = levelOf(c);
    return level && (await levelsOf(c, seat)).includes(level) ? level : undefined;
  }

  async function levelsOf(c: Context, seat: PartnerSeat): Promise<readonly ReferralLevel[]> {
    const { type } = await ownOrganisation(deps, deps.town(c).id, seat);
    return REFERRAL_LEVELS.filter((level) => level !== 'organisation' || mayBeParty(type));
  }

  function show(
    c: Context,
    said: Omit<ReferralPageProps, 't' | 'town' | 'quarters'>,
    status: 200 | 422 = 200,
  ): Response | Promise<Response> {
    const { t, view, quarters } = deps.town(c);
    return c.html(<ReferralPage t={t} town={view} quarters={quarters} {...said} />, status);
  }
  return app;
}

function levelOf(c: Context): ReferralLevel | undefined {
  return REFERRAL_LEVELS.find((known) => LEVEL_ADDRESS[known] === c.req.param('level'));
}

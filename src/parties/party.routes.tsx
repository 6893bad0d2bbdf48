import { Hono } from 'hono';
import type { Context } from 'hono';
import { readMessage } from '../attachments/read-message.ts';
import { raiseDangerByParty } from '../cases/danger.command.ts';
import { ConfirmPage } from '../follow/confirm.page.tsx';
import { type DangerDoor, sayDanger, showDanger } from '../follow/danger-door.tsx';
import { dangerReader } from '../follow/danger-reader.query.ts';
import { askRemoval, emailTakenBack } from '../follow/email-door.tsx';
import { type FollowDeps, textOf } from '../follow/follow-deps.ts';
import { readForm } from '../http/form-body.ts';
import { pdfAnswer } from '../http/pdf.ts';
import { problem } from '../http/problem.tsx';
import { agreementPaper } from '../letters/agreement-paper.ts';
import { informationNotice } from '../letters/information-notice.ts';
import { agreementAnswered, itemTakenBack } from './agreement-answered.ts';
import { AGREEMENT_FORM } from './agreement.form.ts';
import { withdrawByParty } from './answer-by-code.command.ts';
import { holderAgreement } from './holder-agreement.query.ts';
import { interpreterAsked } from './interpreter-asked.ts';
import { messageWritten } from './message-written.ts';
import { NOTICE, NoticePage } from './notice.page.tsx';
import { ownPaper } from './own-paper.query.ts';
import type { PartySeat } from './party-session.command.ts';
import { sendPartyMessage } from './send-party-message.command.ts';
import { removePartyEmail } from './remove-party-email.command.ts';
import { type ReachDoor, sendReach, showReach } from './reach-door.tsx';
import { showSpace } from './show-space.tsx';
import { SPACE } from './space-address.ts';
import { keepingMessage } from './unsent-message.tsx';
import { withParty } from './with-party.tsx';

/** The agreement and the message stand on one page: what is typed in one is not lost when the other is sent. */
const SPACE_FORM = { one: [...AGREEMENT_FORM.one, 'message', 'voice'], many: [] };
const MESSAGE = `${SPACE}/message`;

/** /suivi/participation: the other party's own space, opened with its own code (R29, R30). */
export function partyRoutes(deps: FollowDeps): Hono {
  const app = new Hono();

  app.get(NOTICE, (c) => {
    const { t, view } = deps.town(c);
    return c.html(<NoticePage t={t} town={view} notice={informationNotice(t, view)} />);
  });

  app.get(`${SPACE}/papier`, (c) =>
    withParty(deps, c, async (seat) => {
      const town = deps.town(c);
      const paper = await ownPaper(deps, { townId: town.id, ...seat });
      return paper ? pdfAnswer(c, agreementPaper(town.t, town.view, paper), paper.number) : problem(c, town, 404);
    }),
  );

  app.get(SPACE, (c) => withParty(deps, c, (seat) => showSpace(deps, c, seat, {})));

  app.post(`${SPACE}/accord`, async (c) => {
    const body = await readForm(c, SPACE_FORM);
    if (!body.ok && body.status !== 422) return problem(c, deps.town(c), body.status);
    return withParty(deps, c, (seat) =>
      agreementAnswered(deps, c, body, {
        seat,
        side: 'other',
        show: (said, status) => showSpace(deps, c, seat, { ...said, typed: textOf(body, 'message') }, status),
        done: `${SPACE}?repondu`,
      }),
    );
  });

  app.post(`${SPACE}/reprendre`, (c) => withParty(deps, c, (seat) => itemTakenBack(deps, c, seat, `${SPACE}?repris`)));

  app.get(`${SPACE}/danger`, (c) => withParty(deps, c, (seat) => showDanger(deps, c, door(c, seat))));

  app.post(`${SPACE}/danger`, (c) => withParty(deps, c, (seat) => sayDanger(deps, c, door(c, seat))));

  app.post(`${SPACE}/interprete`, (c) => withParty(deps, c, (seat) => interpreterAsked(deps, c, seat, SPACE)));

  app.get(`${SPACE}/arreter`, (c) => withParty(deps, c, (seat) => stopPage(c, seat)));

  app.post(`${SPACE}/arreter`, (c) =>
    withParty(deps, c, async (seat) => {
      const town = deps.town(c);
      const body = await readForm(c, { one: ['choice'], many: [] });
      if (!body.ok && body.status !== 422) return problem(c, town, body.status);
      const choice = body.ok ? body.fields['choice'] : undefined;
      if (body.ok && body.language) return stopPage(c, seat, { chosen: textOf(body, 'choice') });
      if (choice === 'go_on') return c.redirect(SPACE, 303);
      if (choice !== 'stop') return stopPage(c, seat, { error: town.t('follow.stop.missing') });
      await withdrawByParty(deps, { townId: town.id, ...seat });
      return c.redirect(`${SPACE}?arretee`, 303);
    }),
  );

  app.post(MESSAGE, async (c) => {
    const town = deps.town(c);
    const { body, ...said } = await readMessage(c, town.t, AGREEMENT_FORM.one);
    if (!body.ok && body.status !== 422) return problem(c, town, body.status);
    const answered = (seat: PartySeat) =>
      messageWritten(
        deps,
        c,
        { body, ...said },
        {
          send: (text, voice, form) => sendPartyMessage(deps, { townId: town.id, ...seat, ...form }, text, voice),
          show: ({ error, ...again }, status) =>
            showSpace(deps, c, seat, { ...again, answers: body.fields, messageError: error }, status),
          done: `${SPACE}?envoye`,
        },
      );
    return keepingMessage(deps, c, MESSAGE, { body, ...said }, () =>
      withParty(deps, c, answered, textOf(body, 'message')),
    );
  });

  function door(c: Context, seat: PartySeat): DangerDoor {
    const holder = { townId: deps.town(c).id, ...seat };
    return {
      action: `${SPACE}/danger`,
      back: SPACE,
      held: true,
      reader: () => dangerReader(deps, holder),
      raise: (who, form, family) => raiseDangerByParty(deps, { ...holder, ...form }, who, family),
    };
  }

  const reachDoor = (c: Context, seat: PartySeat): ReachDoor => ({
    action: `${SPACE}/joindre`,
    back: SPACE,
    holder: { townId: deps.town(c).id, ...seat },
  });

  app.get(`${SPACE}/joindre`, (c) => withParty(deps, c, (seat) => showReach(deps, c, reachDoor(c, seat))));

  app.post(`${SPACE}/joindre`, (c) => withParty(deps, c, (seat) => sendReach(deps, c, reachDoor(c, seat))));

  app.get(`${SPACE}/courriel`, (c) => withParty(deps, c, () => askRemoval(deps, c, { about: 'party_email' })));

  app.post(`${SPACE}/courriel`, (c) =>
    withParty(deps, c, (seat) => {
      const remove = () => removePartyEmail(deps, { townId: deps.town(c).id, ...seat });
      return emailTakenBack(deps, c, { about: 'party_email', back: SPACE, remove });
    }),
  );

  async function stopPage(
    c: Context,
    seat: PartySeat,
    said: { error?: string; chosen?: string } = {},
  ): Promise<Response> {
    const { id, t, view } = deps.town(c);
    const { number } = await holderAgreement(deps, { townId: id, ...seat });
    return c.html(
      <ConfirmPage t={t} town={view} about="party_stop" number={number} {...said} />,
      said.error ? 422 : 200,
    );
  }
  return app;
}

import { z } from 'zod';
import { confirmLink } from '../sessions/confirm-link.command.ts';
import { missSession } from '../sessions/hold-session.command.ts';
import { cancelSession, LENGTHS, moveSession, planSession, SESSION_MODES } from '../sessions/plan-session.command.ts';
import { act, line, optionalLine, uuid } from './act.form.ts';
import { NOTE_ACT } from './note-act.form.ts';

export { LENGTHS, SESSION_MODES };

const parties = z.array(uuid, 'missing').min(1, 'missing');
const minutes = z.enum(LENGTHS, 'missing').transform(Number);
const when = { day: line, hour: line, minutes };

/** Planning, moving and holding the sessions of a mediation, their notes (F4), the links made. */
export const SESSION_ACTS = {
  rencontre: act(
    ['sessionMode', 'day', 'hour', 'minutes', 'place'],
    z.object({ sessionMode: z.enum(SESSION_MODES, 'missing'), parties, ...when, place: line }),
    async (ctx, by, caseId, { sessionMode, parties: partyIds, ...rest }) => {
      await planSession(ctx, by, { caseId, mode: sessionMode, partyIds, ...rest });
    },
    ['parties'],
  ),
  deplacer: act(
    ['session', 'day', 'hour', 'minutes', 'place'],
    z.object({ session: uuid, ...when, place: optionalLine }),
    (ctx, by, caseId, { session, ...rest }) => moveSession(ctx, by, { caseId, sessionId: session, ...rest }),
  ),
  'annuler-rencontre': act(['session'], z.object({ session: uuid }), (ctx, by, caseId, { session }) =>
    cancelSession(ctx, by, { caseId, sessionId: session }),
  ),
  absence: act(['session'], z.object({ session: uuid }), (ctx, by, caseId, { session }) =>
    missSession(ctx, by, { caseId, sessionId: session }),
  ),
  note: NOTE_ACT,
  'confirmer-lien': act(['link'], z.object({ link: uuid }), (ctx, by, caseId, { link }) =>
    confirmLink(ctx, by, { caseId, linkId: link }),
  ),
};

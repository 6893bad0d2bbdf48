import { localDay } from '../calendar/town-calendar.ts';
import { isActive, type CaseState } from '../cases/case-status.ts';
import type { HolderTx } from '../db/transaction.ts';
import type { DeadlineKind } from '../deadlines/kinds.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';

/** What comes next in a case, in the few words a resident reads it with (`follow.next.<what>`). */
export type ComesNext =
  | 'triage'
  | 'more_info'
  | 'assignment'
  | 'mediator_answer'
  | 'first_contact'
  | 'attempts'
  | 'own_agreement'
  | 'other_agreement'
  | 'other_contact'
  | 'partner'
  | 'session'
  | 'news'
  | 'step'
  | 'rest'
  | 'what_follows'
  | 'closing';

/** Waits both sides read of. */
const OF_BOTH: Partial<Record<DeadlineKind, ComesNext>> = {
  first_session: 'session',
  next_step: 'step',
  no_note: 'step',
  check_d10: 'news',
  check_m1: 'news',
  check_m3: 'news',
  evaluation_to_open: 'what_follows',
  closing_to_propose: 'what_follows',
  task_party_withdrew: 'what_follows',
  evaluation: 'closing',
};
/** Waits of the request itself, which only whoever made it reads of. */
const OF_REQUESTER: Partial<Record<DeadlineKind, ComesNext>> = {
  ...OF_BOTH,
  suspension: 'rest',
  triage: 'triage',
  more_info: 'more_info',
  assignment: 'assignment',
  mediator_answer: 'mediator_answer',
  first_contact: 'first_contact',
  contact_attempts: 'attempts',
  other_party_contact: 'other_contact',
  partner_answer_urgent: 'partner',
  partner_answer_standard: 'partner',
  partner_answer_works: 'partner',
  task_close_or_extend: 'what_follows',
  closure_validation: 'closing',
};

export type NextWait = { what: ComesNext; dueDay: string; late: boolean };

/**
 * What happens next in a case and before when, for one of its sides: a rest it is in; what that side itself is asked; else what is due first. Whoever
 * made the request reads also that the other side is asked, never anything it said; the other side nothing of why a case rests, or until when.
 */
export async function nextForHolder(
  tx: HolderTx,
  policy: TownPolicy,
  theCase: { id: string; state: CaseState; suspended: boolean; waitingForPartner: boolean },
  own: { partyId: string; side: 'requester' | 'other' },
): Promise<NextWait | undefined> {
  const known = own.side === 'requester' ? OF_REQUESTER : OF_BOTH;
  const waits = await tx.db
    .selectFrom('deadline')
    .select(['kind', 'due_at as dueAt', 'party_id as partyId'])
    .where('case_id', '=', theCase.id)
    .where('state', '=', 'open')
    .where('kind', 'in', ['agreement', ...Object.keys(known)])
    .orderBy('due_at')
    .execute();
  const held = theCase.suspended || theCase.waitingForPartner;
  const found = waits.flatMap(({ kind: stored, dueAt, partyId }) => {
    // Only kinds of the list above, or `agreement`, were asked for.
    const kind = stored as DeadlineKind;
    const what = kind === 'agreement' ? agreementOf(own, partyId) : known[kind];
    // After the end only news are still taken; what is held has no day.
    const comes = isActive(theCase.state) ? !(held && policy.ladder(kind).pausable) : what === 'news';
    return what && comes ? [{ what, dueDay: localDay(policy.calendar, dueAt) }] : [];
  });
  const [next] = found.toSorted((one, other) => rank(one.what) - rank(other.what));
  return next && { ...next, late: localDay(policy.calendar, tx.now) > next.dueDay };
}

function agreementOf(own: { partyId: string; side: string }, partyId: string | null): ComesNext | undefined {
  if (partyId === own.partyId) return 'own_agreement';
  return own.side === 'requester' ? 'other_agreement' : undefined;
}

/** A stable order by due day stands behind it. */
function rank(what: ComesNext): number {
  if (what === 'rest') return 0;
  if (what === 'own_agreement' || what === 'more_info') return 1;
  return what === 'step' ? 3 : 2;
}

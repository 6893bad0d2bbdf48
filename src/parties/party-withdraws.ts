import { applyTransition } from '../cases/apply-transition.ts';
import { type CaseActor, type CaseState, decide } from '../cases/case-status.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { PartyTx, StaffTx, TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import { recordChange } from '../outbox/record-change.ts';
import { AFTER_NEWS } from '../followup/after-news.ts';
import { endParty } from './end-party.ts';
import type { CaseParty } from './standing.ts';

type How = 'code' | 'phone' | 'oral' | 'written';

/** Another mediator takes the case over (T34): it is on its way back to where it was, and the sides still count on each other. */
const BETWEEN_MEDIATORS: readonly CaseState[] = ['assigned', 'first_contact'];

/**
 * The other party takes its agreement back: a right, at once, from any state, no reason (R30, T23). What it allowed is over; the mediation
 * goes on alone with the requester, who reads that it stops, without a reason, as does every other party still in the case; the mediator has
 * five working days to say what follows. Whoever stops gets a confirmation where it may be written to; otherwise its page says so.
 */
export async function partyWithdraws(
  tx: PartyTx | StaffTx,
  policy: TownPolicy,
  theCase: LockedCase,
  party: Pick<CaseParty, 'id' | 'agreementId'>,
  how: { by: Extract<CaseActor, 'party' | 'mediator' | 'leader'>; way: How; personId?: string },
): Promise<void> {
  const moves = decide('T23', how.by, theCase).allowed;
  const stops = moves || BETWEEN_MEDIATORS.includes(theCase.state);
  await takeBack(tx, party, how.way);
  await endParty(tx, policy, theCase, { id: party.id, reason: 'withdrawn', meetings: stops });
  const change = {
    code: 'party_withdrew',
    data: { party: party.id, way: how.way },
    ...(how.personId ? { personId: how.personId } : {}),
  } as const;
  if (moves) {
    await settleDeadlines(
      tx,
      theCase.id,
      ['first_session', 'check_d10', 'check_m1', 'check_m3', ...AFTER_NEWS],
      'cancelled',
    );
    await applyTransition(tx, theCase, { name: 'T23', by: how.by, ...change });
    // What goes on with the requester alone is written down too, from wherever it comes.
    await settleDeadlines(tx, theCase.id, ['no_note'], 'met');
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
  } else {
    await recordChange(tx, { caseId: theCase.id, actor: how.by === 'party' ? 'party' : 'staff', ...change });
  }
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'task_party_withdrew',
    announce: [{ audience: 'mediator', template: 'party_withdrew' }, ...(stops ? STOPPED : [])],
  });
  const key = String(tx.now.getTime());
  const confirmation = { template: 'participation_stopped', key, call: false } as const;
  await queuePartyMail(tx, policy, theCase, { id: party.id, side: 'other' }, confirmation);
}

/** The requester, and every other party still in the case. */
const STOPPED = (['requester', 'party'] as const).map((audience) => ({
  audience,
  template: 'mediation_stopped' as const,
}));

/** What it allowed item by item ends with the party. */
async function takeBack(tx: TownTx, party: Pick<CaseParty, 'id' | 'agreementId'>, way: How): Promise<void> {
  if (!party.agreementId) return;
  await tx.db
    .updateTable('agreement')
    .set({ state: 'withdrawn', withdrawn_at: tx.now, withdrawn_how: way })
    .where('id', '=', party.agreementId)
    .where('state', 'in', ['yes', 'asked'])
    .execute();
}

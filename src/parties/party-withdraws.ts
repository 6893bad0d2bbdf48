import { addMonths } from '../calendar/day.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { applyTransition } from '../cases/apply-transition.ts';
import type { CaseActor } from '../cases/case-status.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { recordChange } from '../outbox/record-change.ts';
import { AFTER_NEWS } from '../followup/after-news.ts';
import { cancelPlannedSessions } from '../sessions/session-waits.ts';
import { endParty } from './end-party.ts';
import type { CaseParty } from './standing.ts';

type How = 'code' | 'phone' | 'oral' | 'written';

/**
 * The other party takes its agreement back: a right, at once, from any state, no reason (R30, T23). What it allowed is over; the mediation
 * goes on alone with the requester, who reads that it stops, without a reason; the mediator has five working days to say what follows.
 */
export async function partyWithdraws(
  tx: TownTx,
  policy: TownPolicy,
  theCase: LockedCase,
  party: Pick<CaseParty, 'id' | 'agreementId'>,
  how: { by: Extract<CaseActor, 'party' | 'mediator' | 'leader'>; way: How; personId?: string },
): Promise<void> {
  await takeBack(tx, party, how.way);
  await endParty(tx, party.id, 'withdrawn', addMonths(localDay(policy.calendar, tx.now), 1));
  await settleDeadlines(tx, theCase.id, ['agreement'], 'cancelled', { partyId: party.id });
  await settleDeadlines(tx, theCase.id, ['art14_notice'], 'cancelled', { partyId: party.id });
  const person = how.personId ? { personId: how.personId } : {};
  const stops = theCase.state === 'agreements' || theCase.state === 'mediation' || theCase.state === 'follow_up';
  if (stops) {
    await cancelPlannedSessions(tx, theCase.id);
    await settleDeadlines(
      tx,
      theCase.id,
      ['first_session', 'check_d10', 'check_m1', 'check_m3', ...AFTER_NEWS],
      'cancelled',
    );
    await applyTransition(tx, theCase, {
      name: 'T23',
      by: how.by,
      code: 'party_withdrew',
      data: { party: party.id, way: how.way },
      ...person,
    });
    // What goes on with the requester alone is written down too, from wherever it comes.
    await settleDeadlines(tx, theCase.id, ['no_note'], 'met');
    await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
  } else {
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'party_withdrew',
      actor: how.by === 'party' ? 'party' : 'staff',
      data: { party: party.id, way: how.way },
      ...person,
    });
  }
  await openDeadline(tx, policy, {
    caseId: theCase.id,
    kind: 'task_party_withdrew',
    announce: [
      { audience: 'mediator', template: 'party_withdrew' },
      ...(stops ? [{ audience: 'requester' as const, template: 'mediation_stopped' as const }] : []),
    ],
  });
}

async function takeBack(tx: TownTx, party: Pick<CaseParty, 'id' | 'agreementId'>, way: How): Promise<void> {
  if (!party.agreementId) return;
  await tx.db
    .updateTable('agreement')
    .set({ state: 'withdrawn', withdrawn_at: tx.now, withdrawn_how: way })
    .where('id', '=', party.agreementId)
    .where('state', 'in', ['yes', 'asked'])
    .execute();
  await tx.db
    .updateTable('agreement_item')
    .set({ withdrawn_at: tx.now })
    .where('party_id', '=', party.id)
    .where('withdrawn_at', 'is', null)
    .execute();
}

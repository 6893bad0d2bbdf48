import { addMonths } from '../calendar/day.ts';
import { localDay, workingDayOnOrBefore } from '../calendar/town-calendar.ts';
import type { StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import type { CaseParty } from './standing.ts';

/**
 * Somebody who had left takes part again: the contact is kept, the code still opens its page, and the month in which it must be told where its
 * data come from runs where it was not told yet (R77).
 * @throws DomainError contact_erased when its contact is gone: the person is written down anew, with a code of its own.
 */
export async function comeBack(
  tx: StaffTx,
  policy: TownPolicy,
  caseId: string,
  party: Pick<CaseParty, 'id' | 'informedAt'>,
): Promise<void> {
  const { erased_at: erasedAt } = await tx.db
    .selectFrom('party_identity')
    .select('erased_at')
    .where('party_id', '=', party.id)
    .executeTakeFirstOrThrow();
  if (erasedAt) throw new DomainError('contact_erased', { field: 'party' });
  await tx.db.updateTable('party').set({ ended_at: null, end_reason: null }).where('id', '=', party.id).execute();
  await tx.db.updateTable('party_identity').set({ erase_after: null }).where('party_id', '=', party.id).execute();
  await owesNotice(tx, policy, caseId, party);
}

/** The notice of art. 14 is owed to this party: one wait for it, unless it is told, exempted, or waited for already (R77). */
export async function owesNotice(
  tx: StaffTx,
  policy: TownPolicy,
  caseId: string,
  party: Pick<CaseParty, 'id' | 'informedAt'>,
): Promise<void> {
  if (party.informedAt) return;
  if (await openWait(tx, caseId, 'art14_notice', { partyId: party.id })) return;
  await openNotice(tx, policy, caseId, party.id);
}

/**
 * The month in which this party must be told where its data come from begins (R77). « Within one month » (GDPR art. 14): the law's last day is not
 * moved on by a closed office, so it is the last working day inside the month.
 */
export async function openNotice(tx: StaffTx, policy: TownPolicy, caseId: string, partyId: string): Promise<void> {
  const { calendar } = policy;
  const months = policy.ladder('art14_notice').target.n;
  const dueDay = workingDayOnOrBefore(calendar, addMonths(localDay(calendar, tx.now), months));
  await openDeadline(tx, policy, { caseId, kind: 'art14_notice', dueDay, partyId });
}

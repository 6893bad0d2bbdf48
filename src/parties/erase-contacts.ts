import { eraseAttachmentsOf } from '../attachments/erase-attachments.ts';
import { lockCase } from '../cases/lock-case.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { recordChange } from '../outbox/record-change.ts';
import { eraseRightsWords } from '../rights/erase-words.ts';
import { OPEN_RIGHTS } from '../rights/rights-status.ts';

/** A contact of a party that is gone: every column that says who they are, how to reach them, who spoke for them. */
export const NO_CONTACT = {
  name: null,
  phone: null,
  email: null,
  email_hash: null,
  has_email: false,
  postal_address: null,
  contact_hours: null,
  representative: null,
  legal_representative: null,
  spoken_language: null,
  contact_ways: [],
  precautions: [],
};

/**
 * Erases the contact of every party that left a month ago or more (spec §3.5): name, ways to reach it, language, whoever spoke for
 * it, its words, what it sent; its code opens
 * nothing any more, and nobody is told about data that are gone. What stays is that there was a party and how it ended. One line of proof on
 * each case. A party that has come back since the list was read keeps its contact. @returns how many contacts were erased.
 */
export async function eraseContacts(tx: WorkerTx, today: string): Promise<number> {
  const due = await tx.db
    .selectFrom('party_identity')
    .select(['party_id as partyId', 'case_id as caseId'])
    .where('erase_after', '<=', today)
    .where('erased_at', 'is', null)
    // Somebody who asks about these very data is answered first (R82).
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('rights_request')
            .select('id')
            .whereRef('rights_request.party_id', '=', 'party_identity.party_id')
            .where('state', 'in', OPEN_RIGHTS),
        ),
      ),
    )
    .orderBy('case_id')
    .orderBy('party_id')
    .execute();
  let erased = 0;
  for (const { partyId, caseId } of due) {
    await lockCase(tx, caseId);
    const { numUpdatedRows } = await tx.db
      .updateTable('party_identity')
      .set({ ...NO_CONTACT, erased_at: tx.now })
      .where('party_id', '=', partyId)
      .where('erase_after', '<=', today)
      .where('erased_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) continue;
    erased += 1;
    await tx.db
      .updateTable('agreement')
      .set({ representative: null, legal_representative: null, interpreter_ref: null })
      .where('party_id', '=', partyId)
      .execute();
    await tx.db
      .updateTable('agreement_item')
      .set({ said: null, purpose: null })
      .where('party_id', '=', partyId)
      .execute();
    await tx.db
      .updateTable('access')
      .set({ ended_at: tx.now })
      .where('party_id', '=', partyId)
      .where('ended_at', 'is', null)
      .execute();
    await eraseAttachmentsOf(tx, partyId);
    await eraseRightsWords(tx, partyId);
    await settleDeadlines(tx, caseId, ['art14_notice'], 'cancelled', { partyId });
    await recordChange(tx, {
      caseId,
      code: 'contact_erased',
      actor: 'service',
      data: { party: partyId },
    });
  }
  return erased;
}

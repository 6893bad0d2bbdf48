import { eraseAttachmentsOf } from '../attachments/erase-attachments.ts';
import type { StaffTx, WorkerTx } from '../db/transaction.ts';
import type { CaseParty } from '../parties/standing.ts';
import type { Erasable } from './rights-status.ts';

/**
 * Erases, now, what a person told us: the story, the messages to the team, written or recorded, photos and documents; and with anything that is
 * erased every copy that was made of their data. That there was a message stays in the journal, which holds no words.
 */
export async function eraseWords(
  tx: StaffTx,
  caseId: string,
  party: Pick<CaseParty, 'id' | 'side'>,
  erase: readonly Erasable[],
): Promise<void> {
  if (erase.length === 0) return;
  if (erase.includes('story')) await eraseStory(tx, caseId);
  if (erase.includes('messages') && party.side === 'requester')
    await tx.db
      .deleteFrom('case_message')
      .where('case_id', '=', caseId)
      .where('kind', 'in', ['answer', 'message'])
      .execute();
  if (erase.includes('messages') && party.side === 'other')
    await tx.db.deleteFrom('party_message').where('party_id', '=', party.id).where('from_team', '=', false).execute();
  if (erase.includes('messages')) await eraseAttachmentsOf(tx, party.id, ['voice']);
  if (erase.includes('files')) await eraseAttachmentsOf(tx, party.id, ['image', 'pdf']);
  await tx.db.updateTable('rights_request').set({ copy: null }).where('party_id', '=', party.id).execute();
}

/** What a person whose contact goes asked about its data, what was answered, the copy it was given: all of it names them. That they asked, and when, stays. */
export async function eraseRightsWords(tx: WorkerTx, partyId: string): Promise<void> {
  await tx.db
    .updateTable('rights_request')
    .set({ copy: null, about: null, answer: null, extension_reason: null })
    .where('party_id', '=', partyId)
    .execute();
}

/** The story, and what was written beside the questions of the form; its codes say nothing of one person and stay for the figures. */
async function eraseStory(tx: StaffTx, caseId: string): Promise<void> {
  await tx.db.updateTable('case_story').set({ story: null, place_text: null }).where('case_id', '=', caseId).execute();
  await tx.db
    .updateTable('case_situation')
    .set({ hopes_text: null, service_text: null, transport_line: null, transport_stop: null })
    .where('case_id', '=', caseId)
    .execute();
}

import type { CaseText } from '../cases/case-text.ts';
import type { StaffTx } from '../db/transaction.ts';
import { maskPassage } from '../privacy/masked-passage.ts';
import { openCopy, sealCopy } from './own-copy.query.ts';

/** Masks a passage in every copy of their data that people of this case were given and can still read (R79, R82). */
export async function maskCopies(tx: StaffTx, text: CaseText, caseId: string, passage: string): Promise<void> {
  const given = await tx.db
    .selectFrom('rights_request')
    .select(['id', 'copy'])
    .where('case_id', '=', caseId)
    .where('copy', 'is not', null)
    .execute();
  for (const { id, copy } of given) {
    const kept = openCopy(text, copy);
    if (kept === undefined) continue;
    const words = (says: string) => maskPassage(says, passage) ?? says;
    const masked = {
      ...kept,
      told: kept.told.map((line) => ({
        ...line,
        says: typeof line.says === 'string' ? words(line.says) : line.says.map(words),
      })),
      acts: kept.acts.map((act) => ('words' in act && act.words ? { ...act, words: words(act.words) } : act)),
    };
    await tx.db
      .updateTable('rights_request')
      .set({ copy: sealCopy(text, masked) })
      .where('id', '=', id)
      .execute();
  }
}

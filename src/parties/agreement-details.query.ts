import type { CaseText } from '../cases/case-text.ts';
import type { StaffTx } from '../db/transaction.ts';

/** How a party's answer was given (F3), in words opened for the team. */
export type AgreementDetails = {
  agreementId: string;
  /** The language of the exchange. */
  language: string | null;
  interpreterRef: string | undefined;
  explained: string[];
  representative: string | undefined;
  legalRepresentative: string | undefined;
  copyGiven: boolean;
};

/** Every answered agreement of a case. The caller has written the reading down. */
export async function agreementDetails(tx: StaffTx, text: CaseText, caseId: string): Promise<AgreementDetails[]> {
  const rows = await tx.db
    .selectFrom('agreement')
    .select(['id', 'language', 'explained', 'representative', 'interpreter_ref as interpreterRef'])
    .select(['legal_representative as legalRepresentative', 'copy_given as copyGiven'])
    .where('case_id', '=', caseId)
    .where('answered_at', 'is not', null)
    .execute();
  return rows.map(({ id, interpreterRef, representative, legalRepresentative, ...plain }) => ({
    ...plain,
    agreementId: id,
    interpreterRef: text.openOptional('agreement', 'interpreter_ref', interpreterRef),
    representative: text.openOptional('agreement', 'representative', representative),
    legalRepresentative: text.openOptional('agreement', 'legal_representative', legalRepresentative),
  }));
}

import type { CaseText } from '../cases/case-text.ts';
import type { PartyTx, PublicTx } from '../db/transaction.ts';
import type { AgreementItemName } from '../db/tables/party.ts';
import type { AgreementStanding } from './agreement-status.ts';
import { partiesOf } from './standing.ts';

/** A code holder's own agreement: whether it is asked, what was said, item by item. */
export type OwnAgreement = {
  side: 'requester' | 'other';
  standing: AgreementStanding;
  ended: boolean;
  agreementId: string | null;
  items: {
    ordinal: number;
    item: AgreementItemName;
    said: string | undefined;
    organisation: string | undefined;
    takenBack: boolean;
  }[];
};

/** Reads the holder's own agreement; row-level security leaves nobody else's in sight. */
export async function ownAgreement(
  tx: PublicTx | PartyTx,
  text: CaseText,
  caseId: string,
): Promise<OwnAgreement | undefined> {
  const [party] = await partiesOf(tx, caseId);
  if (!party) return undefined;
  const rows = party.agreementId
    ? await tx.db
        .selectFrom('agreement_item as i')
        .leftJoin('organisation as o', 'o.id', 'i.organisation_id')
        .select(['i.ordinal', 'i.item', 'i.said', 'i.withdrawn_at as withdrawnAt', 'o.name as organisation'])
        .where('i.agreement_id', '=', party.agreementId)
        .where('i.given', '=', true)
        .orderBy('i.ordinal')
        .execute()
    : [];
  return {
    side: party.side,
    standing: party.agreement,
    ended: party.ended,
    agreementId: party.agreementId,
    items: rows.map(({ ordinal, item, said, withdrawnAt, organisation }) => ({
      ordinal,
      item,
      said: text.openOptional('agreement_item', 'said', said),
      organisation: organisation ?? undefined,
      takenBack: withdrawnAt !== null,
    })),
  };
}

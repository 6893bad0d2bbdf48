import type { CaseText } from '../cases/case-text.ts';
import type { HolderTx } from '../db/transaction.ts';
import type { AgreementItemName } from '../db/tables/party.ts';
import { mayBeParty } from '../partners/request-status.ts';
import { type AgreementStanding, type Needs, needsOf } from './agreement-status.ts';
import { type CaseParty, partiesOf } from './standing.ts';
import { speaksThroughInterpreter } from './through-interpreter.query.ts';

/** A code holder's own agreement: whether it is asked, what was said, item by item, and what a yes needs. */
export type OwnAgreement = {
  side: 'requester' | 'other';
  standing: AgreementStanding;
  ended: boolean;
  agreementId: string | null;
  answeredAt: Date | null;
  needs: Needs;
  /** Organisations something may be shared with (F3, item 4). */
  mayShareWith: { id: string; name: string }[];
  items: {
    ordinal: number;
    item: AgreementItemName;
    said: string | undefined;
    purpose: string | undefined;
    organisation: string | undefined;
    takenBack: boolean;
  }[];
};

/** Reads the holder's own agreement; row-level security leaves nobody else's in sight. */
export async function ownAgreement(tx: HolderTx, text: CaseText, caseId: string): Promise<OwnAgreement | undefined> {
  const [party] = await partiesOf(tx, caseId);
  if (!party) return undefined;
  return {
    side: party.side,
    standing: party.agreement,
    ended: party.ended,
    agreementId: party.agreementId,
    answeredAt: party.answeredAt,
    needs: needsOf(party, await speaksThroughInterpreter(tx, caseId, party)),
    mayShareWith: party.agreement === 'asked' ? await mayShareWith(tx) : [],
    items: await itemsOf(tx, text, party),
  };
}

async function mayShareWith(tx: HolderTx): Promise<OwnAgreement['mayShareWith']> {
  const all = await tx.db
    .selectFrom('organisation')
    .select(['id', 'name', 'type'])
    .where('ended_at', 'is', null)
    .orderBy('name')
    .execute();
  return all.filter(({ type }) => mayBeParty(type)).map(({ id, name }) => ({ id, name }));
}

async function itemsOf(tx: HolderTx, text: CaseText, party: CaseParty): Promise<OwnAgreement['items']> {
  if (!party.agreementId) return [];
  const rows = await tx.db
    .selectFrom('agreement_item as i')
    .leftJoin('organisation as o', 'o.id', 'i.organisation_id')
    .select(['i.ordinal', 'i.item', 'i.said', 'i.purpose', 'i.withdrawn_at as withdrawnAt', 'o.name as organisation'])
    .where('i.agreement_id', '=', party.agreementId)
    .where('i.given', '=', true)
    .orderBy('i.ordinal')
    .execute();
  return rows.map(({ ordinal, item, said, purpose, withdrawnAt, organisation }) => ({
    ordinal,
    item,
    said: text.openOptional('agreement_item', 'said', said),
    purpose: text.openOptional('agreement_item', 'purpose', purpose),
    organisation: organisation ?? undefined,
    takenBack: withdrawnAt !== null,
  }));
}

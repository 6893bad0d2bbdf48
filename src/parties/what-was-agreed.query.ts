import { sql } from 'kysely';
import type { CaseText } from '../cases/case-text.ts';
import type { MediationResultTable, PartyKind } from '../db/tables/party.ts';
import type { HolderTx, StaffTx } from '../db/transaction.ts';

export type AgreedParty = {
  side: 'requester' | 'other';
  kind: PartyKind;
  /** Only where people met, or an institution answers for itself (decision 0016). */
  name: string | undefined;
  commitments: { what: string; byDay: string }[];
};
/** What a mediation came to, for the paper each side keeps. */
export type Agreed = {
  result: MediationResultTable['result'];
  at: Date;
  text: string | undefined;
  parties: AgreedParty[];
};

type Row = {
  partyId: string;
  side: 'requester' | 'other';
  kind: PartyKind;
  name: Buffer | null;
  what: Buffer | null;
  byDay: string | null;
};

/** The latest result of a case with the commitments of its own cycle; the same for whoever reads it. Nothing before there is one. */
export async function whatWasAgreed(
  tx: StaffTx | HolderTx,
  text: CaseText,
  caseId: string,
): Promise<Agreed | undefined> {
  const results = await sql<{ result: Agreed['result']; agreedText: Buffer | null; at: Date }>`
    select result, agreed_text as "agreedText", recorded_at as at from what_was_agreed(${caseId}::uuid)`.execute(tx.db);
  const [found] = results.rows;
  if (!found) return undefined;
  const rows = await sql<Row>`
    select party_id as "partyId", side, kind, name, what, by_day as "byDay" from who_agreed(${caseId}::uuid)`.execute(
    tx.db,
  );
  const parties = new Map<string, AgreedParty>();
  for (const row of rows.rows) {
    const party = parties.get(row.partyId) ?? {
      side: row.side,
      kind: row.kind,
      name: nameOf(text, row),
      commitments: [],
    };
    parties.set(row.partyId, party);
    if (row.what && row.byDay)
      party.commitments.push({ what: text.open('commitment', 'what', row.what), byDay: row.byDay });
  }
  return {
    result: found.result,
    at: found.at,
    text: text.openOptional('mediation_result', 'agreed_text', found.agreedText),
    parties: [...parties.values()],
  };
}

/** Whether there is something agreed to keep. Opens no text: a page asks this, only the paper reads what it says. */
export async function isAgreed(tx: HolderTx, caseId: string): Promise<boolean> {
  const found = await sql<{ agreed: boolean }>`
    select exists (select from what_was_agreed(${caseId}::uuid)) as agreed`.execute(tx.db);
  return found.rows[0]?.agreed ?? false;
}

function nameOf(text: CaseText, { side, name }: Row): string | undefined {
  return side === 'requester'
    ? text.openOptional('case_identity', 'first_name', name)
    : text.openOptional('party_identity', 'name', name);
}

import type { TownTx } from '../db/transaction.ts';
import type { AgreementItemTable, PartyKind } from '../db/tables/party.ts';
import { DomainError } from '../errors.ts';
import type { AgreementStanding, PartyStanding } from './agreement-status.ts';

/** How a party stands in its case: who it is, without its identity, and its latest agreement. */
export type CaseParty = PartyStanding & {
  kind: PartyKind;
  organisationId: string | null;
  interpreter: boolean;
  informedAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  agreementId: string | null;
  mode: 'written' | 'oral' | 'code' | null;
  answeredAt: Date | null;
  /** Items of the latest agreement that were given and not taken back. */
  given: AgreementItemTable['item'][];
};

/** Those for whom somebody speaks, by name and function: all but people, households and groups of them (R11). */
const INSTITUTIONS: readonly PartyKind[] = ['institution', 'business', 'transport', 'association'];

/** The institutions of « public ↔ institution » (R52), those question 6 of F7 calls a service; `pair_of_case` counts by the same two. */
export const PUBLIC_SERVICES: readonly PartyKind[] = ['institution', 'transport'];

/** The parties of a case in the order they came, as far as the acting role may see them: staff all, a guest the own one. */
export async function partiesOf(tx: TownTx, caseId: string): Promise<CaseParty[]> {
  const parties = await tx.db
    .selectFrom('party as p')
    .select(['p.id', 'p.side', 'p.kind', 'p.organisation_id as organisationId', 'p.minor', 'p.interpreter'])
    .select(['p.informed_at as informedAt', 'p.ended_at as endedAt', 'p.end_reason as endReason'])
    .where('p.case_id', '=', caseId)
    .orderBy('p.created_at')
    .orderBy('p.id')
    .execute();
  const agreements = await tx.db
    .selectFrom('agreement')
    .select(['id', 'party_id as partyId', 'state', 'mandate', 'mode', 'answered_at as answeredAt'])
    .select('legal_representative_agreed as legalRepresentativeAgreed')
    .distinctOn('party_id')
    .where('case_id', '=', caseId)
    .orderBy('party_id')
    .orderBy('asked_at', 'desc')
    .orderBy('answered_at', (order) => order.desc().nullsFirst())
    .execute();
  const items = await tx.db
    .selectFrom('agreement_item')
    .select(['agreement_id as agreementId', 'item'])
    .where('case_id', '=', caseId)
    .where('given', '=', true)
    .where('withdrawn_at', 'is', null)
    .execute();
  return parties.map((party) => {
    const agreement = agreements.find(({ partyId }) => partyId === party.id);
    const given = items.filter(({ agreementId }) => agreementId === agreement?.id).map(({ item }) => item);
    // A yes of which item 1 was ended, by the end of the case or of its cycle, is a yes no more.
    const over = agreement?.state === 'yes' && !given.includes('take_part');
    const standing: AgreementStanding = over ? 'withdrawn' : (agreement?.state ?? 'none');
    return {
      ...party,
      institution: INSTITUTIONS.includes(party.kind),
      ended: party.endedAt !== null,
      agreement: standing,
      agreementId: agreement?.id ?? null,
      takesPart: given.includes('take_part'),
      mandate: agreement?.mandate ?? false,
      legalRepresentativeAgreed: agreement?.legalRepresentativeAgreed ?? false,
      mode: agreement?.mode ?? null,
      answeredAt: agreement?.answeredAt ?? null,
      given,
    };
  });
}

/** The party that was chosen among those of a case. @throws DomainError unknown_choice when this case has no such party. */
export async function partyOf(
  { tx, theCase }: { tx: TownTx; theCase: { id: string } },
  partyId: string,
): Promise<CaseParty> {
  const party = (await partiesOf(tx, theCase.id)).find(({ id }) => id === partyId);
  if (!party) throw new DomainError('unknown_choice', { field: 'party' });
  return party;
}

import { sql } from 'kysely';
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
    .leftJoinLateral(
      (db) =>
        db
          .selectFrom('agreement')
          .select(['id', 'state', 'mandate', 'mode', 'answered_at', 'legal_representative_agreed'])
          .whereRef('party_id', '=', 'p.id')
          .orderBy('asked_at', 'desc')
          .orderBy('answered_at', (order) => order.desc().nullsFirst())
          .limit(1)
          .as('a'),
      (join) => join.onTrue(),
    )
    .select(['p.id', 'p.side', 'p.kind', 'p.organisation_id as organisationId', 'p.minor', 'p.interpreter'])
    .select(['p.informed_at as informedAt', 'p.ended_at as endedAt', 'p.end_reason as endReason'])
    .select(['a.id as agreementId', 'a.state', 'a.mandate', 'a.mode', 'a.answered_at as answeredAt'])
    .select('a.legal_representative_agreed as legalRepresentativeAgreed')
    .select(
      sql<CaseParty['given']>`array(select item from agreement_item i
        where i.agreement_id = a.id and i.given and i.withdrawn_at is null order by i.ordinal)`.as('given'),
    )
    .where('p.case_id', '=', caseId)
    .orderBy('p.created_at')
    .orderBy('p.id')
    .execute();
  return parties.map(({ state, ...party }) => {
    const takesPart = party.given.includes('take_part');
    // A yes of which item 1 was ended, by the end of the case or of its cycle, is a yes no more.
    const agreement: AgreementStanding = state === 'yes' && !takesPart ? 'withdrawn' : (state ?? 'none');
    return {
      ...party,
      institution: INSTITUTIONS.includes(party.kind),
      ended: party.endedAt !== null,
      agreement,
      takesPart,
      mandate: party.mandate ?? false,
      legalRepresentativeAgreed: party.legalRepresentativeAgreed ?? false,
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

import type { CaseText } from '../cases/case-text.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { IfAny } from '../cases/tables-of-case.query.ts';
import { type AgreementDetails, agreementDetails } from './agreement-details.query.ts';
import { type ContactAttempt, contactAttempts } from './contact-attempts.query.ts';
import { type CaseParty, partiesOf } from './standing.ts';

/** A party as the team reads it: name and ways to reach it opened, what it agreed to in words. */
export type PartyView = CaseParty & {
  name: string | undefined;
  /** Its contact is gone (§3.5). */
  erased: boolean;
  phone: string | undefined;
  email: string | undefined;
  postalAddress: string | undefined;
  contactHours: string | undefined;
  representative: string | undefined;
  legalRepresentative: string | undefined;
  spokenLanguage: string | null;
  ways: string[];
  precautions: string[];
  maySay: string | undefined;
  shares: PartyShare[];
  /** How the latest answer was given; nothing before there is one. */
  details: AgreementDetails | undefined;
  /** Told by which way, or left uninformed by the leader, and why (GDPR art. 14, R77). */
  informedHow: 'letter' | 'oral' | 'email' | 'exempted' | null;
  exemptionReason: string | undefined;
  attempts: ContactAttempt[];
};
/** R103: what, to whom, for what, and how it was allowed when it came later than the agreement. */
export type PartyShare = {
  organisation: string;
  what: string | undefined;
  purpose: string | undefined;
  addedAt: Date | null;
  mode: 'written' | 'oral' | 'code' | null;
};

/**
 * The parties of a case with their identity, for the pair of mediators and the leader (spec §3.3). The caller has written the reading down.
 * @param ifAny what the caller knows of the tables that hold something; all are asked without it.
 */
export async function partyViews(
  tx: StaffTx,
  text: CaseText,
  caseId: string,
  ifAny: IfAny = async (_tables, read) => read(),
): Promise<PartyView[]> {
  const parties = await partiesOf(tx, caseId);
  const identities = await tx.db
    .selectFrom('party as p')
    .leftJoin('party_identity as i', 'i.party_id', 'p.id')
    .selectAll('i')
    .select(['p.id', 'p.informed_how as informedHow', 'p.exemption_reason as exemptionReason'])
    .where('p.case_id', '=', caseId)
    .execute();
  const items = await ifAny('agreement_item', () =>
    tx.db
      .selectFrom('agreement_item as i')
      .leftJoin('organisation as o', 'o.id', 'i.organisation_id')
      .select(['i.agreement_id as agreementId', 'i.item', 'i.said', 'i.purpose', 'o.name as organisation'])
      .select(['i.added_at as addedAt', 'i.mode'])
      .where('i.case_id', '=', caseId)
      .where('i.given', '=', true)
      .where('i.withdrawn_at', 'is', null)
      .orderBy('i.ordinal')
      .execute(),
  );
  const details = await ifAny('agreement', () => agreementDetails(tx, text, caseId));
  const attempts = await ifAny('contact_attempt', () => contactAttempts(tx, text, caseId));
  return parties.map((party) => {
    const row = identities.find(({ id }) => id === party.id);
    const opened = (column: string, sealed: Buffer | null | undefined) =>
      text.openOptional('party_identity', column, sealed ?? null);
    const own = items.filter(({ agreementId }) => agreementId === party.agreementId);
    const words = (column: string, sealed: Buffer | null) => text.openOptional('agreement_item', column, sealed);
    return {
      ...party,
      erased: row?.erased_at !== null && row?.erased_at !== undefined,
      name: opened('name', row?.name),
      phone: opened('phone', row?.phone),
      email: opened('email', row?.email),
      postalAddress: opened('postal_address', row?.postal_address),
      contactHours: opened('contact_hours', row?.contact_hours),
      representative: opened('representative', row?.representative),
      legalRepresentative: opened('legal_representative', row?.legal_representative),
      spokenLanguage: row?.spoken_language ?? null,
      ways: row?.contact_ways ?? [],
      precautions: row?.precautions ?? [],
      maySay: own.map(({ item, said }) => (item === 'may_say' ? words('said', said) : undefined)).find(Boolean),
      shares: own
        .filter(({ item }) => item === 'share')
        .map(({ organisation, said, purpose, addedAt, mode }) => ({
          organisation: organisation ?? '',
          what: words('said', said),
          purpose: words('purpose', purpose),
          addedAt,
          mode,
        })),
      details: details.find(({ agreementId }) => agreementId === party.agreementId),
      informedHow: row?.informedHow ?? null,
      exemptionReason: text.openOptional('party', 'exemption_reason', row?.exemptionReason ?? null),
      attempts: attempts.filter(({ partyId }) => partyId === (party.side === 'requester' ? null : party.id)),
    };
  });
}

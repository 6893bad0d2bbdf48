import type { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import type { AgreementItemName, AgreementItemTable } from '../db/tables/party.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { requireOrganisation } from '../partners/require-organisation.ts';
import { mayBecome, needsOf } from './agreement-status.ts';
import type { CaseParty } from './standing.ts';

/** Item 4 of F3, repeatable: what may be shared, with whom, for what. */
export type Share = { organisationId: string; what: string; purpose: string };

/** What a party said (F3): each of the five items by itself. */
export type AgreementAnswer = {
  takePart: boolean;
  contactOther: boolean;
  /** Item 3: what the mediator may say of my part; nothing may be said where it is left out. */
  maySay?: string;
  shares?: readonly Share[];
  /** What was shared before is allowed again with this yes; otherwise it is over. */
  keepShares?: boolean;
  recontact: boolean;
  language: string;
  /** Name or number; needed for whoever speaks through an interpreter, and in every language but French, whose text a person has checked (R101). */
  interpreterRef?: string;
  explained: readonly string[];
  mandate?: boolean;
  /** Who answers for an institution: name and function. */
  representative?: string;
  legalRepresentativeAgreed?: boolean;
  /** The name of a minor's representative. */
  legalRepresentative?: string;
};

/** What has to have been explained before anybody agrees (F3 `explications_données`). */
export const EXPLANATIONS = ['role', 'free', 'freedom', 'secrecy', 'stop', 'data'] as const;

export type Recorded =
  | { mode: 'written' | 'oral'; recordedBy: string; copyGiven: boolean }
  | { mode: 'code'; recordedBy?: undefined; copyGiven?: undefined };

/**
 * Writes a party's answer: onto the open question where one waits, else as a new row; what was said before stays as it was, and is over
 * item by item: only what is allowed now stands (F3, R29).
 * @throws DomainError not_allowed_now; unknown_choice with the field that a yes still needs: what was explained, who speaks for an institution
 * (R11) or a minor (R81), the interpreter (R101).
 */
export async function writeAnswer(
  tx: TownTx,
  theCase: LockedCase,
  text: CaseText,
  party: CaseParty,
  answer: AgreementAnswer,
  how: Recorded,
): Promise<void> {
  if (!mayBecome(party.agreement, answer.takePart ? 'yes' : 'no')) throw new DomainError('not_allowed_now');
  const lacking = answer.takePart ? lackingOf(party, answer) : undefined;
  if (lacking) throw new DomainError('unknown_choice', { field: lacking });
  const shares = answer.takePart ? (answer.shares ?? []) : [];
  for (const { organisationId } of shares) await requireOrganisation(tx, organisationId, 'shareWith');
  const said = {
    state: answer.takePart ? ('yes' as const) : ('no' as const),
    mode: how.mode,
    language: answer.language,
    interpreter_ref: answer.interpreterRef ? text.seal('agreement', 'interpreter_ref', answer.interpreterRef) : null,
    explained: [...answer.explained],
    mandate: answer.mandate ?? false,
    representative: answer.representative ? text.seal('agreement', 'representative', answer.representative) : null,
    legal_representative: answer.legalRepresentative
      ? text.seal('agreement', 'legal_representative', answer.legalRepresentative)
      : null,
    legal_representative_agreed: answer.legalRepresentativeAgreed ?? false,
    copy_given: how.copyGiven ?? false,
    recorded_by: how.recordedBy ?? null,
    answered_at: tx.now,
  };
  const agreementId = party.agreement === 'asked' && party.agreementId ? party.agreementId : crypto.randomUUID();
  if (agreementId === party.agreementId) {
    await tx.db.updateTable('agreement').set(said).where('id', '=', agreementId).execute();
  } else {
    const row = { id: agreementId, party_id: party.id, case_id: theCase.id, town_id: tx.actor.townId };
    await tx.db
      .insertInto('agreement')
      .values({ ...row, cycle: theCase.cycle, asked_at: tx.now, ...said })
      .execute();
  }
  const before = await withdrawItems(tx, party.id);
  await writeItems(tx, theCase, text, party, agreementId, answer, answer.keepShares ? before : []);
  // R103: what, to whom, when; the words stand sealed on the item itself.
  for (const { organisationId } of shares)
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'share_allowed',
      actor: how.recordedBy ? 'staff' : party.side === 'other' ? 'party' : 'requester',
      ...(how.recordedBy ? { personId: how.recordedBy } : {}),
      data: { party: party.id, organisation: organisationId, mode: how.mode },
    });
}

/** The first field that a yes needs and does not have. */
function lackingOf(party: CaseParty, answer: AgreementAnswer): string | undefined {
  const needs = needsOf(party, party.interpreter || answer.language !== 'fr');
  if (EXPLANATIONS.some((what) => !answer.explained.includes(what))) return 'explained';
  if (needs.interpreter && !answer.interpreterRef) return 'interpreterRef';
  if (needs.mandate && !answer.mandate) return 'mandate';
  if (needs.mandate && !answer.representative) return 'representative';
  if (needs.legalRepresentative && !answer.legalRepresentativeAgreed) return 'legalRepresentative';
  if (needs.legalRepresentative && !answer.legalRepresentative) return 'legalRepresentativeName';
  return undefined;
}

/** Ends all that a party allowed so far. @returns what stood until now. */
export async function withdrawItems(tx: TownTx, partyId: string): Promise<Standing[]> {
  return tx.db
    .updateTable('agreement_item')
    .set({ withdrawn_at: tx.now })
    .where('party_id', '=', partyId)
    .where('withdrawn_at', 'is', null)
    .returning(['item', 'given', 'said', 'organisation_id', 'purpose'])
    .execute();
}

type Standing = Pick<AgreementItemTable, 'item' | 'given' | 'said' | 'organisation_id' | 'purpose'>;

async function writeItems(
  tx: TownTx,
  theCase: LockedCase,
  text: CaseText,
  party: CaseParty,
  agreementId: string,
  answer: AgreementAnswer,
  before: readonly Standing[],
): Promise<void> {
  const yes = answer.takePart;
  const single: [AgreementItemName, boolean, string | undefined][] = [
    ['take_part', yes, undefined],
    ['contact_other', yes && answer.contactOther, undefined],
    ['may_say', yes && answer.maySay !== undefined && answer.maySay !== '', answer.maySay],
    ['recontact', answer.recontact, undefined],
  ];
  const items: Standing[] = [
    ...single.map(([item, given, said]) => ({ ...NOTHING_SAID, item, given, said: sealed('said', given && said) })),
    ...(yes ? (answer.shares ?? []) : []).map((share) => ({
      item: 'share' as const,
      given: true,
      said: sealed('said', share.what),
      organisation_id: share.organisationId,
      purpose: sealed('purpose', share.purpose),
    })),
    ...(yes ? before : []).filter(({ item, given }) => item === 'share' && given),
  ];
  await tx.db
    .insertInto('agreement_item')
    .values(
      items.map((item, index) => ({
        agreement_id: agreementId,
        ordinal: index + 1,
        party_id: party.id,
        case_id: theCase.id,
        town_id: tx.actor.townId,
        ...item,
      })),
    )
    .execute();
  function sealed(column: string, words: string | false | undefined): Buffer | null {
    return words ? text.seal('agreement_item', column, words) : null;
  }
}

const NOTHING_SAID = { organisation_id: null, purpose: null } as const;

import type { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import type { AgreementItemName, AgreementItemTable } from '../db/tables/party.ts';
import { DomainError } from '../errors.ts';
import { mayBecome } from './agreement-status.ts';
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
  /** Name or number of the interpreter; needed unless the language is French, the one whose text a person has checked (R101). */
  interpreterRef?: string;
  explained: readonly string[];
  mandate?: boolean;
  legalRepresentativeAgreed?: boolean;
};

/** What has to have been explained before anybody agrees (F3 `explications_données`). */
export const EXPLANATIONS = ['role', 'free', 'freedom', 'secrecy', 'stop', 'data'] as const;

export type Recorded =
  | { mode: 'written' | 'oral'; recordedBy: string; copyGiven: boolean }
  | { mode: 'code'; recordedBy?: undefined; copyGiven?: undefined };

/**
 * Writes a party's answer: onto the open question where one waits, else as a new row; what was said before stays as it was, and is over
 * item by item: only what is allowed now stands (F3, R29).
 * @throws DomainError not_allowed_now; reason_needed fields: `explained` when something was not explained, `interpreter` (R101).
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
  if (answer.takePart && EXPLANATIONS.some((what) => !answer.explained.includes(what)))
    throw new DomainError('unknown_choice', { field: 'explained' });
  if (answer.takePart && answer.language !== 'fr' && !answer.interpreterRef)
    throw new DomainError('unknown_choice', { field: 'interpreterRef' });
  const said = {
    state: answer.takePart ? ('yes' as const) : ('no' as const),
    mode: how.mode,
    language: answer.language,
    interpreter_ref: answer.interpreterRef ? text.seal('agreement', 'interpreter_ref', answer.interpreterRef) : null,
    explained: [...answer.explained],
    mandate: answer.mandate ?? false,
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

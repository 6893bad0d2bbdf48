import type { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { TownTx } from '../db/transaction.ts';
import type { AgreementItemName } from '../db/tables/party.ts';
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
 * Writes a party's answer: onto the open question where one waits, else as a new row; what was said before stays as it was (F3, R29).
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
  await writeItems(tx, theCase, text, party, agreementId, answer);
}

async function writeItems(
  tx: TownTx,
  theCase: LockedCase,
  text: CaseText,
  party: CaseParty,
  agreementId: string,
  answer: AgreementAnswer,
): Promise<void> {
  const yes = answer.takePart;
  const single: [AgreementItemName, boolean, string | undefined][] = [
    ['take_part', yes, undefined],
    ['contact_other', yes && answer.contactOther, undefined],
    ['may_say', yes && answer.maySay !== undefined && answer.maySay !== '', answer.maySay],
    ['recontact', answer.recontact, undefined],
  ];
  const items = [
    ...single.map(([item, given, said]) => ({ item, given, said, organisationId: null, purpose: undefined })),
    ...(yes ? (answer.shares ?? []) : []).map((share) => ({
      item: 'share' as const,
      given: true,
      said: share.what,
      organisationId: share.organisationId,
      purpose: share.purpose,
    })),
  ];
  await tx.db
    .insertInto('agreement_item')
    .values(
      items.map(({ item, given, said, organisationId, purpose }, index) => ({
        agreement_id: agreementId,
        ordinal: index + 1,
        party_id: party.id,
        case_id: theCase.id,
        town_id: tx.actor.townId,
        item,
        given,
        said: given && said ? text.seal('agreement_item', 'said', said) : null,
        organisation_id: organisationId,
        purpose: purpose ? text.seal('agreement_item', 'purpose', purpose) : null,
      })),
    )
    .execute();
}

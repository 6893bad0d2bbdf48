import type { Generated } from 'kysely';
import type { ContactAttemptTable, ContactWay, Precaution, Relation } from './case.ts';

export type PartyKind = 'person' | 'household' | 'group' | 'institution' | 'business' | 'transport' | 'association';
export type AgreementState = 'asked' | 'yes' | 'no' | 'no_answer' | 'withdrawn';
export type AgreementItemName = 'take_part' | 'contact_other' | 'may_say' | 'share' | 'recontact';
export type CheckKind = 'd10' | 'm1' | 'm3';

export type PartyTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  side: 'requester' | 'other';
  kind: PartyKind;
  organisation_id: Generated<string | null>;
  minor: Generated<boolean>;
  interpreter: Generated<boolean>;
  /** In which language this party reads us; French until it has opened its own space in another. */
  ui_language: Generated<string | null>;
  created_at: Date;
  informed_at: Generated<Date | null>;
  informed_how: Generated<'letter' | 'oral' | 'email' | 'exempted' | null>;
  exemption_reason: Generated<Buffer | null>;
  ended_at: Generated<Date | null>;
  end_reason: Generated<'refused' | 'no_answer' | 'withdrawn' | 'left' | null>;
};
export type PartyIdentityTable = {
  party_id: string;
  case_id: string;
  town_id: string;
  name: Buffer | null;
  phone: Buffer | null;
  email: Buffer | null;
  postal_address: Buffer | null;
  contact_hours: Buffer | null;
  representative: Buffer | null;
  legal_representative: Buffer | null;
  spoken_language: string | null;
  contact_ways: Generated<ContactWay[]>;
  precautions: Generated<Precaution[]>;
  has_email: Generated<boolean>;
  /** For an exact match with what somebody typed who lost the code. */
  email_hash: Generated<Buffer | null>;
  erase_after: Generated<string | null>;
  erased_at: Generated<Date | null>;
};
export type PartyMessageTable = {
  id: Generated<string>;
  party_id: string;
  case_id: string;
  town_id: string;
  from_team: boolean;
  author_id: string | null;
  body: Buffer;
  /** The recording it came with, or was. */
  voice_id: Generated<string | null>;
  at: Date;
};
export type AgreementTable = {
  id: Generated<string>;
  party_id: string;
  case_id: string;
  town_id: string;
  cycle: number;
  state: AgreementState;
  asked_at: Date;
  mode: Generated<'written' | 'oral' | 'code' | null>;
  language: Generated<string | null>;
  interpreter_ref: Generated<Buffer | null>;
  /** Who answered for an institution, by name and function. */
  representative: Generated<Buffer | null>;
  /** Who agreed for a minor. */
  legal_representative: Generated<Buffer | null>;
  explained: Generated<string[]>;
  mandate: Generated<boolean>;
  legal_representative_agreed: Generated<boolean>;
  copy_given: Generated<boolean>;
  recorded_by: Generated<string | null>;
  answered_at: Generated<Date | null>;
  withdrawn_at: Generated<Date | null>;
  withdrawn_how: Generated<'code' | 'phone' | 'oral' | 'written' | null>;
};
export type AgreementItemTable = {
  agreement_id: string;
  ordinal: number;
  party_id: string;
  case_id: string;
  town_id: string;
  item: AgreementItemName;
  given: boolean;
  said: Buffer | null;
  organisation_id: string | null;
  purpose: Buffer | null;
  withdrawn_at: Generated<Date | null>;
  /** For what was allowed after the agreement itself. */
  added_at: Generated<Date | null>;
  /** How a share was allowed; with the agreement where left out. */
  mode: Generated<'written' | 'oral' | 'code' | null>;
};
export type RelationMarkTable = {
  id: Generated<string>;
  party_id: string;
  case_id: string;
  town_id: string;
  cycle: number;
  stage: 'start' | CheckKind | 'closing';
  relation: Relation | null;
  score: number | null;
  at: Date;
};
export type MediationResultTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  cycle: number;
  result: 'ACCORD_ECRIT' | 'ACCORD_ORAL' | 'APAISE' | 'DIALOGUE_REPRIS' | 'ACCORD_PARTIEL';
  agreed_text: Buffer | null;
  recorded_by: string;
  recorded_at: Date;
};
export type CommitmentTable = {
  id: Generated<string>;
  party_id: string;
  case_id: string;
  town_id: string;
  cycle: number;
  session_id: string | null;
  note_id: string | null;
  what: Buffer;
  by_day: string;
  recorded_by: string;
  recorded_at: Date;
};
export type FollowUpCheckTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  cycle: number;
  kind: CheckKind;
  party_id: string | null;
  way: ContactAttemptTable['way'];
  reached: boolean;
  kept: 'all' | 'some' | 'none' | 'unknown' | null;
  situation: 'settled' | 'better' | 'same' | 'worse' | null;
  relation_score: number | null;
  tension: number | null;
  new_need: Buffer | null;
  then_what: 'go_on' | 'resume_mediation' | 'close' | 'orient';
  /** The local day the news was taken; `at` is when it was written down. */
  on_day: string;
  /** Not reached, and not tried any more. */
  gave_up: boolean;
  recorded_by: string;
  at: Date;
};
export type SuspensionTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  cycle: number;
  reason: 'works' | 'season' | 'away' | 'illness' | 'other_step' | 'other';
  from_at: Date;
  until_day: string;
  decided_by: string;
  ended_at: Date | null;
};

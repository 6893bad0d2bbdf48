import type { Generated } from 'kysely';
import type { CaseState } from '../../cases/case-status.ts';

export type Need = 'person' | 'group' | 'service' | 'link';
export type Relation = 'never_spoke' | 'used_to_speak' | 'still_speak' | 'avoid';
export type Channel = 'web' | 'phone' | 'desk' | 'paper' | 'street' | 'partner' | 'qr';
/** How it was noticed (R36). */
export type CaseOrigin =
  'habitant' | 'tournee' | 'permanence' | 'partenaire' | 'reunion_go' | 'telephone' | 'elu_mairie';
/** What a mediation is for, in the verbs of the plan (R7). */
export type Nature =
  'create_tie' | 'repair_tie' | 'prevent_conflict' | 'settle_conflict' | 'establish_relation' | 'restore_relation';
export type CaseDomain = 'transports' | 'espace_public' | 'social' | 'culturel';
export type Complexity = 'simple' | 'standard' | 'complex' | 'collective';
export type ContactWay = 'phone' | 'email' | 'post' | 'trusted_person' | 'desk';
export type Precaution = 'no_voicemail' | 'do_not_write' | 'only_hours';

export type MediationCaseTable = {
  id: string;
  town_id: string;
  number: string;
  cycle: Generated<number>;
  state: CaseState;
  state_since: Date;
  former_state: CaseState | null;
  outcome: string | null;
  danger: Generated<boolean>;
  /** Somebody of the family or the partner is feared (spec §3.6). */
  family_danger: Generated<boolean>;
  /** The other side said it: whoever made the request is the one who is feared. */
  requester_feared: Generated<boolean>;
  waiting_for_partner: Generated<boolean>;
  suspended: Generated<boolean>;
  minor: Generated<boolean>;
  interpreter: Generated<boolean>;
  /** Filled as no person fills a form (B-38). */
  doubtful: Generated<boolean>;
  need: Need;
  categories: string[];
  domain: CaseDomain | null;
  complexity: Complexity | null;
  tension: number | null;
  quarter_code: string | null;
  place_type: string | null;
  place_id: Generated<string | null>;
  relation: Relation | null;
  channel: Channel;
  origin: CaseOrigin;
  ui_language: string;
  team_id: string | null;
  lead_id: string | null;
  second_id: string | null;
  preventive: Generated<boolean>;
  natures: Generated<Nature[]>;
  merged_into: Generated<string | null>;
  /** When the person was first spoken with: such a case may come back for six months (T29). */
  reached_at: Generated<Date | null>;
  received_at: Date;
  closed_at: Date | null;
  /** Which flood on its place it came with. */
  flood_id: Generated<string | null>;
  nonce_hash: Buffer | null;
  kid: string;
  wrapped_key: Buffer;
};
export type CaseIdentityTable = {
  case_id: string;
  town_id: string;
  first_name: Buffer;
  phone: Buffer | null;
  email: Buffer | null;
  postal_address: Buffer | null;
  trusted_person: Buffer | null;
  contact_hours: Buffer | null;
  phone_hash: Buffer | null;
  email_hash: Buffer | null;
  contact_ways: ContactWay[];
  precautions: Precaution[];
  spoken_language: string | null;
  age_group: 'adult' | 'minor';
  accept_evaluation: boolean;
};
export type CaseStoryTable = { case_id: string; town_id: string; story: Buffer | null; place_text: Buffer | null };
export type CaseSituationTable = {
  case_id: string;
  town_id: string;
  since: 'not_yet' | 'days' | 'weeks' | 'months' | 'years' | null;
  frequency: 'once' | 'sometimes' | 'each_week' | 'each_day' | null;
  moments: string[];
  done_before: string[];
  hopes: string[];
  hopes_text: Buffer | null;
  /** Whether there is one in court, and nothing about it (R80). */
  procedure: 'yes' | 'no' | 'unknown' | null;
  access_needs: string[];
  difficulties: string[];
  organisation_id: string | null;
  service_text: Buffer | null;
  transport_line: Buffer | null;
  transport_stop: Buffer | null;
};
export type CaseMessageTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  kind: 'question' | 'answer' | 'message' | 'team_message';
  author_id: string | null;
  body: Buffer;
  /** The recording it came with, or was. */
  voice_id: Generated<string | null>;
  at: Date;
};
export type ContactAttemptTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  person_id: string;
  /** The party one tried to reach; none for the requester. */
  party_id: Generated<string | null>;
  cycle: Generated<number>;
  way: 'phone' | 'visit' | 'desk' | 'letter' | 'email' | 'trusted_person';
  reached: boolean;
  note: Buffer | null;
  at: Date;
};
export type AssignmentTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  mediator_id: string;
  second_id: string | null;
  proposed_by: string;
  override_reason: Buffer | null;
  proposed_at: Date;
  answer: 'accepted' | 'declined' | 'no_answer' | 'ended' | null;
  answer_reason: string | null;
  answered_at: Date | null;
};
export type RedirectionTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  motive: string;
  target: Buffer;
  decided_by: string;
  decided_at: Date;
};
export type ClosingProposalTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  outcome: string;
  reason: Buffer;
  /** Where else the person is sent (T33); none where the outcome sends nobody anywhere. */
  target: Generated<Buffer | null>;
  proposed_by: string;
  proposed_at: Date;
  answer: 'validated' | 'returned' | 'void' | null;
  answered_by: string | null;
  answered_at: Date | null;
  tension: Generated<number | null>;
};
export type CaseCorrectionTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  from_state: CaseState;
  to_state: CaseState;
  reason: Buffer;
  corrected_by: string;
  corrected_at: Date;
};
export type VisitDecisionTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  allowed: boolean;
  reason: Buffer;
  decided_by: string;
  decided_at: Date;
};
export type DangerDecisionTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  decision: 'report' | 'orient' | 'no_action' | 'family_off';
  legal_ground: 'none' | 'CP_223_6' | 'CP_434_1' | 'CP_434_3' | 'CPP_40' | 'CASF_L226_2_1';
  reason: Buffer;
  decided_by: string;
  decided_at: Date;
};

import type { Generated } from 'kysely';

export type Urgency = 'urgent' | 'standard' | 'works';
export type PartnerReply = 'in_hand' | 'done' | 'answered' | 'not_competent' | 'unable' | 'needs_info';
export type PartnerRequestState = 'sent' | 'acknowledged' | PartnerReply | 'cancelled';

export type PartnerRequestTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  organisation_id: string;
  asked_by: string;
  urgency: Urgency;
  question: Buffer;
  state: Generated<PartnerRequestState>;
  sent_at: Date;
  due_day: string;
  acknowledged_at: Generated<Date | null>;
  answered_at: Generated<Date | null>;
  ended_at: Generated<Date | null>;
  /** Since when it stands on the agenda without an answer: it holds nobody any more. */
  silent_since: Generated<Date | null>;
};
export type PartnerInformationTable = {
  id: Generated<string>;
  request_id: string;
  case_id: string;
  town_id: string;
  person_id: string;
  said: Buffer;
  at: Date;
};
export type PartnerAnswerTable = {
  id: Generated<string>;
  request_id: string;
  case_id: string;
  town_id: string;
  reply: PartnerReply;
  action_on: string | null;
  comment: Buffer | null;
  refer_to: Buffer | null;
  will_take_part: boolean | null;
  follow_up_contact: Buffer | null;
  contact_id: string | null;
  person_id: string | null;
  at: Date;
};
export type ReferralLevel = 'named' | 'place' | 'organisation';
export type PartnerReferralTable = {
  case_id: string;
  town_id: string;
  organisation_id: string;
  contact_id: string | null;
  level: ReferralLevel;
  agreed_on: string | null;
  agent_role: Buffer;
  agent_phone: Buffer;
  done_before: string[];
  done_on: string | null;
  expected: string[];
  offered: string[];
  urgent: boolean;
  urgency_reason: Buffer | null;
  visit_risks: string[];
  will_take_part: boolean;
  referred_at: Date;
};
export type PartnerPointerTable = { id: Generated<string>; town_id: string; request_id: string; contact_id: string };
export type PartnerAccessTable = {
  id: Generated<string>;
  town_id: string;
  contact_id: string;
  purpose: 'mail_code' | 'session';
  token_hash: Buffer;
  browser_hash: Buffer | null;
  tries: Generated<number>;
  created_at: Generated<Date>;
  expires_at: Date;
  used_at: Date | null;
  ended_at: Date | null;
};
export type ContactAbsenceTable = {
  id: Generated<string>;
  town_id: string;
  contact_id: string;
  from_day: string;
  to_day: string;
};
export type GoItemTable = {
  id: Generated<string>;
  town_id: string;
  kind: 'late_request';
  organisation_id: string | null;
  request_id: string | null;
  since: Date;
  settled_at: Date | null;
};

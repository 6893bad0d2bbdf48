import type { Generated } from 'kysely';

export type MailState = 'queued' | 'sending' | 'accepted' | 'refused' | 'unknown' | 'cancelled';
export type MailTable = {
  id: Generated<string>;
  town_id: string;
  case_id: string | null;
  person_id: string | null;
  party_id: Generated<string | null>;
  contact_id: Generated<string | null>;
  /** What it speaks of inside the case: a session, a request to a partner, a questionnaire. */
  subject_id: Generated<string | null>;
  template: string;
  reminder_day: string | null;
  dedupe_key: string;
  message_id: string;
  state: Generated<MailState>;
  not_before: Date;
  next_attempt_at: Generated<Date>;
  lease_until: Date | null;
  attempts: Generated<number>;
  /** Real time of the first try. */
  tried_since: Generated<Date | null>;
  reply_code: number | null;
  accepted_at: Date | null;
  created_at: Generated<Date>;
};
export type MailItemTable = {
  id: Generated<string>;
  mail_id: string;
  town_id: string;
  case_id: string | null;
  subject_id: Generated<string | null>;
  step_id: string | null;
  template: string;
  due_day: string | null;
  created_at: Date;
};

import type { Generated } from 'kysely';

export type AccessTable = {
  id: Generated<string>;
  town_id: string;
  case_id: string;
  party_id: Generated<string | null>;
  purpose:
    | 'case_code'
    | 'mail_code'
    | 'follow_session'
    | 'replace_permit'
    | 'party_code'
    | 'party_session'
    | 'party_mail_code'
    | 'party_permit';
  token_hash: Buffer;
  browser_hash: Buffer | null;
  derived: Generated<boolean>;
  tries: Generated<number>;
  created_at: Generated<Date>;
  expires_at: Date | null;
  used_at: Date | null;
  ended_at: Date | null;
};

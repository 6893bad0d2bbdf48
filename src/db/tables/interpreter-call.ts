import type { Generated } from 'kysely';

/** A call with an interpreter that somebody asked for before any request: no case, no number, no code. */
export type InterpreterCallTable = {
  id: string;
  town_id: string;
  language: string;
  moment: 'any' | 'morning' | 'afternoon';
  phone: Buffer | null;
  first_name: Buffer | null;
  doubtful: Generated<boolean>;
  asked_at: Date;
  due_day: string;
  due_at: Date;
  outcome: Generated<'reached' | 'not_reached' | null>;
  settled_by: Generated<string | null>;
  settled_at: Generated<Date | null>;
  nonce_hash: Buffer | null;
  kid: string;
  wrapped_key: Buffer | null;
};

import type { Generated } from 'kysely';

export type AccountEventCode =
  'invited' | 'signed_in' | 'second_factor_on' | 'second_factor_reset' | 'access_ended' | 'access_restored';

/** What happened to the accesses of people at work; real time. `by_person_id` is null for the operator's command line. */
export type AccountEventTable = {
  id: Generated<string>;
  town_id: string;
  recorded_at: Generated<Date>;
  person_id: string;
  by_person_id: string | null;
  code: AccountEventCode;
};

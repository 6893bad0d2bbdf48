import type { Generated } from 'kysely';
import type { CaseDomain, Channel } from './case.ts';

/** A place pointed out by somebody who gives no name (spec §3.7): no request, no number, no code. */
export type FieldObservationTable = {
  id: string;
  town_id: string;
  quarter_code: string | null;
  place_id: string | null;
  place_type: string | null;
  categories: string[];
  domain: CaseDomain;
  channel: Channel;
  danger: boolean;
  doubtful: boolean;
  team_id: string | null;
  note: Buffer | null;
  place_text: Buffer | null;
  transport_line: Buffer | null;
  transport_stop: Buffer | null;
  nonce_hash: Buffer | null;
  kid: string;
  wrapped_key: Buffer;
  observed_at: Date;
  /** Whoever of the team typed it, where it was told or written on paper; and the day it was said. */
  entered_by: Generated<string | null>;
  said_on: Generated<string | null>;
};

/** What stays of those that are no longer kept: how many, by month. */
export type ObservationCountTable = {
  town_id: string;
  /** The first day of the month. */
  month: string;
  quarter_code: string | null;
  place_type: string | null;
  domain: CaseDomain;
  channel: Channel;
  observations: number;
};

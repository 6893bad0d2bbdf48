import type { ColumnType, Generated } from 'kysely';

/** What the service of a town says of itself on every page and in every mail (R74, R95). */
export type TownService = {
  phone: string;
  email: string;
  address: string;
  openingHours: string;
  deskHours: string;
  controller: string;
  processor: string;
  dpoContact: string;
  legalBasis: string;
  retentionMonths: number;
  interpreters: boolean;
  /** What the town says of itself in other languages; in French where it has not. */
  words?: Partial<Record<string, Partial<TownWordsSpoken>>> | undefined;
};
/** The sentences among them: numbers, names and addresses stay as they are. */
export type TownWordsSpoken = { openingHours: string; deskHours: string; legalBasis: string };

/** The drawn map of a town: shapes as path data on a sheet of `width` × `height`, points where names and places stand; by code. */
export type TownMap = {
  width: number;
  height: number;
  water: string;
  quarters: Record<string, { shape: string; at: [number, number] }>;
  places: Record<string, [number, number]>;
};

export type TownTable = {
  id: Generated<string>;
  slug: string;
  name: string;
  hosts: string[];
  time_zone: Generated<string>;
  is_demo: Generated<boolean>;
  clock_offset_ms: ColumnType<string, number | undefined, number>;
  holiday_zone: Generated<'metropole' | 'alsace-moselle'>;
  whit_monday_worked: Generated<boolean>;
  service: ColumnType<TownService, string, string>;
  map: ColumnType<TownMap | null, string | undefined, string>;
  kid: string;
  key_check: Buffer;
  created_at: Generated<Date>;
};
export type TownOpeningTable = { town_id: string; weekday: number; opens: string; closes: string };
export type TownClosureTable = { town_id: string; from_day: string; to_day: string; label: string };

export type OffsetUnit = 'working_day' | 'calendar_day' | 'month' | 'open_hour' | 'now';
export type Audience =
  | 'leader'
  | 'deputy'
  | 'mediator'
  | 'requester'
  | 'party'
  | 'referent'
  | 'substitute'
  | 'head'
  | 'coordinator'
  | 'service';
export type StepAction =
  | 'remind'
  | 'escalate'
  | 'return_assignment'
  | 'close_incomplete'
  | 'ask_leader'
  | 'nightly'
  | 'next_agenda'
  | 'resume'
  | 'send_questionnaires'
  | 'end_questionnaires'
  | 'review_again';

export type LadderTable = {
  town_id: string;
  kind: string;
  target_unit: OffsetUnit;
  target_n: number;
  waits_for: Audience;
  pausable: boolean;
};
export type LadderStepTable = {
  town_id: string;
  kind: string;
  ordinal: number;
  anchor: 'opened' | 'due';
  offset_unit: OffsetUnit;
  offset_n: number;
  audience: Audience;
  action: StepAction;
  template: string;
};

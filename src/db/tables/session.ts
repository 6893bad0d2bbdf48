import type { Generated } from 'kysely';

export type SessionMode = 'individual' | 'shuttle' | 'joint' | 'collective';
export type SessionState = 'planned' | 'held' | 'missed' | 'cancelled';
export type NoteMode = 'phone' | 'visit' | 'desk' | 'shuttle' | 'joint' | 'collective';
export type Progress = 'blocked' | 'listening' | 'proposing' | 'partial' | 'agreement' | 'setback';
export type LinkKind = 'information' | 'orientation' | 'going_along' | 'introduction' | 'mediation';

/** R12. */
export type ActionKind = 'round_table' | 'foot_of_building' | 'walk' | 'workshop' | 'event' | 'other';

export type MediationSessionTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  cycle: number;
  mode: SessionMode;
  starts_at: Date;
  ends_at: Date;
  place: Buffer;
  state: Generated<SessionState>;
  sequence: Generated<number>;
  planned_by: string;
  planned_at: Date;
  settled_at: Generated<Date | null>;
  /** Where it was moved: until when people may believe the former day. */
  moved_from: Generated<Date | null>;
};
export type SessionPartyTable = { session_id: string; party_id: string; case_id: string; town_id: string };
export type SessionNoteTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  session_id: string | null;
  cycle: number;
  mode: NoteMode;
  starts_at: Date;
  minutes: number;
  travel_minutes: number | null;
  person_id: string;
  second_id: string | null;
  present: string[];
  /** R12: how many took part in a collective action, never who. */
  participants: number | null;
  action_kind: ActionKind | null;
  interpreter: boolean;
  tension_before: number;
  tension_after: number;
  registers: string[];
  topics: string[];
  note: Buffer | null;
  progress: Progress;
  safety_alert: boolean;
  next_step: Buffer | null;
  next_on: string | null;
  at: Date;
};
export type LinkMadeTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  note_id: string | null;
  organisation_id: string;
  kind: LinkKind;
  confirmed_at: Generated<Date | null>;
  at: Date;
};
/** R21: the tension a case begins and ends with; notes and checks hold their own. */
export type TensionMarkTable = {
  id: Generated<string>;
  case_id: string;
  town_id: string;
  cycle: number;
  stage: 'start' | 'closing';
  level: number;
  at: Date;
};

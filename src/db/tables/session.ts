import type { Generated } from 'kysely';

export type SessionMode = 'individual' | 'shuttle' | 'joint' | 'collective';
export type SessionState = 'planned' | 'held' | 'missed' | 'cancelled';
export type NoteMode = 'phone' | 'visit' | 'desk' | 'shuttle' | 'joint' | 'collective';
export type Progress = 'blocked' | 'listening' | 'proposing' | 'partial' | 'agreement' | 'setback';
export type LinkKind = 'information' | 'orientation' | 'going_along' | 'introduction' | 'mediation';

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
  present: string[];
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

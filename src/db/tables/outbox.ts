import type { Generated } from 'kysely';

export type StreamTable = {
  id: string;
  town_id: string;
  subject_id: string;
  last_seq: Generated<number>;
  acked_seq: Generated<number>;
  acked_at: Date | null;
  closed: Generated<boolean>;
  /** What its workflow knows since it last read it: the state of its subject, whether it was closed, the next pending step. */
  read_state: string | null;
  read_closed: boolean | null;
  read_next: Date | null;
};
export type OutboxTable = {
  stream_id: string;
  seq: number;
  town_id: string;
  code: string;
  created_at: Generated<Date>;
  lease_until: Date | null;
  attempts: Generated<number>;
  next_at: Generated<Date>;
  delivered_at: Date | null;
  last_error: string | null;
};
export type HeartbeatTable = { role: string; instance: string; at: Generated<Date>; temporal: string | null };
/** How a story of the demonstration ended, beside how it was to end. */
export type StoryEnding = { story: number; number: string; expected: string; found: string; asExpected: boolean };
export type StoryRunTable = {
  id: Generated<string>;
  town_id: string;
  state: Generated<'running' | 'told' | 'stopped'>;
  told: Generated<number>;
  of_stories: number;
  telling: string | null;
  reason: string | null;
  endings: Generated<StoryEnding[]>;
  started_at: Generated<Date>;
  beat_at: Generated<Date>;
};
export type ClockJourneyTable = {
  id: Generated<string>;
  town_id: string;
  asked_at: Generated<Date>;
  until: Date | null;
  state: Generated<'asked' | 'running' | 'arrived' | 'refused' | 'stopped'>;
  instants: Generated<number>;
  at: Date | null;
  reason: string | null;
};

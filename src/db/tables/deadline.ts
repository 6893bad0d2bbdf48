import type { Generated } from 'kysely';
import type { Audience, StepAction } from './town.ts';

export type DeadlineTable = {
  id: Generated<string>;
  town_id: string;
  stream_id: string;
  case_id: string | null;
  party_id: Generated<string | null>;
  request_id: Generated<string | null>;
  kind: string;
  waits_for: Audience;
  pausable: boolean;
  opened_at: Date;
  due_day: string;
  due_at: Date;
  state: Generated<'open' | 'met' | 'cancelled'>;
  reason: string | null;
  mail_id: string | null;
  settled_at: Date | null;
  paused_at: Generated<Date | null>;
};
export type StepTable = {
  id: Generated<string>;
  deadline_id: string;
  town_id: string;
  stream_id: string;
  case_id: string | null;
  ordinal: number;
  at: Date;
  audience: Audience;
  action: StepAction;
  template: string;
  state: Generated<'pending' | 'paused' | 'done' | 'skipped' | 'cancelled'>;
  outcome: string | null;
  acted_at: Date | null;
};

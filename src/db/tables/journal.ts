import type { ColumnType, Generated } from 'kysely';

export type JournalActor = 'requester' | 'party' | 'partner' | 'staff' | 'timer' | 'service';
/** Ids, codes and dates only: the journal is read by people who may not read the story. */
export type EventData = Record<string, string | number | boolean | null>;

export type CaseEventTable = {
  case_id: string;
  seq: number;
  town_id: string;
  at: Date;
  recorded_at: Generated<Date>;
  actor: JournalActor;
  person_id: string | null;
  code: string;
  form_id: Generated<string | null>;
  data: ColumnType<EventData, string | undefined, never>;
  prev_hash: Generated<Buffer>;
  hash: Generated<Buffer>;
};
export type CaseReadTable = {
  id: Generated<string>;
  town_id: string;
  person_id: string;
  case_id: string | null;
  kind: 'case_viewed' | 'list_viewed' | 'journal_viewed';
  groups: string[];
  at: Date;
  recorded_at: Generated<Date>;
};
export type JournalSealTable = {
  town_id: string;
  day: string;
  kind: 'changes' | 'reads';
  lines: string;
  seal: Buffer;
  sealed_at: Date;
};

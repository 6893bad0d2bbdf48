import type { Generated } from 'kysely';
import type { HelplineRow } from '../../helplines/helpline.ts';

export type HelplineTable = Omit<HelplineRow, 'checkedOn'> & { town_id: string; checked_on: string | null };
/** Who changed a number of the safety page, and what stood there; never changed. */
export type HelplineEventTable = {
  id: Generated<string>;
  town_id: string;
  person_id: string;
  at: Date;
  recorded_at: Generated<Date>;
  code: string;
  change: object;
};

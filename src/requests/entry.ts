import type { CaseOrigin } from '../db/tables/case.ts';

/** The doors without a screen (spec §4.7, `canal`), and how whoever asked was noticed there (R36). */
export const ENTRY_ORIGINS = {
  phone: 'telephone',
  desk: 'permanence',
  paper: 'habitant',
  street: 'tournee',
} as const satisfies Record<string, CaseOrigin>;
export type EntryChannel = keyof typeof ENTRY_ORIGINS;
/** Who else than the person may have raised a situation that the team types (R36). */
export const RAISED_BY = ['partenaire', 'reunion_go', 'elu_mairie'] as const satisfies readonly CaseOrigin[];
export type RaisedBy = (typeof RAISED_BY)[number];

/** What is known of a request that somebody else typed. */
export type Entry = {
  channel: EntryChannel;
  /** Nobody else than the person where it is left out: the door then says how they were noticed. */
  raisedBy?: RaisedBy;
  /** The day it was said, or written on the paper, as it was typed; today when nothing was. */
  saidOn: string;
  /** How the person agreed to be contacted. */
  agreed: 'oral' | 'paper';
};

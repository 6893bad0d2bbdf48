/** The doors without a screen (spec §4.7, `canal`), and how whoever asked was noticed there (R36). */
export const ENTRY_ORIGINS = { phone: 'telephone', desk: 'permanence', paper: 'habitant', street: 'tournee' } as const;
export type EntryChannel = keyof typeof ENTRY_ORIGINS;

/** What is known of a request that somebody else typed. */
export type Entry = {
  channel: EntryChannel;
  /** The day it was said, or written on the paper, as it was typed; today when nothing was. */
  saidOn: string;
  /** How the person agreed to be contacted. */
  agreed: 'oral' | 'paper';
};

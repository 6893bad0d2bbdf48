import type { Context } from 'hono';
import type { CommandContext } from '../command-context.ts';
import type { Town } from '../http/town-of-request.ts';
import type { AtWork } from './staff-person.query.ts';

/** What every address of people at work needs. */
export type StaffDeps = CommandContext & {
  town(c: Context): Town;
  staff(c: Context): Promise<AtWork | undefined>;
  /** Where somebody without a session is sent. */
  signInAddress: string;
};

import type { StreamSnapshot } from './stream.messages.ts';

export type DailyInput = { townId: string };

export type DailyActivities = {
  loadTown: (input: DailyInput) => Promise<StreamSnapshot>;
  takeNightlyStep: (input: { townId: string; stepId: string }) => Promise<void>;
};

export const DAILY_TYPE = 'daily';

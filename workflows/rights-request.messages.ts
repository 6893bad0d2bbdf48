import type { StreamSnapshot } from './stream.messages.ts';

export type RightsRequestInput = { townId: string; requestId: string };

/** How a request stands, copied from the database's union (a test compares the two lists). */
export const RIGHTS_STAGES = ['received', 'extended', 'answered', 'refused', 'taken_back'] as const;
export type RightsStage = (typeof RIGHTS_STAGES)[number];

export type RightsRequestSnapshot = StreamSnapshot & { stage: RightsStage };

export type RightsRequestActivities = {
  loadRightsRequest: (input: RightsRequestInput) => Promise<RightsRequestSnapshot>;
  takeRightsStep: (input: { townId: string; stepId: string }) => Promise<void>;
};

export const RIGHTS_REQUEST_TYPE = 'rightsRequest';

import type { StreamSnapshot } from './stream.messages.ts';

export type PartnerRequestInput = { townId: string; requestId: string };

/** How a request stands, copied from the database's union (a test compares the two lists). */
export type RequestStage =
  'sent' | 'acknowledged' | 'in_hand' | 'done' | 'answered' | 'not_competent' | 'unable' | 'needs_info' | 'cancelled';

export type PartnerRequestSnapshot = StreamSnapshot & { stage: RequestStage };

export type PartnerRequestActivities = {
  loadPartnerRequest: (input: PartnerRequestInput) => Promise<PartnerRequestSnapshot>;
  takePartnerStep: (input: { townId: string; stepId: string }) => Promise<void>;
};

export const PARTNER_REQUEST_TYPE = 'partnerRequest';

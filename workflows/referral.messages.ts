import type { CaseStage } from './case-stages.ts';
import type { StreamSnapshot } from './stream.messages.ts';

export type ReferralInput = { townId: string; caseId: string };

export type CaseSnapshot = StreamSnapshot & { stage: CaseStage };

/** The activities `referral` calls, by type only. Each is one transaction, safe to repeat. */
export type ReferralActivities = {
  loadCase: (input: ReferralInput) => Promise<CaseSnapshot>;
  takeCaseStep: (input: { townId: string; stepId: string }) => Promise<void>;
};

export const REFERRAL_TYPE = 'referral';

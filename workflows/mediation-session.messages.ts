import type { StreamSnapshot } from './stream.messages.ts';

export type MediationSessionInput = { townId: string; sessionId: string };

export type MediationSessionActivities = {
  loadSession: (input: MediationSessionInput) => Promise<StreamSnapshot>;
  takeSessionStep: (input: { townId: string; stepId: string }) => Promise<void>;
};

export const MEDIATION_SESSION_TYPE = 'mediationSession';

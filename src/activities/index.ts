import type { DailyActivities } from '../../workflows/daily.messages.ts';
import type { MediationSessionActivities } from '../../workflows/mediation-session.messages.ts';
import type { PartnerRequestActivities } from '../../workflows/partner-request.messages.ts';
import type { RightsRequestActivities } from '../../workflows/rights-request.messages.ts';
import type { ReferralActivities } from '../../workflows/referral.messages.ts';
import type { CommandContext } from '../command-context.ts';
import { takeStep } from '../deadlines/take-step.command.ts';
import { loadStream } from '../deadlines/load-stream.command.ts';
import type { Log } from '../log.ts';
import { takeNight } from '../journal/take-night.command.ts';
import {
  dailyStream,
  partnerRequestStream,
  referralStream,
  rightsRequestStream,
  sessionStream,
} from '../outbox/streams.ts';

export type Activities = ReferralActivities &
  PartnerRequestActivities &
  MediationSessionActivities &
  RightsRequestActivities &
  DailyActivities;

/** The activities of one worker. Each is one command: one transaction, safe to repeat. */
export function createActivities(ctx: CommandContext, log: Log): Activities {
  return noted(log, {
    loadCase: async ({ townId, caseId }) => {
      const { snapshot, caseState } = await loadStream(ctx, townId, referralStream(caseId));
      return { ...snapshot, stage: caseState ?? 'closed' };
    },
    takeCaseStep: ({ townId, stepId }) => takeStep(ctx, townId, stepId),
    loadPartnerRequest: async ({ townId, requestId }) => {
      const { snapshot, requestState } = await loadStream(ctx, townId, partnerRequestStream(requestId));
      return { ...snapshot, stage: requestState ?? 'cancelled' };
    },
    takePartnerStep: ({ townId, stepId }) => takeStep(ctx, townId, stepId),
    loadSession: async ({ townId, sessionId }) => (await loadStream(ctx, townId, sessionStream(sessionId))).snapshot,
    takeSessionStep: ({ townId, stepId }) => takeStep(ctx, townId, stepId),
    loadRightsRequest: async ({ townId, requestId }) => {
      const { snapshot, rightsState } = await loadStream(ctx, townId, rightsRequestStream(requestId));
      return { ...snapshot, stage: rightsState ?? 'taken_back' };
    },
    takeRightsStep: ({ townId, stepId }) => takeStep(ctx, townId, stepId),
    loadTown: async ({ townId }) => (await loadStream(ctx, townId, dailyStream(townId))).snapshot,
    takeNightlyStep: ({ townId, stepId }) => takeNight(ctx, townId, stepId),
  });
}

/** Failures are written to our log by name and code before the engine retries them; their messages stay out (C-15). */
function noted(log: Log, activities: Activities): Activities {
  const watch =
    <I, O>(name: string, run: (input: I) => Promise<O>) =>
    async (input: I): Promise<O> => {
      try {
        return await run(input);
      } catch (error) {
        log.error('activity_failed', error, { activity: name });
        throw error;
      }
    };
  return {
    loadCase: watch('loadCase', activities.loadCase),
    takeCaseStep: watch('takeCaseStep', activities.takeCaseStep),
    loadPartnerRequest: watch('loadPartnerRequest', activities.loadPartnerRequest),
    takePartnerStep: watch('takePartnerStep', activities.takePartnerStep),
    loadSession: watch('loadSession', activities.loadSession),
    takeSessionStep: watch('takeSessionStep', activities.takeSessionStep),
    loadRightsRequest: watch('loadRightsRequest', activities.loadRightsRequest),
    takeRightsStep: watch('takeRightsStep', activities.takeRightsStep),
    loadTown: watch('loadTown', activities.loadTown),
    takeNightlyStep: watch('takeNightlyStep', activities.takeNightlyStep),
  };
}

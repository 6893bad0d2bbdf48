import { z } from 'zod';
import { acceptAssignment, DECLINE_REASONS, declineAssignment } from '../cases/answer-assignment.command.ts';
import { assignMediator, type Proposal } from '../cases/assign-mediator.command.ts';
import { CONTACT_WAYS_TRIED, noteContact } from '../cases/note-contact.command.ts';
import { reassignMediator } from '../cases/reassign.command.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { RELATIONS } from '../requests/request-choices.ts';
import {
  type Act,
  act,
  nothing,
  optionalCode,
  optionalNumber,
  optionalText,
  optionalUuid,
  present,
  uuid,
  yesNo,
} from './act.form.ts';
import { SCORES } from './course-acts.form.ts';

/** Whom a leader gives the case to, alone or with a second, and why all the same where something speaks against it (R40). */
function proposal(propose: (ctx: CommandContext, by: Staff, input: Proposal) => Promise<void>): Act {
  return act(
    ['mediator', 'second', 'override'],
    z
      .object({ mediator: uuid, second: optionalUuid, override: optionalText })
      .refine(({ mediator, second }) => mediator !== second, { path: ['second'], error: 'samePerson' }),
    (ctx, by, caseId, { mediator, second, override }) =>
      propose(ctx, by, { caseId, mediatorId: mediator, ...present({ secondId: second, overrideReason: override }) }),
  );
}

/** Proposing a mediator, or another one, answering the proposal, reaching the person. */
export const ASSIGNMENT_ACTS = {
  affecter: proposal(assignMediator),
  reaffecter: proposal(reassignMediator),
  prendre: act([], nothing, (ctx, by, caseId) => acceptAssignment(ctx, by, caseId)),
  decliner: act(
    ['decline'],
    z.object({ decline: z.enum(DECLINE_REASONS, 'missing') }),
    (ctx, by, caseId, { decline }) => declineAssignment(ctx, by, { caseId, reason: decline }),
  ),
  contact: act(
    ['party', 'way', 'reached', 'relation', 'score', 'note'],
    z.object({
      party: optionalUuid,
      way: z.enum(CONTACT_WAYS_TRIED, 'missing'),
      reached: yesNo,
      relation: optionalCode(RELATIONS),
      score: optionalNumber(SCORES),
      note: optionalText,
    }),
    (ctx, by, caseId, { party, way, reached, relation, score, note }) =>
      noteContact(ctx, by, {
        caseId,
        way,
        reached,
        ...present({ partyId: party, relation, relationScore: score, note }),
      }),
  ),
};

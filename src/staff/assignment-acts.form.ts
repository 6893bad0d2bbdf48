import { z } from 'zod';
import { acceptAssignment, DECLINE_REASONS, declineAssignment } from '../cases/answer-assignment.command.ts';
import { assignMediator } from '../cases/assign-mediator.command.ts';
import { CONTACT_WAYS_TRIED, noteContact } from '../cases/note-contact.command.ts';
import { RELATIONS } from '../requests/request.form.ts';
import { act, nothing, optionalText, uuid } from './act.form.ts';
import { SCORES } from './course-acts.form.ts';

/** Proposing a mediator, answering the proposal, reaching the person. */
export const ASSIGNMENT_ACTS = {
  affecter: act(
    ['mediator', 'second', 'override'],
    z
      .object({ mediator: uuid, second: uuid.or(z.literal('')).optional(), override: optionalText })
      .refine(({ mediator, second }) => mediator !== second, { path: ['second'], error: 'samePerson' }),
    (ctx, by, caseId, { mediator, second, override }) =>
      assignMediator(ctx, by, {
        caseId,
        mediatorId: mediator,
        ...(second ? { secondId: second } : {}),
        ...(override ? { overrideReason: override } : {}),
      }),
  ),
  prendre: act([], nothing, (ctx, by, caseId) => acceptAssignment(ctx, by, caseId)),
  decliner: act(
    ['decline'],
    z.object({ decline: z.enum(DECLINE_REASONS, 'missing') }),
    (ctx, by, caseId, { decline }) => declineAssignment(ctx, by, { caseId, reason: decline }),
  ),
  contact: act(
    ['party', 'way', 'reached', 'relation', 'score', 'note'],
    z.object({
      party: uuid.or(z.literal('')).optional(),
      way: z.enum(CONTACT_WAYS_TRIED, 'missing'),
      reached: z.enum(['yes', 'no'], 'missing'),
      relation: z.enum(RELATIONS, 'missing').or(z.literal('')).optional(),
      score: z.enum(SCORES, 'missing').or(z.literal('')).optional(),
      note: optionalText,
    }),
    (ctx, by, caseId, { party, way, reached, relation, score, note }) =>
      noteContact(ctx, by, {
        caseId,
        way,
        reached: reached === 'yes',
        ...(party ? { partyId: party } : {}),
        ...(relation ? { relation } : {}),
        ...(score ? { relationScore: Number(score) } : {}),
        ...(note ? { note } : {}),
      }),
  ),
};

import { z } from 'zod';
import { acceptAssignment, DECLINE_REASONS, declineAssignment } from '../cases/answer-assignment.command.ts';
import { assignMediator } from '../cases/assign-mediator.command.ts';
import { PROPOSABLE_OUTCOMES } from '../cases/case-outcome.ts';
import { proposeClosing, returnClosing, validateClosing } from '../cases/close-case.command.ts';
import { correctMistake } from '../cases/correct-mistake.command.ts';
import { decideDanger, raiseDanger } from '../cases/danger.command.ts';
import { EXTENSIONS, extendWait } from '../cases/extend-wait.command.ts';
import { finishTask } from '../cases/finish-task.command.ts';
import { CONTACT_WAYS_TRIED, noteContact } from '../cases/note-contact.command.ts';
import { acceptCase, askQuestion, noteAnswer, redirectCase, type Staff, startTriage } from '../cases/triage.command.ts';
import { withdrawForRequester } from '../cases/withdraw.command.ts';
import type { CommandContext } from '../command-context.ts';
import { resendUncertain } from '../mail/resend-mail.command.ts';
import type { Answers } from '../http/form-body.ts';
import { cleanBlock, cleanLine, lengthOf } from '../privacy/clean-text.ts';
import type { ActionSlug } from './case-actions.ts';

export const MOTIVES = [
  'VIOLENCE',
  'JURIDIQUE',
  'FAMILIAL',
  'CONSOMMATION',
  'INFRACTION',
  'LOGEMENT_INDIGNE',
  'SOINS',
  'HORS_TERRITOIRE',
  'DEJA_EN_MEDIATION',
] as const;
export const DOMAINS = ['transports', 'espace_public', 'social', 'culturel'] as const;
export const COMPLEXITIES = ['simple', 'standard', 'complex', 'collective'] as const;
export const TENSIONS = ['1', '2', '3', '4'] as const;
export const DECISIONS = ['orient', 'report', 'no_action'] as const;

export const NOTE_LIMIT = 1_000;
/** As long as what the person may write themselves. */
export const ANSWER_LIMIT = 1_500;
const TARGET_LIMIT = 300;
const atMost = (limit: number) => z.string().refine((typed) => lengthOf(typed) <= limit, 'tooLong');
const text = z.string().transform(cleanBlock).pipe(atMost(NOTE_LIMIT).min(1, 'missing'));
const longText = z.string().transform(cleanBlock).pipe(atMost(ANSWER_LIMIT).min(1, 'missing'));
const optionalText = z
  .string()
  .optional()
  .transform((typed) => cleanBlock(typed ?? ''))
  .pipe(atMost(NOTE_LIMIT));
const uuid = z.uuid('missing');

/** What is wrong with a field; each has its words. `missing` is also an answer that stands in no list. */
export type Fault = 'missing' | 'tooLong' | 'repeated' | 'samePerson' | 'reasonNeeded';
export type Faults = Record<string, Fault>;
const SAID: readonly Fault[] = ['tooLong', 'samePerson'];

/** Fields a person writes in: what stands there is given back whatever happened meanwhile. */
export const WRITTEN_FIELDS = ['question', 'answer', 'target', 'override', 'note', 'reason'];

/** How long a text may be, for the words that say so. */
export function limitOf(field: string): number {
  if (field === 'answer') return ANSWER_LIMIT;
  return field === 'target' ? TARGET_LIMIT : NOTE_LIMIT;
}

type Parsed =
  { ok: true; run: (ctx: CommandContext, by: Staff, caseId: string) => Promise<void> } | { ok: false; errors: Faults };
type Action = { fields: readonly string[]; parse: (answers: Answers) => Parsed };

function action<S extends z.ZodType>(
  fields: readonly string[],
  schema: S,
  run: (ctx: CommandContext, by: Staff, caseId: string, value: z.output<S>) => Promise<void>,
): Action {
  return {
    fields,
    parse(answers) {
      const parsed = schema.safeParse(answers);
      if (parsed.success) return { ok: true, run: (ctx, by, caseId) => run(ctx, by, caseId, parsed.data) };
      const errors: Faults = {};
      for (const issue of parsed.error.issues)
        errors[String(issue.path[0])] ??= SAID.find((fault) => fault === issue.message) ?? 'missing';
      return { ok: false, errors };
    },
  };
}

const nothing = z.object({});

/** Each act of the case page: its fields, how they are read, and the one command it calls. */
export const CASE_ACTIONS: Record<ActionSlug, Action> = {
  lire: action([], nothing, (ctx, by, caseId) => startTriage(ctx, by, caseId)),
  question: action(['question'], z.object({ question: text }), (ctx, by, caseId, { question }) =>
    askQuestion(ctx, by, { caseId, question }),
  ),
  reponse: action(['answer'], z.object({ answer: longText }), (ctx, by, caseId, { answer }) =>
    noteAnswer(ctx, by, { caseId, answer }),
  ),
  reorienter: action(
    ['motive', 'target'],
    z.object({
      motive: z.enum(MOTIVES, 'missing'),
      target: z.string().transform(cleanLine).pipe(atMost(TARGET_LIMIT).min(1, 'missing')),
    }),
    (ctx, by, caseId, value) => redirectCase(ctx, by, { caseId, ...value }),
  ),
  accepter: action(
    ['domain', 'complexity', 'tension', 'quarter'],
    z.object({
      domain: z.enum(DOMAINS, 'missing'),
      complexity: z.enum(COMPLEXITIES, 'missing'),
      tension: z
        .enum(TENSIONS, 'missing')
        .transform(Number)
        .pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
      quarter: z
        .string()
        .regex(/^[A-Z]{2,6}$/, 'missing')
        .or(z.literal(''))
        .optional(),
    }),
    (ctx, by, caseId, { quarter, ...value }) =>
      acceptCase(ctx, by, { caseId, ...value, ...(quarter ? { quarter } : {}) }),
  ),
  affecter: action(
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
  prendre: action([], nothing, (ctx, by, caseId) => acceptAssignment(ctx, by, caseId)),
  decliner: action(
    ['decline'],
    z.object({ decline: z.enum(DECLINE_REASONS, 'missing') }),
    (ctx, by, caseId, { decline }) => declineAssignment(ctx, by, { caseId, reason: decline }),
  ),
  contact: action(
    ['way', 'reached', 'note'],
    z.object({
      way: z.enum(CONTACT_WAYS_TRIED, 'missing'),
      reached: z.enum(['yes', 'no'], 'missing'),
      note: optionalText,
    }),
    (ctx, by, caseId, { way, reached, note }) =>
      noteContact(ctx, by, { caseId, way, reached: reached === 'yes', ...(note ? { note } : {}) }),
  ),
  clore: action(
    ['outcome', 'reason'],
    z.object({
      outcome: z
        .string('missing')
        .transform((code) => PROPOSABLE_OUTCOMES.find((known) => known === code))
        .pipe(z.custom<(typeof PROPOSABLE_OUTCOMES)[number]>((code) => code !== undefined, 'missing')),
      reason: text,
    }),
    (ctx, by, caseId, value) => proposeClosing(ctx, by, { caseId, ...value }),
  ),
  valider: action([], nothing, (ctx, by, caseId) => validateClosing(ctx, by, caseId)),
  renvoyer: action([], nothing, (ctx, by, caseId) => returnClosing(ctx, by, caseId)),
  arreter: action([], nothing, (ctx, by, caseId) => withdrawForRequester(ctx, by, caseId)),
  danger: action([], nothing, (ctx, by, caseId) => raiseDanger(ctx, by, caseId)),
  decision: action(
    ['decision', 'reason'],
    z.object({ decision: z.enum(DECISIONS, 'missing'), reason: text }),
    (ctx, by, caseId, value) => decideDanger(ctx, by, { caseId, ...value }),
  ),
  corriger: action(['reason'], z.object({ reason: text }), (ctx, by, caseId, { reason }) =>
    correctMistake(ctx, by, { caseId, reason }),
  ),
  prolonger: action(
    ['days'],
    z.object({ days: z.enum(EXTENSIONS, 'missing').transform(Number) }),
    (ctx, by, caseId, { days }) => extendWait(ctx, by, { caseId, workingDays: days }),
  ),
  courriel: action(['mail'], z.object({ mail: uuid }), (ctx, by, caseId, { mail }) =>
    resendUncertain(ctx, by, { caseId, mailId: mail }),
  ),
  tache: action(['task'], z.object({ task: uuid }), (ctx, by, caseId, { task }) =>
    finishTask(ctx, by, { caseId, deadlineId: task }),
  ),
};

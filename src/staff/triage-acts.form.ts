import { z } from 'zod';
import { acceptCase, askQuestion, noteAnswer, redirectCase, startTriage } from '../cases/triage.command.ts';
import { NATURES } from '../requests/request-choices.ts';
import { act, line, longText, nothing, present, someOf, text, ticked } from './act.form.ts';

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

/** What a leader does with a request that has come in. */
export const TRIAGE_ACTS = {
  lire: act([], nothing, (ctx, by, caseId) => startTriage(ctx, by, caseId)),
  question: act(['question'], z.object({ question: text }), (ctx, by, caseId, { question }) =>
    askQuestion(ctx, by, { caseId, question }),
  ),
  reponse: act(['answer'], z.object({ answer: longText }), (ctx, by, caseId, { answer }) =>
    noteAnswer(ctx, by, { caseId, answer }),
  ),
  reorienter: act(
    ['motive', 'target'],
    z.object({
      motive: z.enum(MOTIVES, 'missing'),
      target: line,
    }),
    (ctx, by, caseId, value) => redirectCase(ctx, by, { caseId, ...value }),
  ),
  accepter: act(
    ['domain', 'complexity', 'tension', 'preventive', 'quarter'],
    z.object({
      domain: z.enum(DOMAINS, 'missing'),
      complexity: z.enum(COMPLEXITIES, 'missing'),
      tension: z
        .enum(TENSIONS, 'missing')
        .transform(Number)
        .pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)])),
      preventive: ticked,
      natures: someOf(NATURES),
      quarter: z
        .stringFormat('quarter', /^[A-Z]{2,6}$/, 'missing')
        .or(z.literal(''))
        .optional(),
    }),
    (ctx, by, caseId, { quarter, natures = [], ...value }) =>
      acceptCase(ctx, by, { caseId, ...value, natures, ...present({ quarter }) }),
    ['natures'],
  ),
};

import { z } from 'zod';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import type { Answers } from '../http/form-body.ts';
import { cleanBlock, cleanLine, lengthOf } from '../privacy/clean-text.ts';

// How one act of the case page is read: its fields, their shape, the one command it calls. Each room lists its own acts.

export const NOTE_LIMIT = 1_000;
/** As long as what the person may write themselves. */
export const ANSWER_LIMIT = 1_500;
export const LINE_LIMIT = 300;
const atMost = (limit: number) => z.string().refine((typed) => lengthOf(typed) <= limit, 'tooLong');

export const text = z.string().transform(cleanBlock).pipe(atMost(NOTE_LIMIT).min(1, 'missing'));
export const longText = z.string().transform(cleanBlock).pipe(atMost(ANSWER_LIMIT).min(1, 'missing'));
export const line = z.string().transform(cleanLine).pipe(atMost(LINE_LIMIT).min(1, 'missing'));
export const optionalLine = z
  .string()
  .optional()
  .transform((typed) => cleanLine(typed ?? ''))
  .pipe(atMost(LINE_LIMIT));
export const optionalText = z
  .string()
  .optional()
  .transform((typed) => cleanBlock(typed ?? ''))
  .pipe(atMost(NOTE_LIMIT));
export const uuid = z.uuid('missing');
/** Some of a list; none is an answer too. */
export const someOf = <T extends readonly string[]>(known: T) =>
  z.array(z.enum(known, 'missing'), 'missing').optional();
export const optionalUuid = uuid
  .or(z.literal(''))
  .optional()
  .transform((id) => id || undefined);
/** One of a list, or nothing. */
export const optionalCode = <const T extends readonly string[]>(known: T) =>
  z
    .enum(known, 'missing')
    .or(z.literal(''))
    .optional()
    .transform((code) => (code === '' ? undefined : code));
export const optionalNumber = (known: readonly string[]) =>
  optionalCode(known).transform((code) => (code === undefined ? undefined : Number(code)));
export const yesNo = z.enum(['yes', 'no'], 'missing').transform((said) => said === 'yes');
/** One box alone: ticked or not. */
export const ticked = z
  .literal('yes')
  .optional()
  .transform((said) => said === 'yes');

/** The last line of the journal the sent page knew; a page that does not say knows nothing of what changed, and is not asked. */
export const seen = z.coerce.number().int().nonnegative().optional().catch(undefined);

/** What is wrong with a field; each has its words. `missing` is also an answer that stands in no list. */
export type Fault =
  | 'missing'
  | 'tooLong'
  | 'repeated'
  | 'samePerson'
  | 'reasonNeeded'
  | 'writtenOnly'
  | 'groundNeeded'
  | 'conflict'
  | 'notADay'
  | 'notAHour'
  | 'dayPassed'
  | 'dayToCome'
  | 'notBegun'
  | 'oneAtATime'
  | 'notMinutes'
  | 'notACount'
  | 'noResuming'
  | 'noReopening'
  | 'contactErased'
  | 'triedEnough'
  | 'alreadyAsked'
  | 'notInText';
export type Faults = Record<string, Fault>;
const SAID: readonly Fault[] = [
  'tooLong',
  'samePerson',
  'reasonNeeded',
  'writtenOnly',
  'groundNeeded',
  'notADay',
  'notAHour',
  'dayPassed',
  'dayToCome',
  'notMinutes',
  'notACount',
];

type Run = (ctx: CommandContext, by: Staff, caseId: string) => Promise<void>;
export type Parsed = { ok: true; run: Run } | { ok: false; errors: Faults };
export type Act = {
  /** Fields with one answer, and fields that may hold several. */
  fields: readonly string[];
  many: readonly string[];
  /** Fields that are made with the page. */
  hidden?: readonly string[];
  /** Fields a person writes in: what stands there is given back whatever happened meanwhile. */
  written: readonly string[];
  parse: (answers: Answers) => Parsed;
};

/** One act: the names of its fields, how they are read, what is done with them. */
export function act<S extends z.ZodType>(
  fields: readonly string[],
  schema: S,
  run: (ctx: CommandContext, by: Staff, caseId: string, value: z.output<S>) => Promise<void>,
  many: readonly string[] = [],
  alsoWritten: readonly string[] = [],
): Act {
  return {
    fields,
    many,
    written: [...fields.filter((name) => isWritten(schema, name)), ...alsoWritten],
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

/** Whether somebody types into a field; what is a choice or an id is given again in a moment. */
function isWritten(schema: z.core.$ZodType | undefined, name: string): boolean {
  if (schema instanceof z.ZodIntersection) return isWritten(schema.def.left, name) || isWritten(schema.def.right, name);
  return schema instanceof z.ZodObject && holdsText(schema.def.shape[name]);
}

function holdsText(field: z.core.$ZodType | undefined): boolean {
  if (field instanceof z.ZodPipe) return holdsText(field.def.in);
  if (field instanceof z.ZodOptional) return holdsText(field.def.innerType);
  if (field instanceof z.ZodUnion) return field.def.options.some(holdsText);
  return field instanceof z.ZodString;
}

export const nothing = z.object({});

/** Leaves out what was not given: an optional field of a command is absent, neither undefined nor empty. */
export function present<T extends Record<string, unknown>>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined | ''> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: Exclude<T[K], undefined | ''>;
  };
}

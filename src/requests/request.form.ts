import { z } from 'zod';
import type { Answers } from '../http/form-body.ts';
import { many, one } from '../http/typed-answers.ts';
import { cleanBlock, cleanLine, lengthOf } from '../privacy/clean-text.ts';
import { normaliseEmail, normalisePhone, type Normalised } from '../privacy/contact.ts';
import {
  ACCESS_NEEDS,
  CATEGORY_CODES,
  DIFFICULTIES,
  DONE_BEFORE,
  DOORS,
  FREQUENCIES,
  HOPES,
  HOPES_LIMIT,
  isWrittenOnly,
  LANGUAGES,
  LINK_HOPES,
  MOMENTS,
  NO_PLACE,
  NOTE_LIMIT,
  OTHER_SERVICE,
  PLACE_TYPES,
  PRECAUTIONS,
  PROCEDURES,
  RELATIONS,
  SCORES,
  SINCE,
  STORY_LIMIT,
  UNKNOWN_QUARTER,
  WAY_NEEDS,
  WAYS,
} from './request-choices.ts';
import { type Screen, SCREENS } from './screens.ts';

// F1 (spec §4.5), screen by screen. Error values are keys of the catalogue; messages say the next gesture.

/** What the town's own lists know: a code that stands in none of them is refused. */
export type KnownCodes = {
  quarters: readonly { code: string }[];
  places: readonly { code: string; quarter: string | null }[];
  services: readonly { code: string }[];
};

const atMost = (max: number, tooLong: string) => z.string().refine((text) => lengthOf(text) <= max, tooLong);
const line = (max: number, tooLong: string, missing?: string) =>
  z.string(missing).transform(cleanLine).pipe(atMost(max, tooLong));
const optionalLine = (max: number, tooLong: string) =>
  line(max, tooLong)
    .optional()
    .transform((text) => (text ? text : null));
const optionalBlock = (max: number, tooLong: string) =>
  z
    .string()
    .optional()
    .transform((text) => cleanBlock(text ?? ''))
    .pipe(atMost(max, tooLong))
    .transform((text) => (text ? text : null));
/** Boxes of a closed list, each at most once. */
const boxes = <T extends readonly string[]>(known: T, error: string) =>
  z.array(z.enum(known, error), error).refine((chosen) => new Set(chosen).size === chosen.length, error);
const tick = (error: string) => z.literal('yes', { error });
/** One of a closed list, or nothing: an unanswered question is no fault. */
const perhaps = <T extends readonly string[]>(known: T, error: string) =>
  z.preprocess((value) => (value === undefined || value === '' ? null : value), z.enum(known, error).nullable());

export const schemas = {
  danger: z.object({ danger: z.enum(['yes', 'no'], 'danger'), family: perhaps(['yes'], 'family') }),
  need: z.object({ need: z.enum(DOORS, 'need') }),
  what: z.object({
    categories: boxes(CATEGORY_CODES, 'categories').min(1, 'categories').max(3, 'categories'),
    service: z.string().optional(),
    service_text: optionalLine(120, 'service_text'),
  }),
  place: z.object({
    quarter: z.string().optional(),
    place: z.string().optional(),
    place_type: perhaps(PLACE_TYPES, 'place_type'),
    place_text: optionalLine(120, 'place_text'),
    transport_line: optionalLine(60, 'transport_line'),
    transport_stop: optionalLine(60, 'transport_stop'),
  }),
  story: z.object({
    story: optionalBlock(STORY_LIMIT, 'story'),
    relation: perhaps(RELATIONS, 'relation'),
    relation_score: perhaps(SCORES, 'relation_score'),
    hopes: boxes([...new Set([...HOPES, ...LINK_HOPES])], 'hopes'),
    hopes_text: optionalBlock(HOPES_LIMIT, 'hopes_text'),
    since: perhaps(SINCE, 'since'),
    frequency: perhaps(FREQUENCIES, 'frequency'),
    moments: boxes(MOMENTS, 'moments'),
    done_before: boxes(DONE_BEFORE, 'done_before'),
    procedure: perhaps(PROCEDURES, 'procedure'),
  }),
  care: z.object({
    precautions: boxes(PRECAUTIONS, 'precautions'),
    contact_hours: optionalLine(100, 'contact_hours'),
    spoken_language: perhaps(LANGUAGES, 'spoken_language'),
    interpreter: perhaps(['yes', 'no'], 'interpreter'),
    access_needs: boxes(ACCESS_NEEDS, 'access_needs'),
    difficulties: boxes(DIFFICULTIES, 'difficulties'),
  }),
  contact: z
    .object({
      first_name: line(60, 'first_name_long', 'first_name').pipe(z.string().min(1, 'first_name')),
      contact_ways: boxes(WAYS, 'contact_ways').min(1, 'contact_ways'),
      phone: optionalLine(60, 'phone'),
      email: optionalLine(320, 'email'),
      postal_address: optionalLine(200, 'postal_address'),
      trusted_person: optionalLine(200, 'trusted_person'),
    })
    .transform((fields) => ({
      ...fields,
      phone: fields.phone === null ? null : valueOf(normalisePhone(fields.phone)),
      email: fields.email === null ? null : valueOf(normaliseEmail(fields.email)),
    })),
  send: z.object({
    age_group: z.enum(['adult', 'minor'], 'age_group'),
    accept_contact: tick('accept_contact'),
    read_notice: tick('read_notice'),
    accept_evaluation: perhaps(['yes'], 'accept_evaluation'),
  }),
  note: z.object({ note: optionalBlock(NOTE_LIMIT, 'note') }),
} satisfies Record<Screen, z.ZodType>;

function valueOf(normalised: Normalised): string | null {
  return normalised.ok ? normalised.value : null;
}

export type FieldErrors = Record<string, string>;

/**
 * A chosen way needs what it takes to use it, and one at least is left by the precautions of the screen before; said at once with everything else
 * that is missing.
 */
function contactFaults(answers: Answers): FieldErrors {
  const errors: FieldErrors = {};
  const text = (name: string) => cleanLine(one(answers, name) ?? '');
  const phone = normalisePhone(text('phone'));
  const email = normaliseEmail(text('email'));
  if (text('phone') && !phone.ok) errors['phone'] = phone.reason === 'malformed' ? 'phone' : 'phone_special';
  if (text('email') && !email.ok) errors['email'] = 'email';
  const ways = many(answers, 'contact_ways');
  if (isWrittenOnly(ways, many(answers, 'precautions'))) errors['contact_ways'] = 'contact_ways_written';
  for (const [way, name] of Object.entries(WAY_NEEDS)) {
    if (ways.includes(way) && !text(name)) errors[name] = `${name}_missing`;
  }
  return errors;
}

/** A quarter at least, « je ne sais pas » included; a place of the list says its quarter itself. */
function placeFaults(answers: Answers, known: KnownCodes): FieldErrors {
  const quarter = one(answers, 'quarter') ?? '';
  const code = one(answers, 'place') ?? '';
  const place = known.places.find((listed) => listed.code === code);
  if (code && code !== NO_PLACE && !place) return { place: 'place' };
  const isListed = quarter === UNKNOWN_QUARTER || known.quarters.some((listed) => listed.code === quarter);
  if (quarter ? !isListed : !place?.quarter) return { quarter: 'quarter' };
  const elsewhere = place?.quarter && quarter && quarter !== UNKNOWN_QUARTER && quarter !== place.quarter;
  return elsewhere ? { place: 'place_elsewhere' } : {};
}

function serviceFaults(answers: Answers, known: KnownCodes): FieldErrors {
  const service = one(answers, 'service');
  const isListed = !service || service === OTHER_SERVICE || known.services.some(({ code }) => code === service);
  return isListed ? {} : { service: 'service' };
}

/** What a screen's answers are, as its schema reads them. */
export function raw(screen: Screen, answers: Answers): Record<string, unknown> {
  const { one: singles, many: lists } = SCREENS[screen];
  return {
    ...Object.fromEntries(singles.map((name) => [name, one(answers, name)])),
    ...Object.fromEntries(lists.map((name) => [name, many(answers, name)])),
  };
}

/** What is wrong with one screen: field name → key of the message, in the order of the fields. Empty when nothing is. */
export function checkScreen(screen: Screen, answers: Answers, known: KnownCodes): FieldErrors {
  const parsed = schemas[screen].safeParse(raw(screen, answers));
  const errors: FieldErrors = {};
  if (!parsed.success) {
    for (const issue of parsed.error.issues) errors[String(issue.path[0])] ??= issue.message;
  }
  const found =
    screen === 'contact'
      ? contactFaults(answers)
      : screen === 'place'
        ? placeFaults(answers, known)
        : screen === 'what'
          ? serviceFaults(answers, known)
          : {};
  for (const [name, key] of Object.entries(found)) errors[name] ??= key;
  return errors;
}

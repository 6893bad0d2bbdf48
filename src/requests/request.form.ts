import { z } from 'zod';
import type { SubmitRequest } from './insert-case.ts';
import { cleanBlock, cleanLine, lengthOf } from '../privacy/clean-text.ts';
import { normaliseEmail, normalisePhone, type Normalised } from '../privacy/contact.ts';
import type { Answers } from '../http/form-body.ts';

// F1 (spec §4.5), narrow: six screens after the danger question. Error values are keys of the catalogue; messages say the next gesture.

export const NEEDS = ['person', 'group', 'service', 'link'] as const;
export const RELATIONS = ['never_spoke', 'used_to_speak', 'still_speak', 'avoid'] as const;
export const WAYS = ['phone', 'email', 'post', 'trusted_person', 'desk'] as const;
export const PRECAUTIONS = ['no_voicemail', 'do_not_write', 'only_hours'] as const;
export const PLACE_TYPES = [
  'hall',
  'cour',
  'logement',
  'rue',
  'place',
  'parc',
  'arret',
  'tram',
  'guichet',
  'commerce',
  'autre',
] as const;
export const LANGUAGES = ['fr', 'ar', 'tr', 'pt', 'en', 'es', 'zgh', 'snk', 'bm', 'lsf', 'other'] as const;
export const CATEGORY_CODES = [
  'BRUIT', 'HALL', 'ODEURS', 'LOGEMENT', 'MITOYEN', 'NUMERIQUE',
  'REGROUP', 'JEUNES', 'ANIMAUX', 'STATION', 'DECHETS', 'DEGRAD', 'USAGE', 'COMMERCE', 'TRANSP', 'ECOLE',
  'GUICHET', 'DROITS', 'ASSO',
  'INCIV', 'INTERGEN', 'CULTURE', 'ISOLEMENT', 'AUTRE',
] as const; // prettier-ignore
export const UNKNOWN_QUARTER = 'unknown';

export const STORY_LIMIT = 1_500;

const one = (answers: Answers, name: string) => {
  const value = answers[name];
  return typeof value === 'string' ? value : undefined;
};
const many = (answers: Answers, name: string) => {
  const value = answers[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
};

const atMost = (max: number, tooLong: string) => z.string().refine((text) => lengthOf(text) <= max, tooLong);
const line = (max: number, tooLong: string, missing?: string) =>
  z.string(missing).transform(cleanLine).pipe(atMost(max, tooLong));
const optionalLine = (max: number, tooLong: string) =>
  line(max, tooLong)
    .optional()
    .transform((text) => (text ? text : null));
/** Boxes of a closed list, each at most once. */
const boxes = <T extends readonly string[]>(known: T, error: string) =>
  z.array(z.enum(known, error), error).refine((chosen) => new Set(chosen).size === chosen.length, error);
const tick = (error: string) => z.literal('yes', { error });

/** Names of the fields of each screen, in order; anything else in a post is refused. */
export const SCREENS = {
  danger: { one: ['danger'], many: [] },
  need: { one: ['need'], many: [] },
  what: { one: ['quarter', 'place_type', 'place_text'], many: ['categories'] },
  story: { one: ['story', 'relation'], many: [] },
  contact: { one: ['first_name', 'phone', 'email', 'postal_address', 'trusted_person'], many: ['contact_ways'] },
  care: { one: ['contact_hours', 'spoken_language', 'interpreter'], many: ['precautions'] },
  send: { one: ['age_group', 'accept_contact', 'read_notice', 'accept_evaluation'], many: [] },
} as const satisfies Record<string, { one: readonly string[]; many: readonly string[] }>;
export type Screen = keyof typeof SCREENS;
export const SCREEN_ORDER: readonly Screen[] = ['danger', 'need', 'what', 'story', 'contact', 'care', 'send'];

const schemas = {
  danger: z.object({ danger: z.enum(['yes', 'no'], 'danger') }),
  need: z.object({ need: z.enum(NEEDS, 'need') }),
  what: z.object({
    categories: boxes(CATEGORY_CODES, 'categories').min(1, 'categories').max(3, 'categories'),
    quarter: z.string('quarter').regex(/^([A-Z]{2,6}|unknown)$/, 'quarter'),
    place_type: z.enum(PLACE_TYPES, 'place_type').nullable(),
    place_text: optionalLine(120, 'place_text'),
  }),
  story: z.object({
    story: z
      .string()
      .optional()
      .transform((text) => cleanBlock(text ?? ''))
      .pipe(atMost(STORY_LIMIT, 'story'))
      .transform((text) => (text ? text : null)),
    relation: z.enum(RELATIONS, 'relation').nullable(),
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
  care: z.object({
    precautions: boxes(PRECAUTIONS, 'precautions'),
    contact_hours: optionalLine(100, 'contact_hours'),
    spoken_language: z.enum(LANGUAGES, 'spoken_language').nullable(),
    interpreter: z.enum(['yes', 'no'], 'interpreter').nullable(),
  }),
  send: z.object({
    age_group: z.enum(['adult', 'minor'], 'age_group'),
    accept_contact: tick('accept_contact'),
    read_notice: tick('read_notice'),
    accept_evaluation: tick('accept_evaluation').nullable(),
  }),
} satisfies Record<Screen, z.ZodType>;

function valueOf(normalised: Normalised): string | null {
  return normalised.ok ? normalised.value : null;
}

/** A chosen way needs what it takes to use it; said at once with everything else that is missing on the screen. */
function contactFaults(answers: Answers): FieldErrors {
  const errors: FieldErrors = {};
  const text = (name: string) => cleanLine(one(answers, name) ?? '');
  const phone = normalisePhone(text('phone'));
  const email = normaliseEmail(text('email'));
  if (text('phone') && !phone.ok) errors['phone'] = phone.reason === 'malformed' ? 'phone' : 'phone_special';
  if (text('email') && !email.ok) errors['email'] = 'email';
  const needed = { phone: 'phone', email: 'email', post: 'postal_address', trusted_person: 'trusted_person' } as const;
  for (const [way, name] of Object.entries(needed)) {
    if (many(answers, 'contact_ways').includes(way) && !text(name)) errors[name] = `${name}_missing`;
  }
  return errors;
}

export type FieldErrors = Record<string, string>;

function raw(screen: Screen, answers: Answers): Record<string, unknown> {
  const { one: singles, many: lists } = SCREENS[screen];
  const nullable = new Set(['place_type', 'relation', 'spoken_language', 'interpreter', 'accept_evaluation']);
  return {
    ...Object.fromEntries(
      singles.map((name) => [name, one(answers, name) || (nullable.has(name) ? null : one(answers, name))]),
    ),
    ...Object.fromEntries(lists.map((name) => [name, many(answers, name)])),
  };
}

/** What is wrong with one screen: field name → key of the message, in the order of the fields. Empty when nothing is. */
export function checkScreen(screen: Screen, answers: Answers, knownQuarters: readonly string[]): FieldErrors {
  const parsed = schemas[screen].safeParse(raw(screen, answers));
  const errors: FieldErrors = {};
  if (!parsed.success) {
    for (const issue of parsed.error.issues) errors[String(issue.path[0])] ??= issue.message;
  }
  if (screen === 'contact') for (const [name, key] of Object.entries(contactFaults(answers))) errors[name] ??= key;
  const quarter = one(answers, 'quarter');
  if (screen === 'what' && quarter && quarter !== UNKNOWN_QUARTER && !knownQuarters.includes(quarter))
    errors['quarter'] = 'quarter';
  return errors;
}

/** The whole form, valid; call it once every screen checks out. */
export function toRequest(answers: Answers, uiLanguage: string): SubmitRequest {
  const danger = schemas.danger.parse(raw('danger', answers));
  const need = schemas.need.parse(raw('need', answers));
  const what = schemas.what.parse(raw('what', answers));
  const story = schemas.story.parse(raw('story', answers));
  const contact = schemas.contact.parse(raw('contact', answers));
  const care = schemas.care.parse(raw('care', answers));
  const send = schemas.send.parse(raw('send', answers));
  return {
    danger: danger.danger === 'yes',
    need: need.need,
    categories: what.categories,
    quarter: what.quarter === UNKNOWN_QUARTER ? null : what.quarter,
    placeType: what.place_type,
    placeText: what.place_text,
    relation: story.relation,
    story: story.story,
    firstName: contact.first_name,
    contactWays: contact.contact_ways,
    phone: contact.phone,
    email: contact.email,
    postalAddress: contact.postal_address,
    trustedPerson: contact.trusted_person,
    precautions: care.precautions,
    contactHours: care.contact_hours,
    spokenLanguage: care.spoken_language,
    interpreter: care.interpreter === 'yes',
    ageGroup: send.age_group,
    acceptEvaluation: send.accept_evaluation === 'yes',
    uiLanguage,
  };
}

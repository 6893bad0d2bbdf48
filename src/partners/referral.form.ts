import { z } from 'zod';
import type { ReferralLevel } from '../db/tables/partner.ts';
import type { Answers } from '../http/form-body.ts';
import { many, one } from '../http/typed-answers.ts';
import { cleanBlock, cleanLine, lengthOf } from '../privacy/clean-text.ts';
import { normaliseEmail, normalisePhone } from '../privacy/contact.ts';
import {
  CATEGORY_CODES,
  isWrittenOnly,
  LANGUAGES,
  NATURES,
  NEEDS,
  PLACE_TYPES,
  PRECAUTIONS,
  UNKNOWN_QUARTER,
  WAY_NEEDS,
  WAYS,
} from '../requests/request-choices.ts';
import type { NewReferral, ReferredPerson } from './refer.command.ts';

// F2 on one page a level: a person is named only where the page says that they agreed (R31); the other two have no field for anybody.

export const REFERRAL_LEVELS = ['named', 'place', 'organisation'] as const satisfies readonly ReferralLevel[];
/** The last part of the address of each level's page. */
export const LEVEL_ADDRESS = { named: 'personne', place: 'lieu', organisation: 'structure' } as const satisfies Record<
  ReferralLevel,
  string
>;
export const DONE_BEFORE = ['talked', 'wrote', 'met', 'rules', 'works', 'oriented', 'other', 'nothing'] as const;
export const EXPECTED = ['talk_again', 'understand', 'common_rule', 'calm_place', 'link', 'other'] as const;
export const OFFERED = ['works', 'appointment', 'rules', 'presence', 'translation', 'other'] as const;
export const VISIT_RISKS = ['dog', 'alone', 'tension'] as const;

export const FACTS_LIMIT = 1_000;
const LINE_LIMIT = 120;

const AGENT = ['danger', 'agent_role', 'agent_phone'] as const;
const PERSON = ['person_agrees', 'agreed_on', 'first_name', 'age_group', 'phone', 'email', 'postal_address', 'trusted_person', 'contact_hours', 'spoken_language', 'interpreter'] as const; // prettier-ignore
const MATTER = ['need', 'quarter', 'place_type', 'place_text', 'facts', 'done_on', 'urgency', 'urgency_reason', 'will_take_part'] as const; // prettier-ignore
const MATTER_MANY = ['natures', 'categories', 'done_before', 'expected', 'offered', 'visit_risks'] as const;

/** Names a page of this level may post; anything else is refused: without agreement no name arrives (R31). */
export function fieldsOfLevel(level: ReferralLevel): { one: string[]; many: string[] } {
  const named = level === 'named';
  return {
    one: ['form', ...AGENT, ...(named ? PERSON : []), ...MATTER],
    many: [...(named ? ['contact_ways', 'precautions'] : []), ...MATTER_MANY],
  };
}

const line = z
  .string()
  .transform(cleanLine)
  .pipe(
    z
      .string()
      .min(1)
      .refine((text) => lengthOf(text) <= LINE_LIMIT),
  );
const optionalLine = z
  .string()
  .optional()
  .transform((text) => cleanLine(text ?? ''))
  .pipe(z.string().refine((text) => lengthOf(text) <= 200))
  .transform((text) => text || null);
const boxes = <T extends readonly string[]>(known: T) =>
  z.array(z.enum(known)).refine((chosen) => new Set(chosen).size === chosen.length);
const phone = z.string().transform((typed, context) => {
  const read = normalisePhone(cleanLine(typed));
  if (read.ok) return read.value;
  context.addIssue('no number');
  return z.NEVER;
});

const matter = {
  danger: z.enum(['yes', 'no']),
  agent_role: line,
  agent_phone: phone,
  need: z.enum(NEEDS),
  natures: boxes(NATURES).min(1),
  categories: boxes(CATEGORY_CODES).min(1).max(3),
  place_type: z.enum(PLACE_TYPES).optional(),
  place_text: optionalLine,
  facts: z
    .string()
    .transform(cleanBlock)
    .pipe(
      z
        .string()
        .min(1)
        .refine((text) => lengthOf(text) <= FACTS_LIMIT),
    ),
  done_before: boxes(DONE_BEFORE).min(1),
  done_on: optionalLine,
  expected: boxes(EXPECTED).min(1),
  offered: boxes(OFFERED).default([]),
  urgency: z.enum(['standard', 'urgent']),
  urgency_reason: optionalLine,
  visit_risks: boxes(VISIT_RISKS).default([]),
  will_take_part: z.literal('yes').optional(),
};
const Person = z.object({
  person_agrees: z.literal('yes'),
  agreed_on: line,
  first_name: line,
  age_group: z.enum(['adult', 'minor']),
  contact_ways: boxes(WAYS).min(1),
  phone: phone.nullable(),
  email: z
    .string()
    .transform((typed, context) => {
      const read = normaliseEmail(typed);
      if (read.ok) return read.value;
      context.addIssue('no address');
      return z.NEVER;
    })
    .nullable(),
  postal_address: optionalLine,
  trusted_person: optionalLine,
  contact_hours: optionalLine,
  precautions: boxes(PRECAUTIONS).default([]),
  spoken_language: z.enum(LANGUAGES).optional(),
  interpreter: z.literal('yes').optional(),
});

export type ReadReferral = { ok: true; value: NewReferral } | { ok: false; wrong: string[] };

/** @param quarters codes of this town. Days stay as typed: the command reads them by the town's calendar. */
export function readReferral(level: ReferralLevel, answers: Answers, quarters: readonly string[]): ReadReferral {
  const given = withEmpty(answers);
  const about = z.object({ ...matter, quarter: z.enum([...quarters, UNKNOWN_QUARTER]) }).safeParse(given);
  const who = level === 'named' ? Person.safeParse(given) : undefined;
  const wrong = new Set(
    [about.error, who?.error].flatMap((error) => error?.issues.map(({ path }) => String(path[0])) ?? []),
  );
  if (answers['urgency'] === 'urgent' && !cleanLine(textIn(answers, 'urgency_reason'))) wrong.add('urgency_reason');
  if (level === 'named') for (const name of missingContacts(answers)) wrong.add(name);
  if (!about.success || who?.success === false || wrong.size > 0) return { ok: false, wrong: [...wrong] };
  return { ok: true, value: { ...matterOf(level, about.data), person: who ? personOf(who.data) : null } };
}

type Matter = z.output<z.ZodObject<typeof matter>> & { quarter: string };

function matterOf(level: ReferralLevel, said: Matter): Omit<NewReferral, 'person'> {
  return {
    level,
    danger: said.danger === 'yes',
    agentRole: said.agent_role,
    agentPhone: said.agent_phone,
    need: said.need,
    natures: said.natures,
    categories: said.categories,
    quarter: said.quarter === UNKNOWN_QUARTER ? null : said.quarter,
    placeType: said.place_type ?? null,
    placeText: said.place_text,
    facts: said.facts,
    doneBefore: said.done_before,
    doneOn: said.done_on,
    expected: said.expected,
    offered: said.offered,
    urgencyReason: said.urgency === 'urgent' ? said.urgency_reason : null,
    visitRisks: said.visit_risks,
    willTakePart: said.will_take_part === 'yes',
  };
}

function personOf(said: z.output<typeof Person>): ReferredPerson {
  return {
    agreedOn: said.agreed_on,
    firstName: said.first_name,
    ageGroup: said.age_group,
    contactWays: said.contact_ways,
    phone: said.phone,
    email: said.email,
    postalAddress: said.postal_address,
    trustedPerson: said.trusted_person,
    contactHours: said.contact_hours,
    precautions: said.precautions,
    spokenLanguage: said.spoken_language ?? null,
    interpreter: said.interpreter === 'yes',
  };
}

function textIn(answers: Answers, name: string): string {
  return one(answers, name) ?? '';
}

/** An empty line of an optional number or address is none, not a wrong one. */
function withEmpty(answers: Answers): Answers | Record<string, unknown> {
  const none = (name: string) => (textIn(answers, name).trim() ? textIn(answers, name) : null);
  return { ...answers, phone: none('phone'), email: none('email') };
}

/** A way that is chosen needs what it takes to use it, and one at least can be used. */
function missingContacts(answers: Answers): string[] {
  const ways = many(answers, 'contact_ways');
  const unusable = isWrittenOnly(ways, many(answers, 'precautions')) ? ['contact_ways'] : [];
  const missing = Object.entries(WAY_NEEDS).flatMap(([way, name]) =>
    ways.includes(way) && !textIn(answers, name).trim() ? [name] : [],
  );
  return [...unusable, ...missing];
}

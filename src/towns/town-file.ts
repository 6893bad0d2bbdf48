import { z } from 'zod';
import { locales } from '../i18n/languages.ts';

const day = z.iso.date();
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const text = z.string().trim().min(1).max(300);

/** What the town says of itself in a language. */
const SpokenWords = z.strictObject({ openingHours: text, deskHours: text, legalBasis: text });
/** Path data, and nothing else that a drawing could carry. */
const shape = z.string().regex(/^[MLHVCSQTAZmlhvcsqtaz0-9 .,-]{1,4000}$/);
const point = z.tuple([z.number(), z.number()]);
/** The drawn map: shapes of quarters by their codes, points of places by theirs. */
const TownMapFile = z.strictObject({
  width: z.number().int().min(100).max(2_000),
  height: z.number().int().min(100).max(2_000),
  water: shape,
  quarters: z.record(z.string(), z.strictObject({ shape, at: point })),
  places: z.record(z.string(), point),
});

/** The one file a town is created from (`main town create FILE.json`). Ladders come from the defaults and are rows afterwards. */
export const TownFile = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]{2,60}$/),
  name: text,
  hosts: z.array(z.string()),
  timeZone: z.string(),
  holidayZone: z.enum(['metropole', 'alsace-moselle']).default('metropole'),
  whitMondayWorked: z.boolean().default(false),
  demo: z.boolean().default(false),
  service: z.strictObject({
    phone: text,
    email: z.email(),
    address: text,
    openingHours: text,
    deskHours: text,
    controller: text,
    processor: text,
    dpoContact: text,
    legalBasis: text,
    retentionMonths: z.number().int().min(1).max(24),
    interpreters: z.boolean(),
    words: z.partialRecord(z.enum(locales), SpokenWords.partial()).optional(),
  }),
  /** The day somebody made sure of the numbers of the safety page and their hours; left out: not yet. */
  helplinesCheckedOn: day.optional(),
  opening: z.array(z.strictObject({ weekday: z.number().int().min(1).max(7), hours: z.array(z.tuple([hour, hour])) })),
  closures: z.array(z.strictObject({ from: day, to: day, label: text })),
  teams: z.array(z.strictObject({ code: text, name: text, leader: text.optional(), deputy: text.optional() })),
  people: z.array(
    z.strictObject({
      ref: text,
      firstName: text,
      lastName: text,
      email: z.email(),
      roles: z.array(z.enum(['mediator', 'team_leader', 'coordinator', 'admin'])).min(1),
      teams: z.array(text),
      mediator: z
        .strictObject({
          contract: text,
          contractUntil: day.nullable(),
          languages: z.array(text),
          sectors: z.array(text),
          qualifications: z.array(
            z.strictObject({
              code: text,
              label: text,
              status: z.enum(['verified', 'in_progress', 'to_verify']),
              validUntil: day.nullable(),
              hours: z.number().int().nullable(),
            }),
          ),
        })
        .optional(),
    }),
  ),
  quarters: z.array(
    z.strictObject({ code: z.string().regex(/^[A-Z]{2,6}$/), name: text, qpv: text.nullable(), team: text }),
  ),
  map: TownMapFile.optional(),
  places: z.array(
    z.strictObject({
      /** On its poster (R35); given by chance when the file gives none. */
      code: z
        .string()
        .regex(/^[A-Z0-9]{4,12}$/)
        .optional(),
      name: text,
      type: text,
      quarter: text.nullable(),
    }),
  ),
  organisations: z.array(
    z.strictObject({
      code: text,
      name: text,
      type: text,
      roles: z.array(z.enum(['operational', 'funder', 'party'])),
      contacts: z.array(
        z.strictObject({ position: z.enum(['referent', 'substitute', 'head']), name: text, email: z.email() }),
      ),
    }),
  ),
});
export type TownFile = z.infer<typeof TownFile>;

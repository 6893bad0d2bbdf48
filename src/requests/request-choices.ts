import type { Nature } from '../db/tables/case.ts';

// The closed lists of F1 (spec §4.5, §4.7), by their codes. Their words stand in the catalogue under the same codes.

/** What a request may be about; `place` is no request: a place is pointed out and nobody is named. */
export const NEEDS = ['person', 'group', 'service', 'link'] as const;
export const DOORS = [...NEEDS, 'place'] as const;

/** What a mediation is for, in the verbs of the plan (R7): several at once, and it need not be a conflict. */
export const NATURES = ['create_tie', 'repair_tie', 'prevent_conflict', 'settle_conflict', 'establish_relation', 'restore_relation'] as const satisfies readonly Nature[]; // prettier-ignore

export const CATEGORY_CODES = [
  'BRUIT', 'HALL', 'ODEURS', 'LOGEMENT', 'MITOYEN', 'NUMERIQUE',
  'REGROUP', 'JEUNES', 'ANIMAUX', 'STATION', 'DECHETS', 'DEGRAD', 'USAGE', 'COMMERCE', 'TRANSP', 'ECOLE',
  'GUICHET', 'DROITS', 'ASSO',
  'INCIV', 'INTERGEN', 'CULTURE', 'ISOLEMENT', 'AUTRE',
] as const; // prettier-ignore

/** Kinds of place in the groups they are shown in. */
export const PLACE_GROUPS = [
  { group: 'home', types: ['hall', 'escalier', 'cour', 'parking', 'logement'] },
  { group: 'outside', types: ['rue', 'place', 'parc', 'sport', 'berge', 'marche', 'commerce', 'evenement'] },
  { group: 'transport', types: ['arret', 'bus', 'tram', 'gare'] },
  {
    group: 'service',
    types: ['ecole', 'college', 'guichet', 'ccas', 'caf', 'centre_social', 'mediatheque', 'equipement_sportif', 'lieu_associatif'],
  },
  { group: 'elsewhere', types: ['messagerie', 'autre'] },
] as const; // prettier-ignore
export const PLACE_TYPES = PLACE_GROUPS.flatMap(({ types }) => [...types]);
export type PlaceType = (typeof PLACE_GROUPS)[number]['types'][number];
export const TRANSPORT_TYPES: readonly string[] = PLACE_GROUPS[2].types;
export const UNKNOWN_QUARTER = 'unknown';
/** None of the places of the list. */
export const NO_PLACE = 'none';

export const SINCE = ['not_yet', 'days', 'weeks', 'months', 'years'] as const;
export const FREQUENCIES = ['once', 'sometimes', 'each_week', 'each_day'] as const;
export const MOMENTS = ['morning', 'afternoon', 'evening', 'night', 'weekend'] as const;
export const DONE_BEFORE = ['talked', 'wrote', 'caretaker', 'landlord', 'town_hall', 'conciliator', 'other', 'nothing'] as const; // prettier-ignore
export const RELATIONS = ['never_spoke', 'used_to_speak', 'still_speak', 'avoid'] as const;
export const SCORES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;
/** What would be better: after a conflict, and where somebody looks for a tie. */
export const HOPES = ['less_noise', 'talk', 'understand', 'common_rule', 'other'] as const;
export const LINK_HOPES = ['meet', 'find_again', 'take_part', 'be_visited', 'be_helped', 'other'] as const;
export const PROCEDURES = ['yes', 'no', 'unknown'] as const;

export const PRECAUTIONS = ['no_voicemail', 'do_not_write', 'only_hours'] as const;
export const LANGUAGES = ['fr', 'ar', 'tr', 'pt', 'en', 'es', 'zgh', 'snk', 'bm', 'lsf', 'other'] as const;
export const ACCESS_NEEDS = ['lsf', 'reading', 'mobility', 'other'] as const;
export const DIFFICULTIES = ['social', 'economic', 'cultural', 'rather_not_say'] as const;
/** A service that is not among the town's. */
export const OTHER_SERVICE = 'other';
export const WAYS = ['phone', 'email', 'post', 'trusted_person', 'desk'] as const;
/** What it takes to use a way, as a field of the form. */
export const WAY_NEEDS = {
  phone: 'phone',
  email: 'email',
  post: 'postal_address',
  trusted_person: 'trusted_person',
} as const;
/** A letter or a mail. */
const WRITTEN: readonly string[] = ['email', 'post'];

/** True where somebody asks not to be written to and chose nothing but letters or mails: nobody could reach them (F1, R98). */
export function isWrittenOnly(ways: readonly string[], precautions: readonly string[]): boolean {
  return ways.length > 0 && precautions.includes('do_not_write') && ways.every((way) => WRITTEN.includes(way));
}

export const STORY_LIMIT = 1_500;
export const HOPES_LIMIT = 300;
export const NOTE_LIMIT = 300;
/** How long a place pointed out without a name is kept (spec §3.5); the page says so. */
export const OBSERVATION_KEPT_MONTHS = 24;

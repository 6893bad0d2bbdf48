/** Who a number is for: those for children come first where a minor is concerned, those for couples where somebody is in danger. */
export const AUDIENCES = ['everybody', 'children', 'couples'] as const;

/** One number of the safety page, as a town has set it (spec §4.11). */
export type HelplineRow = {
  /** One of ours, with its words in every language; or a town's own, which brings its words. */
  code: string;
  number: string;
  by: 'tel' | 'sms';
  /** `emergency`: a card; `talk`: a line of the list. */
  list: 'emergency' | 'talk';
  audience: (typeof AUDIENCES)[number];
  /** As the town says it; nothing where the words of the catalogue hold. */
  who: string | null;
  hours: string | null;
  shown: boolean;
  ordinal: number;
  /** The day somebody of the town last made sure of it (YYYY-MM-DD); nothing: not yet. */
  checkedOn: string | null;
};

/** The European and national emergency numbers: they stand on every safety page, and no town takes them off or changes them. */
export const FIXED_CODES = ['police', 'europe', 'sms'] as const;
export function isFixed(code: string): boolean {
  return FIXED_CODES.some((fixed) => fixed === code);
}

/** Those whose words stand in the catalogue (`home.safety.<code>`), and whether their hours do (`home.safety.<code>When`). */
export const KNOWN_CODES = [
  'police',
  'europe',
  'sms',
  'fire',
  'medical',
  'child',
  'couple',
  'school',
  'suicide',
  'victim',
  'vulnerable',
  'homeless',
] as const;
export type KnownCode = (typeof KNOWN_CODES)[number];
export const CODES_WITH_HOURS = ['child', 'couple', 'school', 'suicide', 'victim'] as const satisfies KnownCode[];

const emergency = { list: 'emergency', by: 'tel', audience: 'everybody' } as const;
const talk = { list: 'talk', by: 'tel', audience: 'everybody' } as const;
const NUMBERS: readonly (Pick<HelplineRow, 'number' | 'list' | 'by' | 'audience'> & { code: KnownCode })[] = [
  { ...emergency, code: 'police', number: '17' },
  { ...emergency, code: 'europe', number: '112' },
  { ...emergency, code: 'sms', number: '114', by: 'sms' },
  { ...emergency, code: 'fire', number: '18' },
  { ...emergency, code: 'medical', number: '15' },
  { ...talk, code: 'child', number: '119', audience: 'children' },
  { ...talk, code: 'couple', number: '3919', audience: 'couples' },
  { ...talk, code: 'school', number: '3018', audience: 'children' },
  { ...talk, code: 'suicide', number: '3114' },
  { ...talk, code: 'victim', number: '116 006' },
  { ...talk, code: 'vulnerable', number: '3977' },
  { ...talk, code: 'homeless', number: '115' },
];

/** What every town starts with (spec §4.11): nobody of the town has made sure of them yet. */
export const DEFAULT_HELPLINES: readonly HelplineRow[] = NUMBERS.map((line, index) => ({
  ...line,
  who: null,
  hours: null,
  shown: true,
  ordinal: (index + 1) * 10,
  checkedOn: null,
}));

/** The numbers of a town, those it shows, in its order. A town whose numbers could not be read has the ones of the law of the land. */
export function shownHelplines(town: { helplines?: readonly HelplineRow[] | undefined }): HelplineRow[] {
  const rows = town.helplines && town.helplines.length > 0 ? town.helplines : DEFAULT_HELPLINES;
  return rows.filter(({ shown }) => shown).toSorted((a, b) => a.ordinal - b.ordinal);
}

/** Those of them that are for these people. */
export function helplinesFor(
  town: { helplines?: readonly HelplineRow[] | undefined },
  ...audiences: readonly HelplineRow['audience'][]
): HelplineRow[] {
  return shownHelplines(town).filter(({ audience }) => audiences.includes(audience));
}

/** Numbers nobody has made sure of for twelve months: hours change, and a safety page must not be wrong. @param today YYYY-MM-DD. */
export function toCheckAgain(town: { helplines?: readonly HelplineRow[] | undefined }, today: string): HelplineRow[] {
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  return shownHelplines(town).filter(({ checkedOn }) => checkedOn === null || checkedOn <= yearAgo);
}

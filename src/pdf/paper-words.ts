/** What every paper says: its title (also the document's), its language, who writes, and the head and foot of each page. */
export type PaperWords = {
  title: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  sender: string;
  senderLines: readonly string[];
  /** Stands at the top of each page when the town is invented (R104). */
  fictional: string | null;
  /** In a language that no person has checked: that it is a translation, and that the French text counts (R101). */
  translation: string | null;
  footer: readonly string[];
  /** « page » in the language of the paper, before « 1/2 ». */
  page: string;
};

/** A drawing for cameras, with the words for whoever does not see it. It leads to an address and holds no code. */
export type QrWords = { svg: string; alt: string };

/** The receipt as a slip to keep, on one A5 sheet (R93, design §8). */
export type SlipWords = PaperWords & {
  lead: string;
  /** What is kept: number, code; large. */
  kept: readonly Labelled[];
  /** Dates and whom to reach, each on a line. */
  facts: readonly Labelled[];
  follow: { heading: string; address: string; lines: readonly string[]; qr: QrWords };
  warning: string | null;
};

/** A sheet for a wall, A4 or A3. */
export type PosterWords = Pick<PaperWords, 'title' | 'lang' | 'dir' | 'sender' | 'fictional' | 'translation'> & {
  lead: string;
  points: readonly string[];
  scan: { heading: string; address: string; qr: QrWords };
  phone: { heading: string; number: string; hours: string };
  /** How without a phone or a computer. */
  without: { heading: string; lines: readonly string[] };
  danger: string;
  /** Which wall it is for, small. */
  place: string;
};
export const POSTER_SIZES = ['a4', 'a3'] as const;
export type PosterSize = (typeof POSTER_SIZES)[number];

/** A question on paper: boxes to tick, in columns, under headings where there are several groups; or lines to write on. */
export type PaperQuestion = {
  /** None where the one box says it all. */
  label: string | null;
  hint: string | null;
  choices: readonly { heading: string | null; columns: number; options: readonly string[] }[];
  lines: number;
};

/** A form to fill by hand. */
export type FormWords = PaperWords & {
  lead: readonly string[];
  danger: { heading: string; lines: readonly string[] };
  parts: readonly { heading: string; paragraphs: readonly string[]; questions: readonly PaperQuestion[] }[];
  /** What becomes of the sheet: where to give it, how number and code come. */
  after: { heading: string; points: readonly string[] };
  /** Filled by the team, in a box. */
  office: { heading: string; fields: readonly string[] };
};

export type LetterPart = { heading: string | null; paragraphs: readonly string[]; points: readonly string[] };

export type LetterWords = PaperWords & {
  /** Lines of the address; none for a letter that is given by hand. */
  recipient: readonly string[];
  placeAndDay: string;
  parts: readonly LetterPart[];
  /** How to answer, in a box: what is typed stands large, the rest are lines. */
  answer: {
    heading: string;
    lead: string;
    typed: readonly Labelled[];
    lines: readonly Labelled[];
    after: string;
  } | null;
  signature: readonly string[];
  /** A page of its own: what is said about personal data. */
  notice: { title: string; lead: string; rows: readonly { heading: string; text: string }[] } | null;
};
export type Labelled = { label: string; value: string };

export type AgreementWords = PaperWords & {
  day: string;
  lead: readonly string[];
  agreed: { heading: string; paragraphs: readonly string[] } | null;
  columns: readonly [what: string, before: string];
  parties: readonly { heading: string; commitments: readonly { what: string; before: string }[] }[];
  rules: { heading: string; points: readonly string[] };
  signing: { heading: string; lead: string; places: readonly { name: string; hint: string }[] };
};

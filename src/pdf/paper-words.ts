/** What every paper says: its title (also the document's), its language, who writes, and the head and foot of each page. */
export type PaperWords = {
  title: string;
  lang: string;
  dir: 'ltr' | 'rtl';
  sender: string;
  senderLines: readonly string[];
  /** Stands at the top of each page when the town is invented (R104). */
  fictional: string | null;
  footer: readonly string[];
  /** « page » in the language of the paper, before « 1/2 ». */
  page: string;
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

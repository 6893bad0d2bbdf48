// What a person typed, made safe to store and show (B-02, B-05, B-07, B-12). Linear time whatever the input.

const INVISIBLE =
  /[\u0000\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]/g;
// Joiners belong to the spelling of Persian, Urdu or Hindi and hold a family of emoji together; elsewhere they hide.
const JOINED_SCRIPTS = [
  'Arabic',
  'Bengali',
  'Devanagari',
  'Gujarati',
  'Gurmukhi',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Tamil',
  'Telugu',
]
  .map((script) => `\\p{scx=${script}}`)
  .join('');
const LOOSE_JOINER = new RegExp(
  `(?<![${JOINED_SCRIPTS}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])[\\u200C\\u200D]|[\\u200C\\u200D](?![${JOINED_SCRIPTS}\\p{Extended_Pictographic}])`,
  'gu',
);
// The blank of Braille with them.
const CONTROLS_BUT_NEWLINE = /[\u0001-\u0009\u000B-\u001F\u007F-\u009F\u2800]/g;
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const MARK = /\p{M}/u;
/** Something that leaves ink: marks, selectors and tags alone do not. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
const MAX_MARKS = 8;

/** One line: line breaks and tabs become a space, invisible signs go, blanks at both ends too. « » when nothing is left. */
export function cleanLine(text: string): string {
  return cleanBlock(text).replace(/\s+/g, ' ');
}

/** Several lines: keeps line breaks, at most two in a row. */
export function cleanBlock(text: string): string {
  const folded = text
    .replace(/\r\n?|[\u2028\u2029\u000B\u000C\u0085]/g, '\n')
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(INVISIBLE, '')
    .replace(LOOSE_JOINER, '')
    .replace(CONTROLS_BUT_NEWLINE, ' ')
    .normalize('NFC');
  if (!VISIBLE.test(folded)) return '';
  return capMarks(folded)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** How long a text is, as its limit counts: signs, not UTF-16 halves, so that 1,500 emoji are 1,500 (B-04). */
export function lengthOf(text: string): number {
  let count = 0;
  for (const _sign of text) count += 1;
  return count;
}

function capMarks(text: string): string {
  if (!MARK.test(text)) return text;
  let kept = '';
  let marks = 0;
  for (const sign of text) {
    marks = MARK.test(sign) ? marks + 1 : 0;
    if (marks <= MAX_MARKS) kept += sign;
  }
  return kept;
}

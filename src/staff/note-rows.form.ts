import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import { cleanLine, lengthOf } from '../privacy/clean-text.ts';
import { type CommitmentMade, LINK_KINDS, type LinkNoted } from '../sessions/note-rows.ts';
import { type Faults, LINE_LIMIT, uuid } from './act.form.ts';

// What a note has several of: lines of the form, each field with its number (`promised2`).

export { LINK_KINDS };
export const NOTE_ROWS = {
  promised: ['promisedBy', 'promised', 'promisedFor'],
  link: ['linkWith', 'linkKind', 'linkHeld'],
} as const;
export type NoteRows = keyof typeof NOTE_ROWS;
export const FEWEST_ROWS = 3;
export const MOST_ROWS = 8;
const ROW_NUMBERS = Array.from({ length: MOST_ROWS }, (_, index) => index + 1);
const numbered = (names: readonly string[]) => ROW_NUMBERS.flatMap((row) => names.map((name) => `${name}${row}`));
export const ROW_FIELDS = [...numbered(NOTE_ROWS.promised), ...numbered(NOTE_ROWS.link)];
export const WRITTEN_IN_ROWS = numbered(['promised', 'promisedFor']);

/** The lines that hold something; whoever began one is asked for the rest of it. */
export function readRows(answers: Answers): { commitments: CommitmentMade[]; links: LinkNoted[]; faults: Faults } {
  const faults: Faults = {};
  const typed = (name: string) => one(answers, name) ?? '';
  const written = (name: string) => {
    const text = cleanLine(typed(name));
    if (lengthOf(text) > LINE_LIMIT) faults[name] = 'tooLong';
    return text;
  };
  const commitments = ROW_NUMBERS.flatMap((row): CommitmentMade[] => {
    const [by, what, until] = [`promisedBy${row}`, `promised${row}`, `promisedFor${row}`];
    const made = { row, partyId: typed(by), what: written(what), byDay: written(until) };
    if (!made.partyId && !made.what && !made.byDay) return [];
    if (!uuid.safeParse(made.partyId).success) faults[by] = 'missing';
    if (!made.what) faults[what] = 'missing';
    if (!made.byDay) faults[until] = 'missing';
    return [made];
  });
  const links = ROW_NUMBERS.flatMap((row): LinkNoted[] => {
    const [whom, how, held] = [`linkWith${row}`, `linkKind${row}`, `linkHeld${row}`];
    const organisationId = typed(whom);
    const kind = LINK_KINDS.find((known) => known === typed(how));
    if (!organisationId && !typed(how) && !typed(held)) return [];
    if (!uuid.safeParse(organisationId).success) faults[whom] = 'missing';
    if (!kind) faults[how] = 'missing';
    if (!['', 'yes'].includes(typed(held))) faults[held] = 'missing';
    return kind ? [{ row, organisationId, kind, confirmed: typed(held) === 'yes' }] : [];
  });
  return { commitments, links, faults };
}

/** Which lines the page shows: three, those that hold something or are wrong, and as many as somebody asked for (`more`: « promised:4 »). */
export function rowsShown(answers: Answers, errors: Faults, kind: NoteRows): number[] {
  const filled = ROW_NUMBERS.filter((row) =>
    NOTE_ROWS[kind].some((name) => answers[`${name}${row}`] || errors[`${name}${row}`]),
  );
  const [of, count] = String(answers['more'] ?? '').split(':');
  return ROW_NUMBERS.slice(0, Math.max(FEWEST_ROWS, of === kind ? Number(count) || 0 : 0, ...filled));
}

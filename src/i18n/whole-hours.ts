/**
 * Hours as a town wrote them, each span kept whole at the end of a line: « 9 h – 12 h 30 », “9:00 – 12:30”. A line may end after a dash even before a
 * no-break space; the joiner forbids it.
 */
export function wholeHours(written: string): string {
  return written
    .replaceAll(/(?<=\d) (?=h\b)|(?<=\bh) (?=\d)|(?<=[\dh]) (?=–)/g, '\u00a0')
    .replaceAll(/– (?=\d)/g, '–\u2060\u00a0');
}

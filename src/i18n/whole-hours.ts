/** Hours as a town wrote them, each span kept whole at the end of a line: « 9 h – 12 h 30 », “9:00 – 12:30”. */
export function wholeHours(written: string): string {
  return written.replaceAll(/(?<=\d) (?=h\b)|(?<=\bh) (?=\d)|(?<=[\dh]) (?=–)|(?<=–) (?=\d)/g, '\u00a0');
}

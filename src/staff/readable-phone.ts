/** `+33612345678` as people say it, « 06 12 34 56 78 » with no-break spaces; another country's number as it was written. */
export function readablePhone(stored: string): string {
  const french = /^\+33([1-9])(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(stored);
  return french ? `0${french.slice(1).join('\u00a0')}` : stored;
}

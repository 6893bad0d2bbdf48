/** A case's number however it was typed: « ms 2026 00123 », « N° MS-2026-00123 » → `MS-2026-00123`; undefined when it is none. */
export function readCaseNumber(typed: string): string | undefined {
  if (typed.length > 60) return undefined;
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replace(/^N°?(?=MS)/u, '');
  const [, year, rank] = /^MS(\d{4})(\d{5,9})$/.exec(bare) ?? [];
  return year && rank ? `MS-${year}-${rank}` : undefined;
}

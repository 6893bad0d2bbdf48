/** What belongs to the State and to nobody else (spec §1, R94): its design system, its typefaces, its block mark, its colours, its addresses. */
const MARKS: readonly RegExp[] = [
  /marianne/i,
  /dsfr|gouvfr|gouvernementfr/i,
  /\bfr-(?:btn|btns|header|footer|grid|container|card|logo|icon|alert|badge|input|label|fieldset|accordion|modal|nav|tag|tile|link|col|raw-link|consent)\b/,
  /r[ée]publique[\s\u00a0]+fran[çc]aise/i,
  /libert[ée][\s,·|/-]+[ée]galit[ée]/i,
  /\bSpectral\b/,
  /#(?:000091|6a6af4|e1000f|c9191e)\b/i,
  /\bgouv\.fr\b/i,
];

/** The marks of the State that a text carries. */
export function stateMarks(text: string): string[] {
  return MARKS.flatMap((mark) => mark.exec(text)?.[0] ?? []);
}

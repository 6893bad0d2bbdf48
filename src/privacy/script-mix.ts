// Letters that look alike stand in different scripts: the Cyrillic « а » in « Rosа », in « аpple.fr » (B-08, B-45).

/** Scripts written together in one word count as one. */
const SCRIPTS = [
  ['Latin'], ['Greek'], ['Cyrillic'], ['Armenian'], ['Hebrew'], ['Arabic'], ['Georgian'], ['Ethiopic'], ['Cherokee'], ['Tifinagh'],
  ['Nko'], ['Devanagari'], ['Thai'], ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul'],
].map((together) => new RegExp(together.map((script) => `\\p{Script=${script}}`).join('|'), 'u')); // prettier-ignore

/** Whether one word holds letters of two scripts. Two words in two scripts are a bilingual name. */
export function mixesScripts(text: string): boolean {
  return text.split(/[^\p{L}\p{M}]+/u).some(isMixed);
}

/** Whether one label of a domain does, hyphens and digits put aside. */
export function mixesScriptsInDomain(domain: string): boolean {
  return domain.split('.').some((label) => isMixed(label.replaceAll(/[^\p{L}\p{M}]/gu, '')));
}

function isMixed(word: string): boolean {
  return SCRIPTS.filter((script) => script.test(word)).length > 1;
}

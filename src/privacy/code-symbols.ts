/** The 32 signs codes are written with: no I, L, O, U, so that nobody mistakes one for another. */
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first `count` symbols of these bytes, five bits each. */
export function symbolsOf(bytes: Buffer, count: number): string {
  let symbols = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5 && symbols.length < count) {
      held -= 5;
      symbols += ALPHABET.charAt((bits >> held) & 31);
      bits &= (1 << held) - 1;
    }
  }
  return symbols;
}

/**
 * What a person typed as `count` symbols: case, spaces, dashes, O for 0, I and L for 1, full-width signs and the unseen ones that
 * Arabic pages set around a code are forgiven (B-40).
 * @returns undefined when it is anything else.
 */
export function readSymbols(typed: string, count: number): string | undefined {
  if (typed.length > 200) return undefined;
  const symbols = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}._]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (symbols.length !== count) return undefined;
  for (const symbol of symbols) if (!ALPHABET.includes(symbol)) return undefined;
  return symbols;
}

/** Which letters a TrueType font has, read from its `cmap` table (formats 4 and 12, the two that our fonts hold). */
export function lettersOf(font: Buffer): Set<number> {
  const letters = new Set<number>();
  const cmap = tableAt(font, 'cmap');
  for (let record = 0; record < font.readUInt16BE(cmap + 2); record++) {
    const table = cmap + font.readUInt32BE(cmap + 4 + record * 8 + 4);
    const format = font.readUInt16BE(table);
    if (format === 4) addSegments(font, table, letters);
    if (format === 12) addGroups(font, table, letters);
  }
  return letters;
}

function tableAt(font: Buffer, name: string): number {
  for (let at = 12; at < 12 + font.readUInt16BE(4) * 16; at += 16) {
    if (font.toString('latin1', at, at + 4) === name) return font.readUInt32BE(at + 8);
  }
  throw new Error(`a font without a ${name} table`);
}

function addSegments(font: Buffer, table: number, letters: Set<number>): void {
  const twice = font.readUInt16BE(table + 6);
  for (let at = 0; at < twice; at += 2) {
    const last = font.readUInt16BE(table + 14 + at);
    const first = font.readUInt16BE(table + 16 + twice + at);
    const delta = font.readUInt16BE(table + 16 + 2 * twice + at);
    const offsetAt = table + 16 + 3 * twice + at;
    const offset = font.readUInt16BE(offsetAt);
    for (let letter = first; letter <= last && letter < 0xffff; letter++) {
      const glyph =
        offset === 0 ? (letter + delta) & 0xffff : font.readUInt16BE(offsetAt + offset + 2 * (letter - first));
      if (glyph !== 0) letters.add(letter);
    }
  }
}

function addGroups(font: Buffer, table: number, letters: Set<number>): void {
  for (let group = 0; group < font.readUInt32BE(table + 12); group++) {
    const at = table + 16 + group * 12;
    for (let letter = font.readUInt32BE(at); letter <= font.readUInt32BE(at + 4); letter++) letters.add(letter);
  }
}

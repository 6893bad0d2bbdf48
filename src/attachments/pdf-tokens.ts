/** A value of a PDF as far as it matters here; texts and numbers that say nothing are `null`. */
export type PdfValue = PdfName | PdfDict | readonly PdfValue[] | number | null;
export type PdfName = { name: string };
export type PdfDict = ReadonlyMap<string, PdfValue>;

const MAX_DEPTH = 40;
const BLANK = new Set([0, 9, 10, 12, 13, 32]);
const DELIMITER = new Set(Buffer.from('()<>[]{}/%', 'latin1'));

export class PdfFault extends Error {
  override name = 'PdfFault';
}

/** A name as a reader understands it: `/J#61va` is `Java`. */
export function decodedName(written: string): string {
  return written.replaceAll(/#([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return value instanceof Map;
}

export function nameOf(value: PdfValue | undefined): string | undefined {
  return value !== null && typeof value === 'object' && 'name' in value ? value.name : undefined;
}

/** Reads values of a PDF one after the other, as a strict reader does. @throws PdfFault where there is none. */
export class PdfTokens {
  readonly #bytes: Buffer;
  at: number;
  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) throw new PdfFault('depth');
    this.blanks();
    const sign = this.#bytes[this.at];
    const next = this.#bytes[this.at + 1];
    if (sign === undefined) throw new PdfFault('end');
    if (sign === 0x2f) return this.#name();
    if (sign === 0x28) return this.#text();
    if (sign === 0x3c && next === 0x3c) return this.#dict(depth);
    if (sign === 0x3c) return this.#hex();
    if (sign === 0x5b) return this.#list(depth);
    return this.#word();
  }

  /** Whether this very word comes next; it is then behind us. */
  word(expected: string): boolean {
    this.blanks();
    const end = this.at + expected.length;
    if (this.#bytes.toString('latin1', this.at, end) !== expected || !this.#ends(end)) return false;
    this.at = end;
    return true;
  }

  /** Blanks and comments. */
  blanks(): void {
    for (;;) {
      while (BLANK.has(this.#bytes[this.at] ?? -1)) this.at += 1;
      if (this.#bytes[this.at] !== 0x25) return;
      while (this.at < this.#bytes.length && this.#bytes[this.at] !== 10 && this.#bytes[this.at] !== 13) this.at += 1;
    }
  }

  #ends(at: number): boolean {
    const sign = this.#bytes[at];
    return sign === undefined || BLANK.has(sign) || DELIMITER.has(sign);
  }

  #name(): PdfName {
    const start = this.at + 1;
    this.at = start;
    while (!this.#ends(this.at)) this.at += 1;
    return { name: decodedName(this.#bytes.toString('latin1', start, this.at)) };
  }

  #text(): null {
    let open = 0;
    for (; this.at < this.#bytes.length; this.at += 1) {
      const sign = this.#bytes[this.at];
      if (sign === 0x5c) this.at += 1;
      else if (sign === 0x28) open += 1;
      else if (sign === 0x29) open -= 1;
      if (open === 0) {
        this.at += 1;
        return null;
      }
    }
    throw new PdfFault('text');
  }

  #hex(): null {
    const end = this.#bytes.indexOf(0x3e, this.at);
    if (end < 0) throw new PdfFault('text');
    this.at = end + 1;
    return null;
  }

  #list(depth: number): PdfValue[] {
    this.at += 1;
    const values: PdfValue[] = [];
    for (;;) {
      this.blanks();
      if (this.#bytes[this.at] === 0x5d) break;
      values.push(this.value(depth + 1));
    }
    this.at += 1;
    return values;
  }

  #dict(depth: number): PdfDict {
    this.at += 2;
    const dict = new Map<string, PdfValue>();
    for (;;) {
      this.blanks();
      if (this.#bytes[this.at] === 0x3e && this.#bytes[this.at + 1] === 0x3e) break;
      const key = this.value(depth + 1);
      const name = nameOf(key);
      // The second number and the letter of a reference follow the value they belong to.
      if (name === undefined) {
        if (key === null || typeof key === 'number') continue;
        throw new PdfFault('key');
      }
      // Said twice, a reader takes the one it likes.
      if (dict.has(name)) throw new PdfFault('twice');
      dict.set(name, this.value(depth + 1));
    }
    this.at += 2;
    return dict;
  }

  /** A number, or a word: `true`, `null`, the letter of a reference. */
  #word(): number | null {
    const start = this.at;
    while (!this.#ends(this.at)) this.at += 1;
    if (this.at === start) throw new PdfFault('sign');
    const number = Number(this.#bytes.toString('latin1', start, this.at));
    return Number.isFinite(number) ? number : null;
  }
}

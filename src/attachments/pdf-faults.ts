import { inflateSync } from 'node:zlib';
import { decodedName, isDict, nameOf, type PdfDict, PdfFault, PdfTokens, type PdfValue } from './pdf-tokens.ts';

/** What a document that only shows pages has no need of: programs, programs of the machine, other files, addresses, films, a lock (B-70). */
const FORBIDDEN = new Set(
  (
    'JavaScript JS Launch EmbeddedFile EmbeddedFiles EF AF Collection RichMedia XFA ' +
    'SubmitForm ImportData URI GoToR GoToE Movie Sound Rendition 3D AA Encrypt'
  ).split(' '),
);
const MAX_OBJECTS = 40_000;
const MAX_PAGES = 100;
const MAX_UNPACKED = 30_000_000;
const MAX_SECTIONS = 200;

/**
 * Why a PDF is not taken; nothing when it does no more than show pages. Objects are looked for everywhere a reader could find one, packed ones
 * too; whatever this cannot follow for certain is a fault. @returns a code for tests, never shown.
 */
export function faultOfPdf(bytes: Buffer): string | undefined {
  try {
    new Inspection(bytes).run();
    return undefined;
  } catch (error) {
    return error instanceof PdfFault ? error.message : 'unpacking';
  }
}

class Inspection {
  readonly #bytes: Buffer;
  readonly #text: string;
  #pages = 0;
  #unpacked = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#text = bytes.toString('latin1');
  }

  run(): void {
    // From its first byte to its last it is this and nothing else.
    if (!/^%PDF-[12]\.\d\s/.test(this.#text.slice(0, 12))) throw new PdfFault('header');
    if (!/%%EOF\s*$/.test(this.#text.slice(-1_024))) throw new PdfFault('tail');
    this.#names(this.#text, /\/[A-Za-z0-9#]{6,60}/g);
    let objects = 0;
    for (const { index, 0: head } of this.#text.matchAll(/\d{1,10}[ \t\r\n]{1,20}\d{1,5}[ \t\r\n]{1,20}obj\b/g)) {
      objects += 1;
      if (objects > MAX_OBJECTS) throw new PdfFault('objects');
      this.#object(index + head.length);
    }
    this.#sections();
    if (this.#pages > MAX_PAGES) throw new PdfFault('pages');
  }

  #object(at: number): PdfValue {
    const tokens = new PdfTokens(this.#bytes, at);
    const value = tokens.value();
    this.#look(value);
    if (isDict(value) && tokens.word('stream')) this.#stream(value, tokens.at);
    return value;
  }

  #stream(dict: PdfDict, at: number): void {
    // Bytes that lie in another file.
    if (dict.has('F') || dict.has('FFilter')) throw new PdfFault('elsewhere');
    if (nameOf(dict.get('Type')) !== 'ObjStm' && !(dict.has('First') && dict.has('N'))) return;
    const filter = dict.get('Filter');
    const only = Array.isArray(filter) && filter.length === 1 ? filter[0] : filter;
    if (nameOf(only) !== 'FlateDecode' || dict.has('DecodeParms') || dict.has('DP')) throw new PdfFault('filter');
    const start = at + (this.#text.startsWith('\r\n', at) ? 2 : 1);
    const unpacked = inflateSync(this.#bytes.subarray(start), { maxOutputLength: MAX_UNPACKED });
    this.#unpacked += unpacked.length;
    if (this.#unpacked > MAX_UNPACKED) throw new PdfFault('unpacking');
    const text = unpacked.toString('latin1');
    this.#names(text, /\/[^\s\0()<>[\]{}/%]+/g);
    this.#pages += text.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  }

  #names(text: string, written: RegExp): void {
    for (const [name] of text.matchAll(written))
      if (FORBIDDEN.has(decodedName(name.slice(1)))) throw new PdfFault(decodedName(name.slice(1)));
  }

  #look(value: PdfValue): void {
    const name = nameOf(value);
    if (name !== undefined && FORBIDDEN.has(name)) throw new PdfFault(name);
    if (Array.isArray(value)) for (const inner of value) this.#look(inner);
    if (!isDict(value)) return;
    if (nameOf(value.get('Type')) === 'Page') this.#pages += 1;
    for (const [key, inner] of value) {
      if (FORBIDDEN.has(key)) throw new PdfFault(key);
      this.#look(inner);
    }
  }

  /** From the last table of the file to the first: each is where it is said to be, and none comes twice. */
  #sections(): void {
    const last = this.#text.lastIndexOf('startxref');
    const next = [Number(/^startxref\s+(\d{1,10})\s/.exec(this.#text.slice(last, last + 40))?.[1] ?? Number.NaN)];
    const seen = new Set<number>();
    let root = false;
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      if (!(at > 0 && at < this.#bytes.length) || seen.has(at) || seen.size > MAX_SECTIONS) throw new PdfFault('xref');
      seen.add(at);
      const dict = this.#section(at);
      root ||= dict.has('Root');
      for (const key of ['Prev', 'XRefStm']) {
        const before = dict.get(key);
        if (before === undefined) continue;
        if (typeof before !== 'number') throw new PdfFault('xref');
        next.push(before);
      }
    }
    if (!root) throw new PdfFault('root');
  }

  #section(at: number): PdfDict {
    const tokens = new PdfTokens(this.#bytes, at);
    if (tokens.word('xref')) {
      const trailer = this.#text.indexOf('trailer', at);
      if (trailer < 0) throw new PdfFault('xref');
      return this.#dictAt(trailer + 'trailer'.length);
    }
    const head = /^\d+\s+\d+\s+obj\b/.exec(this.#text.slice(tokens.at, tokens.at + 40));
    if (!head) throw new PdfFault('xref');
    return this.#dictAt(tokens.at + head[0].length);
  }

  #dictAt(at: number): PdfDict {
    const value = new PdfTokens(this.#bytes, at).value();
    if (!isDict(value)) throw new PdfFault('xref');
    this.#look(value);
    return value;
  }
}

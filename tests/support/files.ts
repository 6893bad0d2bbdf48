import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

// Files as people and as their enemies send them, built in the test. Nothing of it is of anybody.

/** A picture of coloured fields, so that mutations have something to break. */
export async function picture(format: 'jpeg' | 'png', side = 64): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 31 + Math.floor(at / side) * 17) % 251;
  const drawn = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
  return format === 'jpeg' ? drawn.jpeg({ quality: 90 }).toBuffer() : drawn.png().toBuffer();
}

/** A photo as a telephone writes it: place, hour, maker, words, each with the canary (B-60). */
export async function photo(canary: string): Promise<Buffer> {
  const plain = await sharp(await picture('jpeg'))
    .withExif({
      IFD0: { ImageDescription: canary, Make: canary, Model: canary, Software: canary, Artist: canary, Orientation: '6' },
      IFD2: { MakerNote: canary, UserComment: canary, LensSerialNumber: canary },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 30/1', GPSLongitudeRef: 'E', GPSLongitude: '2/1 17/1 40/1', GPSAreaInformation: canary },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>${canary}</rdf:Description></rdf:RDF></x:xmpmeta>`)
    .toBuffer(); // prettier-ignore
  const iptc = `Photoshop 3.0\0${'8BIM'}\x04\x04\0\0\0\0\0\x20${canary}`;
  const more = [
    segment(0xed, iptc),
    segment(0xfe, canary),
    segment(0xe5, `thumbnail ${canary}`),
    segment(0xe2, `MPF\0${canary}`),
  ];
  return Buffer.concat([
    plain.subarray(0, 2),
    ...more,
    plain.subarray(2),
    Buffer.from(`\xff\xd8trailer ${canary}`, 'latin1'),
  ]);
}

/** A photo of 8 million points, held upright as a telephone says it: heavier than what is taken. */
export async function heavyPhoto(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width: 3_200, height: 2_400, channels: 3, background: '#888', noise } })
    .jpeg({ quality: 90 })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

function segment(marker: number, text: string): Buffer {
  const body = Buffer.from(text, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

export function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A PNG with more chunks after its head. */
export async function pngWith(...more: Buffer[]): Promise<Buffer> {
  const plain = await picture('png');
  // Signature and head.
  return Buffer.concat([plain.subarray(0, 33), ...more, plain.subarray(33)]);
}

/** A screenshot with words in each place a PNG has for them. */
export async function screenshot(canary: string): Promise<Buffer> {
  const words = Buffer.from(`Comment\0${canary}`, 'latin1');
  return pngWith(
    chunk('tEXt', words),
    chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(canary)])),
    chunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${canary}`, 'latin1')),
    chunk('eXIf', Buffer.from(`MM\0*\0\0\0\x08\0\0${canary}`, 'latin1')),
    chunk('prVt', words),
  );
}

/** A picture that says how large it is, and is nothing but zeros. */
export function flood(width: number, height: number, { depth = 8, colour = 6, interlaced = 0 } = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, colour, 0, 0, interlaced], 8);
  const channels = colour === 6 ? 4 : colour === 2 ? 3 : 1;
  const row = Math.ceil((width * depth * channels) / 8) + 1;
  const packed = deflateSync(Buffer.alloc(Math.min(row * height, 210_000_000)), { level: 1 });
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', packed),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A document of one page. @param catalogue more entries of its catalogue. @param objects more objects, from number 4 on. */
export function pdf(catalogue = '', objects: readonly string[] = [], { trailer = '', pages = 1 } = {}): Buffer {
  const kids = Array.from({ length: pages }, (_, index) => `${index + 10 + objects.length} 0 R`);
  const all: [number, string][] = [
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`],
    [2, `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages} >>`],
    [3, '<< /Length 44 >>\nstream\nBT /F1 12 Tf 72 720 Td (Bonjour, FICTIF) Tj ET\nendstream'],
    ...objects.map((body, index): [number, string] => [index + 4, body]),
    ...kids.map((kid): [number, string] => [
      Number.parseInt(kid, 10),
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>',
    ]),
  ];
  let text = '%PDF-1.7\n';
  const offsets = all.map(([number, body]) => {
    const at = text.length;
    text += `${number} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const xref = text.length;
  text += `xref\n0 1\n0000000000 65535 f \n${all.map(([number], index) => `${number} 1\n${String(offsets[index]).padStart(10, '0')} 00000 n \n`).join('')}`;
  text += `trailer\n<< /Size 200 /Root 1 0 R ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** An object of a PDF in which others are packed. */
export function packed(inside: string, more = ''): string {
  const body = deflateSync(`4 0 ${inside}`).toString('latin1');
  return `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${body.length} ${more} >>\nstream\n${body}\nendstream`;
}

/** A second of silence as a recorder writes it. */
export function wav(seconds = 1): Buffer {
  const sound = Buffer.alloc(8_000 * seconds, 128);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + sound.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(sound.length, 40);
  return Buffer.concat([head, sound]);
}

/** WebM as a browser's recorder begins it. @param codec what its track holds. */
export function webm(codec = 'A_OPUS'): Buffer {
  const id = Buffer.from(codec, 'latin1');
  return Buffer.concat([
    Buffer.from(
      '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
      'hex',
    ),
    Buffer.from('1654ae6b', 'hex'),
    Buffer.from([0x86, id.length]),
    id,
    Buffer.alloc(400, 7),
  ]);
}

export function ogg(codec = 'OpusHead'): Buffer {
  const head = Buffer.alloc(28);
  head.write('OggS', 0, 'latin1');
  head[5] = 2;
  head[26] = 1;
  head[27] = 19;
  return Buffer.concat([head, Buffer.from(codec, 'latin1'), Buffer.alloc(300, 3)]);
}

function box(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** MP4 as a telephone's recorder writes it. @param handler `soun`, or `vide` for a film. */
export function mp4(handler: 'soun' | 'vide', brand = 'M4A '): Buffer {
  const hdlr = box('hdlr', Buffer.from(`\0\0\0\0\0\0\0\0${handler}${'\0'.repeat(12)}`, 'latin1'));
  return Buffer.concat([
    box('ftyp', Buffer.from(`${brand}\0\0\0\0${brand}isom`, 'latin1')),
    box('mdat', Buffer.alloc(500, 5)),
    box('moov', box('trak', box('mdia', hdlr))),
  ]);
}

export function mp3(): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), ...Array.from({ length: 8 }, () => frame)]);
}

/** HEIC as an iPhone begins it. */
export function heic(): Buffer {
  return Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')), Buffer.alloc(2_000, 9)]);
}

export const EICAR = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;

/** Numbers that look random and are the same each time. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** One file with a few bits turned, cut, doubled or swapped (B-68). */
export function mutated(bytes: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(bytes);
  const any = () => Math.floor(random() * copy.length);
  const how = random();
  if (how < 0.15) return copy.subarray(0, any());
  if (how < 0.2) return Buffer.concat([copy, copy.subarray(any())]);
  for (let turn = 0; turn <= Math.floor(random() * 6); turn += 1) {
    const at = any();
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return copy;
}

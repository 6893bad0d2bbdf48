import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { chunk, flood, mutated, pdf, photo, picture, pngWith, screenshot, seeded } from '../../tests/support/files.ts';
import { drawAgain } from './draw-again.ts';
import { lookApart } from './look-apart.ts';

// Each look is a process of its own.
vi.setConfig({ testTimeout: 60_000 });

const CANARY = 'CANARI-7f3a91';
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

/** Everything a reader of metadata finds, and the bytes themselves. */
async function left(bytes: Buffer): Promise<string[]> {
  const { exif, xmp, iptc, icc, orientation, comments } = await sharp(bytes).metadata();
  const found = { exif, xmp, iptc, icc, orientation, comments };
  const kept = Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return bytes.includes(CANARY) ? [...kept, 'canary'] : kept;
}

describe('B-60, T-05: what is kept of a picture is its pixels', () => {
  test('the photo of a telephone: place, maker, words, thumbnail, trailer are gone', async () => {
    const taken = await photo(CANARY);
    expect(await left(taken)).toEqual(expect.arrayContaining(['canary', 'exif', 'xmp', 'iptc']));
    const looked = await lookApart('image', taken);
    if (!looked.ok) throw new Error(looked.why);
    expect(await left(looked.drawn)).toEqual([]);
    expect((await sharp(looked.drawn).metadata()).format).toBe('jpeg');
  });
  test('a screenshot: texts in every chunk are gone', async () => {
    const taken = await screenshot(CANARY);
    expect(taken.includes(CANARY)).toBe(true);
    const looked = await lookApart('image', taken);
    expect(looked.ok && (await left(looked.drawn))).toEqual([]);
  });
  test('a photo held sideways stands upright, without saying that it did', async () => {
    const wide = await sharp({ create: { width: 80, height: 40, channels: 3, background: '#336699' } })
      .withExif({ IFD0: { Orientation: '6' } })
      .jpeg()
      .toBuffer();
    const turned = await sharp(wide).rotate(0).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const drawn = await drawAgain(turned);
    const { width, height } = await sharp(drawn).metadata();
    expect([width, height]).toEqual([40, 80]);
  });
  test('a large one becomes smaller, a transparent one white', async () => {
    const large = await sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#336699' } }).jpeg().toBuffer();
    const { width, height } = await sharp(await drawAgain(large)).metadata();
    expect([width, height]).toEqual([2_400, 1_800]);
    const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer();
    const [first] = await sharp(await drawAgain(clear)).raw().toBuffer();
    expect(first).toBeGreaterThan(250);
  }); // prettier-ignore
});

describe('B-61, B-64, B-68: what is no JPEG and no PNG, or is broken, is refused, and the service goes on', () => {
  const svg = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
  );
  test.each([
    ['SVG', () => svg],
    ['WebP', async () => sharp(await picture('png')).webp().toBuffer()],
    ['GIF', async () => sharp(await picture('png')).gif().toBuffer()],
    ['TIFF', async () => sharp(await picture('png')).tiff().toBuffer()],
    ['an empty file', () => Buffer.alloc(0)],
    ['a JPEG cut in the middle', async () => half(await picture('jpeg', 256))],
    ['a PNG cut in the middle', async () => half(await picture('png', 256))],
  ])('%s', async (_name, make) => {
    expect(await lookApart('image', await make())).toEqual({ ok: false, why: 'refused' });
  }); // prettier-ignore

  test('a JPEG that is an archive or a page too is a JPEG and nothing else afterwards', async () => {
    for (const tail of ['PK\x03\x04 an archive', '<html><script>alert(1)</script>', '%PDF-1.7\n/JavaScript']) {
      const looked = await lookApart('image', Buffer.concat([await picture('jpeg'), Buffer.from(tail, 'latin1')]));
      expect(looked.ok && looked.drawn.includes(tail.slice(0, 8))).toBe(false);
    }
  });

  test.each(['jpeg', 'png'] as const)('1,000 mutations of a %s: drawn anew without a trace, or refused', async (format) => {
    const whole = format === 'jpeg' ? await photo(CANARY) : await screenshot(CANARY);
    const random = seeded(1968);
    let drawn = 0;
    for (let round = 0; round < 1_000; round += 1) {
      const again = await drawAgain(mutated(whole, random)).catch(() => undefined);
      if (!again) continue;
      drawn += 1;
      expect(again.includes(CANARY.slice(0, 6))).toBe(false);
    }
    expect(drawn).toBeGreaterThan(50);
  }); // prettier-ignore
});

describe('B-66, B-67, T-34: floods', () => {
  const PROGRAM = fileURLToPath(new URL('look-into-file.ts', import.meta.url));

  /** How much memory a look took at most, by the kernel's own count (MiB). */
  async function costOf(bytes: Buffer): Promise<{ code: number | null; most: number }> {
    const child = spawn(process.execPath, [PROGRAM, 'image'], { env: {}, stdio: ['pipe', 'ignore', 'ignore'] });
    let most = 0;
    const watch = setInterval(() => {
      try {
        const said = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
        most = Math.max(most, Number(said ?? 0) / 1_024);
      } catch {
        // It has ended.
      }
    }, 5);
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    clearInterval(watch);
    return { code, most };
  }

  test.runIf(process.platform === 'linux').each([
    ['an ordinary photo', 0, async () => sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: '#369' } }).jpeg().toBuffer()],
    ['50,000 by 50,000 pixels in a few bytes', 2, () => flood(50_000, 50_000, { depth: 1, colour: 0 })],
    ['7,000 by 7,000 pixels that have to be held whole', 2, () => flood(7_000, 7_000, { interlaced: 1 })],
    ['a profile that unpacks to 200 MB', undefined, async () => pngWith(chunk('iCCP', Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(Buffer.alloc(200_000_000), { level: 1 })])))],
    ['a text that unpacks to 200 MB', undefined, async () => pngWith(chunk('zTXt', Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(Buffer.alloc(200_000_000), { level: 1 })])))],
  ])('%s: at most 256 MiB', async (_name, code, make) => {
    const cost = await costOf(await make());
    if (code !== undefined) expect(cost.code).toBe(code);
    expect(cost.most).toBeGreaterThan(20);
    expect(cost.most).toBeLessThan(290);
  }); // prettier-ignore

  test('100,000 chunks, and an animation, are refused before anything is unpacked', async () => {
    const chunks = Array.from({ length: 100_000 }, () => chunk('tEXt', Buffer.from('a\0b')));
    await expect(drawAgain(await pngWith(...chunks))).rejects.toThrow('chunks');
    await expect(drawAgain(await pngWith(chunk('acTL', Buffer.alloc(8))))).rejects.toThrow('animated');
  });

  test('while floods are looked into others are served, and more than a few at once are asked to come back', async () => {
    const evil = flood(50_000, 50_000, { depth: 1, colour: 0 });
    const good = await picture('jpeg');
    const looks = await Promise.all([...Array.from({ length: 7 }, () => evil), good, ...Array.from({ length: 4 }, () => evil)].map((bytes) => lookApart('image', bytes)));
    expect(looks.slice(0, 7).every((look) => !look.ok && look.why === 'refused')).toBe(true);
    expect(looks[7]?.ok).toBe(true);
    expect(looks.slice(8).every((look) => !look.ok && look.why === 'busy')).toBe(true);
    expect((await lookApart('image', good)).ok).toBe(true);
  }); // prettier-ignore
});

test('B-70: a document is looked into apart too', async () => {
  expect(await lookApart('pdf', pdf())).toMatchObject({ ok: true });
  expect(await lookApart('pdf', pdf('', ['<< /S /Launch >>']))).toEqual({ ok: false, why: 'refused' });
});

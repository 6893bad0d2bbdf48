import { describe, expect, test, vi } from 'vitest';
import { EICAR, heic, mp3, mp4, mutated, ogg, pdf, picture, seeded, wav, webm } from '../../tests/support/files.ts';
import { acceptFile } from './accept-file.ts';
import { kindOfFile } from './kind-of-file.ts';

// Pictures are looked into in a process of their own.
vi.setConfig({ testTimeout: 60_000 });

describe('B-61, B-64: content says what a file is', () => {
  test.each([
    ['JPEG', () => picture('jpeg'), { kind: 'image' }],
    ['PNG', () => picture('png'), { kind: 'image' }],
    ['PDF', () => pdf(), { kind: 'pdf' }],
    ['WebM', () => webm(), { kind: 'voice', media: 'audio/webm' }],
    ['Ogg', () => ogg(), { kind: 'voice', media: 'audio/ogg' }],
    ['M4A', () => mp4('soun'), { kind: 'voice', media: 'audio/mp4' }],
    ['MP4 with sound only', () => mp4('soun', 'mp42'), { kind: 'voice', media: 'audio/mp4' }],
    ['MP3', () => mp3(), { kind: 'voice', media: 'audio/mpeg' }],
    ['WAV', () => wav(), { kind: 'voice', media: 'audio/wav' }],
    ['a film in MP4: a film shows faces', () => mp4('vide', 'mp42'), 'video'],
    ['a film in WebM', () => webm('V_VP9'), 'video'],
    ['HEIC', () => heic(), 'heic'],
    ['HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'not_these'],
    ['an archive', () => Buffer.from('PK\x03\x04'.padEnd(200, '\0'), 'latin1'), 'not_these'],
    ['EICAR', () => Buffer.from(EICAR), 'not_these'],
    ['four bytes', () => Buffer.from([1, 2, 3, 4]), 'not_these'],
  ])('%s', async (_name, make, kind) => {
    expect(await kindOfFile(await make())).toEqual(kind);
  });

  test('a name and what it is called by change nothing', async () => {
    const bytes = await picture('jpeg');
    for (const name of ['x.pdf', 'x.exe', 'x.wav', '']) expect(await acceptFile({ name, bytes }, 'document')).toMatchObject({ kind: 'image', media: 'image/jpeg' });
    expect(await acceptFile({ name: 'photo.jpg', bytes: Buffer.from('MZ'.padEnd(500)) }, 'document')).toBe('not_these');
  }); // prettier-ignore
});

test('a field takes what it asks for', async () => {
  expect(await acceptFile({ name: 'a', bytes: wav() }, 'document')).toBe('not_these');
  expect(await acceptFile({ name: 'a', bytes: pdf() }, 'voice')).toBe('not_voice');
  expect(await acceptFile({ name: 'a', bytes: mp4('vide') }, 'voice')).toBe('video');
  expect(await acceptFile({ name: 'a', bytes: Buffer.alloc(0) }, 'voice')).toBe('empty');
  expect(await acceptFile({ name: 'a', bytes: Buffer.alloc(5_000_001) }, 'voice')).toBe('too_big');
  const whole = Buffer.concat([wav(), Buffer.alloc(5_000_000 - wav().length)]);
  expect(await acceptFile({ name: 'a', bytes: whole }, 'voice')).toMatchObject({ kind: 'voice', bytes: whole });
});

test('B-68: 1,000 mutations of each recording are read without harm', async () => {
  const random = seeded(97);
  for (const whole of [wav(), webm(), ogg(), mp4('soun'), mp3(), heic()])
    for (let round = 0; round < 1_000; round += 1) await kindOfFile(mutated(whole, random));
});

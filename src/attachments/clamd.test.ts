import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mood, startClamd, type TestClamd } from '../../tests/support/clamd.ts';
import { EICAR, pdf } from '../../tests/support/files.ts';
import { clamdScanner } from './clamd.ts';

let clamd: TestClamd;
beforeAll(async () => {
  clamd = await startClamd();
});
afterAll(() => clamd.stop());

describe('B-69: the scanner is given the whole file, and says yes or no', () => {
  test.each([
    ['a clean file', pdf(), 'clean'],
    ['an empty one', Buffer.alloc(0), 'clean'],
    ['one of many chunks', Buffer.alloc(300_000, 5), 'clean'],
    ['EICAR', Buffer.from(EICAR), 'infected'],
    ['EICAR in a document', pdf('', [`(${EICAR})`]), 'infected'],
    ['EICAR across two chunks', Buffer.concat([Buffer.alloc(64 * 1024 - 10), Buffer.from(EICAR)]), 'infected'],
  ])('%s', async (_name, bytes, verdict) => {
    clamd.mood = 'well';
    clamd.seen = [];
    expect(await clamdScanner(clamd.address).scan(bytes)).toBe(verdict);
    expect(clamd.seen[0]?.equals(bytes)).toBe(true);
  });
});

describe('B-71: anything but its own two sentences is no answer', () => {
  test.each(['silent', 'closes', 'maybe', 'error', 'chatters', 'long'] satisfies Mood[])('%s', async (mood) => {
    clamd.mood = mood;
    expect(await clamdScanner(clamd.address, 300).scan(Buffer.from('x'))).toBe('unknown');
  });
  test('nobody there', async () => {
    expect(await clamdScanner('127.0.0.1:1', 300).scan(Buffer.from('x'))).toBe('unknown');
    expect(await clamdScanner('/nowhere/clamd.sock', 300).scan(Buffer.from('x'))).toBe('unknown');
  });
});

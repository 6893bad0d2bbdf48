import { describe, expect, test } from 'vitest';
import { readLostCode } from './lost-code.form.ts';

const email = 'rosa@courriel.example';

describe('a request’s number as people type it', () => {
  test.each([
    'MS-2026-00123',
    'ms 2026 00123',
    ' MS–2026–00123\n',
    'n° MS-2026-00123',
    'ＭＳ－２０２６－００１２３',
    'ms202600123',
  ])('%j is MS-2026-00123', (number) => {
    expect(readLostCode({ number, email })).toEqual({ ok: true, value: { number: 'MS-2026-00123', email } });
  });

  test.each(['', 'MS-2026-123', '2026-00123', 'MS-2026-00123; --', 'MS-2026-0012३', 'x'.repeat(10_000)])(
    '%j is none',
    (number) => {
      expect(readLostCode({ number, email })).toEqual({ ok: false, wrong: ['number'] });
    },
  );

  test('B-45: an address that is none, or several, is refused beside its field', () => {
    expect(readLostCode({ number: 'x', email: 'a@x.fr, b@y.fr' })).toEqual({ ok: false, wrong: ['number', 'email'] });
  });
});

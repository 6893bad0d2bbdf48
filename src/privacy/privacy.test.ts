import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { test as propertyTest } from '@fast-check/vitest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFromNonce, codeHash, formatCode, newRandomCode, normaliseCode } from './case-code.ts';
import { cleanBlock, cleanLine, lengthOf } from './clean-text.ts';
import { contactHash, normaliseEmail, normalisePhone } from './contact.ts';
import { openCookie, sealCookie } from './cookie-seal.ts';
import { newDraft, openDraft, sealDraft } from './draft-seal.ts';
import { keyCheck, newCaseKey, open, openCaseKey, seal, verifyKeyCheck } from './field-encryption.ts';
import { KeyError, parseKeyRing } from './key-ring.ts';
import { mixesScripts } from './script-mix.ts';

const secret = randomBytes(32).toString('base64');
const ringOf = (pepper = secret, k1 = secret) => parseKeyRing(JSON.stringify({ current: 'k1', keys: { k1 }, pepper }));
const keys = ringOf();
const others = ringOf(randomBytes(32).toString('base64'), randomBytes(32).toString('base64'));

describe('key ring', () => {
  test('refuses a ring without its current key, with a short key or with anything else, and never quotes it', () => {
    for (const text of [
      '',
      '{}',
      'x',
      JSON.stringify({ current: 'k2', keys: { k1: secret }, pepper: secret }),
      '{"current":"k1","keys":{"k1":"YQ=="},"pepper":"YQ=="}',
    ]) {
      expect(() => parseKeyRing(text)).toThrow(new KeyError('bad_key_ring'));
    }
  });
  test('an unknown kid is refused', () => {
    expect(() => keys.townKey('k9')).toThrow(new KeyError('unknown_kid'));
  });
  test('T-25: neither JSON nor inspection shows a key', () => {
    expect(JSON.stringify({ keys }) + inspect(keys, { depth: 9 })).not.toContain(secret.slice(0, 8));
    expect(inspect(keys, { depth: 9 })).not.toMatch(/Buffer/);
  });
});

describe('field encryption', () => {
  const place = { table: 'case_story', column: 'story', caseId: 'c1' };
  const { dataKey, wrapped } = newCaseKey(keys, 'k1', 'c1');
  propertyTest.prop([fc.string({ unit: 'binary' })])('opens what was sealed', (text) => {
    expect(open(dataKey, place, seal(dataKey, place, text))).toBe(Buffer.from(text, 'utf8').toString('utf8'));
  });
  test('C-16: a value moved to another column or case does not open', () => {
    const sealed = seal(dataKey, place, 'secret');
    expect(sealed.includes('secret')).toBe(false);
    for (const moved of [
      { ...place, column: 'place_text' },
      { ...place, table: 'case_note' },
      { ...place, caseId: 'c2' },
    ]) {
      expect(() => open(dataKey, moved, sealed)).toThrow(new KeyError('wrong_key'));
    }
  });
  test('a case key opens with its town key, for its case only', () => {
    expect(openCaseKey(keys, 'k1', 'c1', wrapped).equals(dataKey)).toBe(true);
    expect(() => openCaseKey(keys, 'k1', 'c2', wrapped)).toThrow(new KeyError('wrong_key'));
    expect(() => openCaseKey(others, 'k1', 'c1', wrapped)).toThrow(new KeyError('wrong_key'));
  });
  test('F-35: a wrong key under a known kid is noticed', () => {
    const stored = keyCheck(keys, 'k1');
    expect(() => verifyKeyCheck(keys, 'k1', stored)).not.toThrow();
    expect(() => verifyKeyCheck(others, 'k1', stored)).toThrow(new KeyError('wrong_key'));
  });
});

describe('case code', () => {
  test('C-2: the same nonce gives the same code, another server another one', () => {
    const { nonce } = newDraft(0);
    expect(codeFromNonce(keys, nonce)).toBe(codeFromNonce(keys, nonce));
    expect(codeFromNonce(others, nonce)).not.toBe(codeFromNonce(keys, nonce));
  });
  test('B-40: is read as people type it', () => {
    const code = newRandomCode();
    const shown = formatCode(code);
    expect(shown).toMatch(/^([0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
    const fullWidth = [...shown]
      .map((c) => (c === '-' ? '－' : String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)))
      .join('');
    for (const typed of [
      shown,
      shown.toLowerCase(),
      code,
      ` ${shown.replaceAll('-', ' ')}\n`,
      shown.replaceAll('0', 'o'),
      shown.replaceAll('1', 'l'),
      shown.replaceAll('1', 'I'),
      fullWidth,
    ]) {
      expect(normaliseCode(typed)).toBe(code);
    }
  });
  test('C-1: every single wrong symbol and every swap of neighbours is refused before any look-up', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (let round = 0; round < 5; round += 1) {
      const code = newRandomCode();
      for (let index = 0; index < code.length; index += 1) {
        for (const symbol of alphabet) {
          if (symbol === code[index]) continue;
          expect(normaliseCode(code.slice(0, index) + symbol + code.slice(index + 1))).toBeUndefined();
        }
        const [a, b] = [code.charAt(index), code.charAt(index + 1)];
        if (b !== '' && a !== b)
          expect(normaliseCode(code.slice(0, index) + b + a + code.slice(index + 2))).toBeUndefined();
      }
    }
  });
  test('what is stored is not the code', () => {
    const code = newRandomCode();
    expect(codeHash(keys, code)).toHaveLength(32);
    expect(codeHash(others, code)).not.toEqual(codeHash(keys, code));
  });
  propertyTest.prop([fc.string()])('anything else is no code', (text) => {
    expect([undefined, text]).toContain(normaliseCode(text));
  });
});

describe('sealed drafts and cookies', () => {
  test('a draft opens again here and nowhere else, and hides what was typed', () => {
    const draft = { ...newDraft(5), answers: { story: 'CANARY', categories: ['BRUIT'] } };
    const sealed = sealDraft(keys, 'town', draft);
    expect(openDraft(keys, 'town', sealed)).toEqual(draft);
    expect(openDraft(others, 'town', sealed)).toBeUndefined();
    expect(openDraft(keys, 'another town', sealed)).toBeUndefined();
    expect(Buffer.from(sealed, 'base64url').includes('CANARY')).toBe(false);
  });
  propertyTest.prop([fc.string({ maxLength: 2000 })])('garbage is no draft', (text) => {
    expect(openDraft(keys, 'town', text)).toBeUndefined();
  });
  test('huge, truncated and missing drafts are no drafts', () => {
    const sealed = sealDraft(keys, 'town', newDraft(5));
    for (const text of [undefined, '', sealed.slice(0, -3), sealed.repeat(500), 'A'.repeat(1e6)])
      expect(openDraft(keys, 'town', text)).toBeUndefined();
  });
  test('a cookie serves one town and one purpose until its end', () => {
    const cookie = sealCookie(keys, 'town', 'receipt', { id: 1 }, 1000);
    expect(openCookie(keys, 'town', 'receipt', cookie, 999)).toEqual({ id: 1 });
    expect(openCookie(keys, 'town', 'receipt', cookie, 1000)).toBeUndefined();
    expect(openCookie(keys, 'town', 'follow', cookie, 999)).toBeUndefined();
    expect(openCookie(keys, 'another town', 'receipt', cookie, 999)).toBeUndefined();
    expect(openCookie(others, 'town', 'receipt', cookie, 999)).toBeUndefined();
  });
});

describe('B-15: telephone numbers', () => {
  test.each([
    ['+33 (0)6 39 98 12 34', '+33639981234'],
    ['06.39.98.12.34', '+33639981234'],
    ['0639981234', '+33639981234'],
    ['٠٦٣٩٩٨١٢٣٤', '+33639981234'],
    ['０６３９９８１２３４', '+33639981234'],
    ['01 99 00 12 34', '+33199001234'],
    ['0032 2 555 12 12', '+3225551212'],
  ])('%s', (typed, value) => expect(normalisePhone(typed)).toEqual({ ok: true, value }));
  test.each([
    ['112', 'emergency'],
    ['17', 'emergency'],
    ['0899 12 34 56', 'premium'],
    ['06 39 98', 'malformed'],
    ['abc', 'malformed'],
    ['', 'malformed'],
    ['1'.repeat(400), 'malformed'],
  ])('%s is refused: %s', (typed, reason) => expect(normalisePhone(typed)).toEqual({ ok: false, reason }));
});

describe('B-14, B-45: e-mail addresses', () => {
  test.each([
    ['Rosa@val-riviere.example', 'Rosa@val-riviere.example'],
    [' a.b+c@sub.exemple.fr ', 'a.b+c@sub.exemple.fr'],
    ['a@exämple.fr', 'a@xn--exmple-cua.fr'],
    ['a@почта.рф', 'a@xn--80a1acny.xn--p1ai'],
  ])('%s', (typed, value) => expect(normaliseEmail(typed)).toEqual({ ok: true, value }));
  test.each([
    'a@b', '@b.fr', 'a@@b.fr', 'a b@c.fr', `${'a'.repeat(65)}@b.fr`, `a@${'b'.repeat(252)}.fr`, 'a＠evil.fr@ville.fr', '"evil@x.fr a"@ville.fr',
    'a@x.fr,b@y.fr', 'a@x.fr\r\nBcc: b@y.fr', 'Grp: a@x.fr;', 'a%b@c', 'a%b@c.fr', '<a@x.fr>', '(x)a@b.fr', 'a@[127.0.0.1]', 'a@127.0.0.1', '.a@b.fr', 'a..b@c.fr', 'a＠b.fr', 'a@аpple.fr', 'a@xn--pple-43d.fr', '',
  ])('%j is refused', (typed) => expect(normaliseEmail(typed).ok).toBe(false)); // prettier-ignore
  test('the same address matches by its keyed hash', () => {
    expect(contactHash(keys, 'email', 'A@b.fr')).toEqual(contactHash(keys, 'email', 'a@b.fr'));
    expect(contactHash(keys, 'phone', 'a@b.fr')).not.toEqual(contactHash(keys, 'email', 'a@b.fr'));
  });
});

describe('B-08: letters of two scripts', () => {
  test.each(['Rosа', 'Ηenri', 'Аmine'])('%s looks like another word', (name) => expect(mixesScripts(name)).toBe(true));
  test.each(['Rosa', 'Zoé-Anne', 'Роза', 'Rosa Роза', 'مريم', '田中さん', '김민준', 'Ngọc', '', '😀 O’Neil 2'])(
    '%s does not',
    (name) => expect(mixesScripts(name)).toBe(false),
  );
});

describe('typed text', () => {
  test('B-02: blanks of every kind are nothing', () => {
    expect(cleanLine(' \u00A0\u200B\u3164\u2060\uFEFF\t\r\n')).toBe('');
  });
  test('B-02: marks, selectors and tags without a letter are nothing, a blank of Braille is a blank', () => {
    for (const text of ['\u0301', '\uFE0F', '\u{E0041}\u{E007F}', '\u2800 \u2800', '\u0008\u007F'])
      expect({ text, clean: cleanLine(text) }).toEqual({ text, clean: '' });
    expect(cleanLine('⠃\u2800⠃')).toBe('⠃ ⠃');
  });
  test('B-04: a limit counts signs, not their halves', () => {
    expect(lengthOf('😀'.repeat(1_500))).toBe(1_500);
    expect(lengthOf('e\u0301')).toBe(2);
  });
  test('B-05, B-07, B-12: NUL, bidi controls, lone surrogates, line breaks in a line, stacked marks', () => {
    expect(cleanLine('a\u0000b\u202Ec\u2066d')).toBe('abcd');
    expect(cleanLine('a\r\nb\u2028c\u000Bd\u000Ce')).toBe('a b c d e');
    expect(cleanLine('x\uD800y')).toBe('x\uFFFDy');
    expect([...cleanLine(`e${'\u0301'.repeat(500)}`)].length).toBeLessThan(12);
    expect(cleanBlock('un\r\ndeux\n\n\n\ntrois')).toBe('un\ndeux\n\ntrois');
  });
  test('B-04, B-09, B-10: letters of every script, markup and quotes stay as typed', () => {
    for (const text of ['😀'.repeat(1500), 'مرحبا', '<script>', "'; DROP TABLE", '{{7*7}}', '=cmd|'])
      expect(cleanBlock(text)).toBe(text);
  });
  test('B-04: joiners stay where the script or the emoji needs them, and hide nowhere else', () => {
    for (const text of ['👩\u200D👩\u200D👧', '🏳\uFE0F\u200D🌈', '👩🏽\u200D🦽', 'می\u200Cخواهم', 'क्\u200Dष'])
      expect(cleanLine(text)).toBe(text);
    expect(cleanLine('ad\u200Dmin\u200C \u200Dx')).toBe('admin x');
    expect(cleanLine('\u200D👧\u200D')).toBe('👧');
    expect(cleanLine('ل\u200C\u200C\u200Cل')).toBe('لل');
  });
  test('T-35: a million hostile signs are read in one pass', () => {
    for (const sign of ['\u0301', ' ', '\n', '\uD800', '\u200B', '\u200D', '👧\u200D', 'a'])
      expect(cleanBlock(sign.repeat(1e6)).length).toBeLessThanOrEqual(sign.length * 1e6);
  });
});

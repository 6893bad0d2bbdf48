import { expect, test } from 'vitest';
import { cleanName } from './clean-name.ts';

test.each([
  ['escalier.jpg', 'escalier.jpg'],
  ['../../x', 'x'],
  ['C:\\Users\\Rosa\\photo.jpg', 'photo.jpg'],
  ['a.jpg.exe', 'a.jpg.exe'],
  ['.htaccess', 'htaccess'],
  ['CON', 'CON'],
  ['a\r\nSet-Cookie: x=1', 'a Set-Cookie x 1'],
  ['"quoted"; filename=evil', 'quoted filename evil'],
  ['photo\u202Egpj.exe', 'photogpj.exe'],
  ['صورة 📷.jpg', 'صورة 📷.jpg'],
  ['a\0b.png', 'ab.png'],
  ['<script>.jpg', 'script .jpg'],
  ['', undefined],
  ['...', undefined],
  ['   /', undefined],
  ['\u200B\u3164', undefined],
])('B-63: %j is shown as %j', (name, shown) => {
  expect(cleanName(name)).toBe(shown);
});

test('B-63: 300 signs and 10 MB of them are cut in the middle, the ending stays', () => {
  for (const name of [`${'é'.repeat(296)}.jpg`, `${'x'.repeat(10_000_000)}.jpg`]) {
    const clean = cleanName(name) ?? '';
    expect([...clean].length).toBeLessThanOrEqual(80);
    expect(clean).toMatch(/….*\.jpg$/u);
  }
});

import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// R92: docs/rgaa.md says for each criterion what keeps it; a test it names must be there.

const root = new URL('../', import.meta.url);
const ROWS = readFileSync(new URL('docs/rgaa.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, id = '', , kept = '', what = '']) => ({ id, kept, what }));
/** How many criteria each of the thirteen themes of RGAA 4.1.2 has. */
const THEMES = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];

test('R92: the list has all 106 criteria, each once, in order', () => {
  const all = THEMES.flatMap((many, theme) => Array.from({ length: many }, (_, at) => `${theme + 1}.${at + 1}`));
  expect(ROWS.map(({ id }) => id)).toEqual(all);
});

test('R92: every test the list names is there, and every other row says why', () => {
  const missing = ROWS.filter(({ kept, what }) => {
    if (kept !== 'test') return !/^(none here|by people, open)$/.test(kept) || what === '';
    const [file = '', title = ''] = what.replaceAll('`', '').split(' › ');
    return (
      title === '' || !existsSync(new URL(file, root)) || !readFileSync(new URL(file, root), 'utf8').includes(title)
    );
  });
  expect(missing).toEqual([]);
});

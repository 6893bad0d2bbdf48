import { expect, test } from 'vitest';
import { MASKED, maskPassage } from './masked-passage.ts';

test.each([
  ['Mon voisin Paul est alcoolique.', 'Paul est alcoolique', `Mon voisin ${MASKED}.`],
  ['Paul crie. Le chien de Paul aussi.', 'Paul', `${MASKED} crie. Le chien de ${MASKED} aussi.`],
  ['Paul\r\nMartin, au 3e', 'Paul Martin', `${MASKED}, au 3e`],
  ['Il a (dit-on) volé 3 $ + 2.', '(dit-on) volé 3 $ +', `Il a ${MASKED} 2.`],
  ['Éloïse, élève', 'Éloïse', `${MASKED}, élève`],
  ['جاري أحمد يصرخ', 'أحمد', `جاري ${MASKED} يصرخ`],
])('R79: « %s » without « %s »', (text, passage, masked) => {
  expect(maskPassage(text, passage)).toBe(masked);
});

test.each([
  ['Pauline parle à Saint-Paulin.', 'Paul'],
  ['Le parc.', 'le parc'],
  ['Le parc.', ''],
  ['Le parc.', ' \n '],
  ['Le parc.', '.*'],
])('R79: « %s » does not hold « %s »: nothing is changed', (text, passage) => {
  expect(maskPassage(text, passage)).toBeUndefined();
});

test('R79: a long text and a passage of blanks cost no time', () => {
  const before = process.cpuUsage();
  maskPassage(`${'a '.repeat(749)}b`, `${'a '.repeat(749)}c`);
  maskPassage(' '.repeat(1_500), 'a b');
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});

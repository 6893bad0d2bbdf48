import { describe, expect, it } from 'vitest';
import { typographyFaults } from './french-typography.ts';

describe('French typography', () => {
  it('accepts a well-set sentence', () => {
    expect(
      typographyFaults('Un conflit\u202f? C’est «\u00a0gratuit\u00a0»\u00a0: 9\u00a0h\u00a030, n°\u00a012…'),
    ).toEqual([]);
  });

  it('leaves web addresses alone', () => {
    expect(typographyFaults('Voir https://example.org:8080/a?b')).toEqual([]);
  });

  it.each([
    ["l'autre", 'straight apostrophe: write ’'],
    ['dire "oui"', 'straight quotation mark: write « » or “ ”'],
    ['bus, CAF...', 'three dots: write …'],
    ['Un conflit ?', 'no-break space missing before : ; ? !'],
    ['Par SMS: 114', 'no-break space missing before : ; ? !'],
    ['« oui\u00a0»', 'no-break space missing after «'],
    ['«\u00a0oui »', 'no-break space missing before »'],
    ['n° 12', 'no-break space missing after n°'],
    ['à 9 h', 'no-break space missing inside a number or an hour'],
    ['Bravo\u202f!', 'exclamation mark'],
  ])('finds the fault in %s', (text, fault) => {
    expect(typographyFaults(text)).toContain(fault);
  });
});

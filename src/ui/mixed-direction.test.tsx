import { describe, expect, it } from 'vitest';
import { translator } from '../i18n/catalogue.ts';
import { catalogues } from '../i18n/languages.ts';
import { Review } from '../requests/review.tsx';
import { listed } from './listed.ts';
import { MessageList } from './message-list.tsx';
import { TextField } from './text-field.tsx';
import { TownAddress } from './town-address.tsx';
import { WhoReads } from './who-reads.tsx';

// §4.8: on a page read from right to left, numbers, codes and addresses stay as they are read aloud, and what somebody wrote is shown in its
// own direction. « 06 39 98 12 34 » became « 34 12 98 39 06 ».

const t = translator('ar');
/** Elements print themselves as HTML. */
function rendered(element: unknown): string {
  return String(element);
}

describe('on a page in Arabic', () => {
  it.each([
    ['a telephone', { type: 'tel' }],
    ['an address', { type: 'email' }],
    ['a short code', { inputmode: 'numeric' }],
    ['a code', { autocapitalize: 'characters' }],
  ] as const)('%s is typed from left to right', (_, how) => {
    expect(rendered(<TextField t={t} name="one" label="…" {...how} />)).toMatch(/<input[^>]* dir="ltr"/);
  });

  it('a name is typed as the page is read', () => {
    expect(rendered(<TextField t={t} name="one" label="…" />)).not.toContain('dir=');
  });

  it('answers are read back as they were typed, with the comma of the language', () => {
    const where = { quarters: [], places: [], services: [], map: null };
    const answers = { danger: 'no', need: 'person', phone: '06 39 98 12 34', contact_ways: ['phone', 'desk'] };
    const html = rendered(<Review t={t} answers={answers} where={where} />);
    expect(html).toContain('dir="auto">06 39 98 12 34<');
    expect(html).toContain(`${t('request.way.phone')}، ${t('request.way.desk')}`);
  });

  it('a message in another language keeps its question mark at its end', () => {
    const message = { from: 'Nadège', isMine: false, at: '…', datetime: '2027-01-11', text: 'À quel étage ?' };
    const html = rendered(<MessageList t={t} messages={[message]} />);
    expect(html).toMatch(/dir="auto">À quel étage \?</);
    expect(html).toContain('Nadège، <time');
  });

  it('the address of the service begins with its number', () => {
    expect(rendered(<TownAddress town={{ address: '4 place du Lavoir' }} />)).toContain('dir="ltr">4 place');
  });

  it('lists have its comma', () => {
    expect([listed(t, []), listed(t, ['1']), listed(t, ['1', '2', '3'])]).toEqual(['', '1', '1، 2، 3']);
  });
});

describe('the texts in Arabic', () => {
  const texts = Object.entries(catalogues.ar);

  it.each(['phone', 'address'])('set {%s} apart from the words around it', (name) => {
    const bare = texts.filter(([, text]) => text.replaceAll(`\u2066{${name}}\u2069`, '').includes(`{${name}}`));
    expect(bare.map(([key]) => key)).toEqual([]);
  });

  it('set numbers of several groups apart', () => {
    const bare = texts.filter(([, text]) => /\d[\u00a0 ]\d/.test(text.replaceAll(/\u2066[^\u2069]*\u2069/g, '')));
    expect(bare.map(([key]) => key)).toEqual([]);
  });
});

describe('who reads what', () => {
  it('is no table: at 320 px half of its columns were cut off', () => {
    const html = rendered(<WhoReads t={t} />);
    expect(html).not.toContain('<table');
    expect(html.match(/<dt>/g)).toHaveLength(4);
  });
});

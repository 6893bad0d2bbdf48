import { expect, test } from 'vitest';
import { translator } from '../i18n/catalogue.ts';
import { PublicLayout } from './public-layout.tsx';
import type { TownView } from './town-view.ts';

const TOWN = { name: 'Val-Rivière', phone: '01 99 00 12 34', openingHours: 'de 9 h à 17 h', interpreters: true };
// The texts of a town that the frame of a page says.
const town = (own: Partial<TownView> = {}) => ({ ...TOWN, ...own }) as TownView;
/** Elements print themselves as HTML. */
const rendered = (element: unknown) => String(element);
const page = (view: TownView, locale: 'fr' | 'en', form?: string) =>
  rendered(
    <PublicLayout
      t={translator(locale)}
      town={view}
      title="x"
      help={true}
      form={form === undefined ? undefined : { id: form }}
    />,
  );

test('what is the same on every page is said in the language of the reader, of the town that reads, for the form of the page', () => {
  const here = town();
  expect(page(here, 'fr')).toContain('href="/langue/en"');
  // Kept parts are those of another language, another town, another form no more than a page made anew.
  for (const [view, locale, form] of [
    [here, 'en', undefined],
    [here, 'fr', 'code'],
    [town({ phone: '01 99 00 99 99' }), 'fr', undefined],
    [here, 'fr', undefined],
  ] as const)
    expect(page(view, locale, form)).toBe(page(town({ ...view }), locale, form));
  expect(page(here, 'fr', 'code')).toContain('form="code"');
  expect(page(town({ phone: '01 99 00 99 99' }), 'fr')).not.toContain(TOWN.phone);
});

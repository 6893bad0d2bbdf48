import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { translator } from '../i18n/catalogue.ts';
import { PublicHeader } from './public-header.tsx';
import { WorkBar } from './work-bar.tsx';

// R104: what is invented says so on every page. Each page as it is served: tests/database/routes.test.ts and tests/journeys/every-page.test.ts.

const t = translator('fr');
/** Elements print themselves as HTML. */
const rendered = (element: unknown) => String(element);
const root = new URL('../', import.meta.url);
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
const holding = (words: string) =>
  sources.filter((file) => !file.endsWith('.test.tsx') && readFileSync(new URL(file, root), 'utf8').includes(words));

test('R104: a page is a document by one of the two layouts, and by nothing else', () => {
  expect(holding('<html').toSorted()).toEqual(['dev/mailbox-page.tsx', 'ui/document.tsx']);
  expect(holding('<Document').toSorted()).toEqual(['ui/public-layout.tsx', 'ui/work-layout.tsx']);
});

test.each([true, false])('R104: both heads say FICTIF for an invented town (%s), and for no other', (isDemo) => {
  const town = { name: 'Val-Rivière', isDemo };
  const heads = [<PublicHeader t={t} town={town} />, <WorkBar t={t} town={town} sections={[]} />];
  for (const head of heads) expect(rendered(head).includes('>FICTIF<')).toBe(isDemo);
});

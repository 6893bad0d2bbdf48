import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { locales } from '../../src/i18n/languages.ts';
import { fieldsOf, type Screen, SCREENS } from '../../src/requests/screens.ts';
import { encode, formOf, looked, type Pairs, TEXTS, VALID } from '../support/f1-form.ts';
import { valueOf } from '../support/form-page.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// security.md §6: whatever is posted in the grammar of the form. Each field missing, once or twice, with an answer we know, one of another field,
// or any text there is; each button, or a language.

let town: TestTown;
let form: ReturnType<typeof formOf>;
beforeAll(async () => {
  town = await testTown('grammar');
  form = formOf(town, await webApp(town));
});
afterAll(() => town.close());

const ALL = Object.keys(SCREENS).filter((name): name is Screen => name in SCREENS);
const KNOWN = Object.values(VALID).flatMap((pairs) => pairs.map(([, value]) => value));
const HOSTILE = ['<script>alert(1)</script>', '"onfocus="x', '</textarea><b>', '{{7*7}}', '\u202Egnp.exe', '\r\nBcc: x', '=1+1', "'; DROP TABLE"]; // prettier-ignore

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...KNOWN) },
  { weight: 1, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 50, maxLength: 2_000 }) },
);
const pairsOf = (screen: Screen) =>
  fc
    .tuple(
      ...fieldsOf(screen).map((name) =>
        fc
          .oneof(
            { weight: 2, arbitrary: fc.constant(VALID[screen].filter(([own]) => own === name).map(([, own]) => own)) },
            { weight: 3, arbitrary: fc.array(value, { maxLength: 2 }) },
          )
          .map((values) => values.map((each): [string, string] => [name, each])),
      ),
    )
    .map((all): Pairs => all.flat());
const post = fc
  .constantFrom(...ALL)
  .chain((screen) =>
    fc.record({ screen: fc.constant(screen), pairs: pairsOf(screen), go: fc.constantFrom('next', 'back') }),
  );

const once = (pairs: Pairs, name: string) => pairs.filter(([own]) => own === name).length === 1;
/** Lines end as the standard says forms send them; a page shows what was typed whatever they are. */
const typedOf = (pairs: Pairs, name: string) => pairs.find(([own]) => own === name)?.[1];

test('whatever is posted: never a 5xx, never a stack, never markup; a page with errors keeps each text as it was typed', async () => {
  const property = fc.asyncProperty(post, async ({ screen, pairs, go }) => {
    const draft = form.draftOf(screen === 'note' ? [['need', 'place']] : []);
    const answer = await form.raw(encode([['draft', draft], ['screen', screen], ...pairs, ['go', go]])); // prettier-ignore
    expect([200, 303, 422]).toContain(answer.status);
    const { status, html } = await looked(answer);
    if (status !== 422) return;
    for (const { name } of TEXTS.filter((text) => text.screen === screen && once(pairs, text.name)))
      if (html.includes(`name="${name}"`)) expect([name, valueOf(html, name)]).toEqual([name, typedOf(pairs, name)]);
  });
  await fc.assert(property, { numRuns: 300 });
});

test('§4.8: whatever stands in a screen, a change of language judges nothing and keeps it', async () => {
  const property = fc.asyncProperty(post, fc.constantFrom(...locales), async ({ screen, pairs }, locale) => {
    fc.pre(fieldsOf(screen).every((name) => pairs.filter(([own]) => own === name).length < 2));
    const draft = form.draftOf(screen === 'note' ? [['need', 'place']] : []);
    const answer = await form.raw(encode([['draft', draft], ['screen', screen], ...pairs, ['langue', locale]])); // prettier-ignore
    const { status, html } = await looked(answer);
    expect([status, html.includes('field-error')]).toEqual([200, false]);
    for (const { name } of TEXTS.filter((text) => text.screen === screen && once(pairs, text.name)))
      if (html.includes(`name="${name}"`)) expect([name, valueOf(html, name)]).toEqual([name, typedOf(pairs, name)]);
  });
  await fc.assert(property, { numRuns: 100 });
});

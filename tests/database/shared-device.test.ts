import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { normaliseCode } from '../../src/privacy/case-code.ts';
import { formOf, VALID } from '../support/f1-form.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// A library, a desk, a phone that is lent: whoever comes next finds nothing (C-3).

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('shared');
  app = await webApp(town);
});
afterAll(() => town.close());

const codeIn = (page: string) =>
  normaliseCode([...page.matchAll(/class="code-group">([0-9A-Z]{5})</g)].map(([, group]) => group).join(''));
async function receipt(visitor: Visitor): Promise<string | undefined> {
  return codeIn(await (await visitor.get('/demande/recu')).text());
}
/** Sends a request from this browser. @returns its code, read on the receipt. */
async function sends(visitor: Visitor): Promise<string> {
  const fields = { draft: formOf(town, app).draftOf(), screen: 'send', go: 'next', ...Object.fromEntries(VALID.send) };
  expect((await visitor.post('/demande', fields)).headers.get('location')).toBe('/demande/recu');
  const code = await receipt(visitor);
  if (!code) throw new Error('a receipt without a code');
  return code;
}
const nothingLeft = async (visitor: Visitor) => {
  expect((await visitor.get('/demande/recu')).headers.get('location')).toBe('/suivi');
  expect((await visitor.get('/suivi/demande')).status).toBe(403);
  expect((await visitor.get('/suivi/nouveau-code')).headers.get('location')).toBe('/suivi');
};

describe('« Fermer cette page »', () => {
  test('stands on the receipt: neither the code nor the number is shown again', async () => {
    const visitor = new Visitor(app);
    await sends(visitor);
    expect(await (await visitor.get('/demande/recu')).text()).toContain('action="/suivi/fermer"');
    const closed = await visitor.post('/suivi/fermer', {});
    expect([closed.headers.get('location'), closed.headers.get('clear-site-data')]).toEqual([
      '/',
      '"cache", "storage"',
    ]);
    await nothingLeft(visitor);
  });

  test('on the follow page forgets the receipt too, and ends the session for a copy of the cookie', async () => {
    const visitor = new Visitor(app);
    await visitor.post('/suivi', { code: await sends(visitor) });
    const copy = visitor.copy();
    await visitor.post('/suivi/fermer', {});
    await nothingLeft(visitor);
    expect((await copy.get('/suivi/demande')).status).toBe(403);
  });
});

test('a receipt shows no code that was replaced, here or in another browser', async () => {
  const [library, home] = [new Visitor(app), new Visitor(app)];
  const code = await sends(library);
  await home.post('/suivi', { code });
  const offer = hiddenOf(await (await home.get('/suivi/remplacer')).text(), 'new');
  await home.post('/suivi/remplacer', { choice: 'replace', new: offer });
  expect(await receipt(library)).toBeUndefined();
  expect((await library.get('/demande/recu')).status).toBe(200);
});

import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requesterVisitor } from '../support/party-visitor.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('public-html');
  app = await webApp(town);
});
afterAll(() => town.close());

const ANYBODY = ['/', '/danger', '/demande', '/rappel', '/suivi', '/suivi/code-perdu', '/suivi/participation/vos-informations', '/informations', '/mentions-legales', '/accessibilite', '/nulle-part']; // prettier-ignore
const BY_CODE = ['/suivi/demande', '/suivi/arreter', '/suivi/danger', '/suivi/courriel', '/suivi/remplacer', '/suivi/accord', '/suivi/avis']; // prettier-ignore

test('R92: every public page is valid HTML', async () => {
  // What a program wrote: void elements and attributes in one way throughout, whichever it is.
  const rules = { 'void-style': 'off', 'attribute-boolean-style': 'off', 'no-trailing-whitespace': 'off' } as const;
  const judge = new HtmlValidate({ extends: ['html-validate:standard'], rules });
  const { caseId } = await submit(town);
  const [visitor, requester] = [new Visitor(app), await requesterVisitor(app, town, caseId)];
  const faults: string[] = [];
  for (const [who, pages] of [
    [visitor, ANYBODY],
    [requester, BY_CODE],
  ] as const)
    // prettier-ignore
    for (const path of pages) {
      const report = await judge.validateString(await (await who.get(path)).text());
      for (const { messages } of report.results)
        for (const { message, ruleId } of messages) faults.push(`${path}: ${message} (${ruleId})`);
    }
  expect(faults).toEqual([]);
});

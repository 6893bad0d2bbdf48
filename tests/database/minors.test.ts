import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planSession, SESSION_MODES } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { formOf, VALID } from '../support/f1-form.ts';
import { inOrder } from '../support/form-page.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// R81: somebody under eighteen asks like anybody; 119 and 3018 stand on the page before and after sending, somebody who listens is proposed, and
// nothing beyond listening happens without whoever holds parental authority.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('minors');
  app = await webApp(town);
});
afterAll(() => town.close());

const NUMBERS = ['tel:119', 'tel:3018'];

test('the numbers for children are on the page before sending, and on the receipt with the town’s places that listen', async () => {
  const form = formOf(town, app);
  const before = await form.post('contact', VALID.contact);
  expect(before.status).toBe(200);
  expect(inOrder(before.html, ...NUMBERS)).toEqual(NUMBERS);
  const visitor = new Visitor(app);
  const draft = form.draftOf([['age_group', 'minor']]);
  const last = VALID.send.map(([name, value]): [string, string] => [name, name === 'age_group' ? 'minor' : value]);
  const sent = await visitor.post(
    '/demande',
    new URLSearchParams([['draft', draft], ['screen', 'send'], ...last, ['go', 'next']]),
  );
  expect(sent.status).toBe(303);
  const receipt = await (await visitor.get('/demande/recu')).text();
  const said = [...NUMBERS, 'PAEJ Le Kiosque', 'Mission locale'];
  expect(inOrder(receipt, ...said)).toEqual(said);
  const adult = new Visitor(app);
  await adult.post(
    '/demande',
    new URLSearchParams([['draft', form.draftOf()], ['screen', 'send'], ...VALID.send, ['go', 'next']]),
  );
  expect(await (await adult.get('/demande/recu')).text()).not.toContain('PAEJ');
});

describe.each(['requester', 'other'] as const)(
  'before the agreement of a representative, with a minor as %s',
  (side) => {
    test.each(SESSION_MODES)('no session is planned: %s', async (mode) => {
      const carried = new Carried(town);
      const isRequester = side === 'requester';
      if (isRequester) await carried.toFirstContact({ ageGroup: 'minor' });
      else await carried.toAgreements({}, { minor: true });
      const { caseId } = carried;
      const meeting = { caseId, mode, place: 'au local', day: '18/01/2027', hour: '10:00', minutes: 60 } as const;
      const plan = async () =>
        planSession(carried.web, carried.mediator(), { ...meeting, partyIds: [await carried.partyId(side)] });
      await expect(plan()).rejects.toMatchObject({ code: 'agreement_missing' });
      await carried.says(side, { legalRepresentativeAgreed: true, legalRepresentative: 'Paul Meunier' });
      // Together people meet in the mediation only; apart, it is possible from now on.
      if (mode === 'individual' || mode === 'shuttle') expect(await plan()).toBeTruthy();
      else await expect(plan()).rejects.toMatchObject({ code: 'agreement_missing' });
    });
  },
);

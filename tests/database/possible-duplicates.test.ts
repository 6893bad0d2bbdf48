import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { caseView } from '../../src/staff/case-view.query.ts';
import { possibleDuplicates } from '../../src/staff/possible-duplicates.query.ts';
import type { SubmitRequest } from '../../src/requests/insert-case.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('alike');
  app = await webApp(town);
});
afterAll(() => town.close());

/** Somebody nobody else is: only what a test sets is the same. */
const stranger = (change: Partial<SubmitRequest> = {}) => {
  const phone = `+336${randomInt(10_000_000, 99_999_999)}`;
  return submit(town, { phone, email: `p${phone.slice(1)}@courriel.example`, placeType: null, ...change });
};
const reader = (ref: string) => ({
  townId: town.townId,
  personId: town.person(ref),
  name: ref,
  roles: ['team_leader' as const],
});
async function alike(caseId: string, ref = 'R1') {
  const ctx = town.context('passerelle_web');
  const person = reader(ref);
  return possibleDuplicates(ctx, person, await caseView(ctx, person, caseId));
}
const NOTHING = { samePhone: false, sameEmail: false, samePlace: false };

describe('R37: what may be the same situation is shown at triage, with its reasons', () => {
  test('the same phone or the same address, whatever it is about', async () => {
    const phone = '+33639980001';
    const email = 'rosa-alike@courriel.example';
    const byPhone = await stranger({ phone, categories: ['ODEURS'] });
    const byEmail = await stranger({ email: email.toUpperCase().replace('COURRIEL.EXAMPLE', 'courriel.example') });
    const { caseId } = await stranger({ phone, email });
    const found = await alike(caseId);
    expect(found).toHaveLength(2);
    expect(found.find(({ id }) => id === byPhone.caseId)).toMatchObject({
      ...NOTHING,
      samePhone: true,
      number: byPhone.number,
      categories: [],
    });
    expect(found.find(({ id }) => id === byEmail.caseId)).toMatchObject({
      ...NOTHING,
      sameEmail: true,
      categories: ['BRUIT'],
    });
  });

  test('the same quarter, kind of place and subject together; two of the three are not enough', async () => {
    const place = { quarter: 'PEU', placeType: 'parking' } as const;
    const same = await stranger({ ...place, categories: ['STATION', 'BRUIT'] });
    await stranger({ ...place, categories: ['DECHETS'] });
    await stranger({ quarter: 'PEU', placeType: 'hall', categories: ['STATION'] });
    await stranger({ quarter: 'PEU', placeType: null, categories: ['STATION'] });
    const { caseId } = await stranger({ ...place, categories: ['STATION'] });
    expect(await alike(caseId)).toMatchObject([
      { ...NOTHING, id: same.caseId, samePlace: true, categories: ['STATION'] },
    ]);
  });

  test('the same place of the town’s list and the same subject, whatever kind of place was said', async () => {
    const { id: placeId } = await town.owner.selectFrom('place').select('id').where('code', '=', 'W4HRD9').executeTakeFirstOrThrow();
    const same = await stranger({ quarter: 'CAS', placeId, placeType: 'place', categories: ['MITOYEN'] });
    await stranger({ quarter: 'CAS', placeId, placeType: 'place', categories: ['ASSO'] });
    const { caseId } = await stranger({ quarter: 'CAS', placeId, placeType: 'cour', categories: ['MITOYEN'] });
    expect(await alike(caseId)).toMatchObject([{ ...NOTHING, id: same.caseId, samePlace: true, categories: ['MITOYEN'] }]);
  }); // prettier-ignore

  test('within 90 days, before and after', async () => {
    const phone = '+33639980002';
    const [old, recent, later] = [await stranger({ phone }), await stranger({ phone }), await stranger({ phone })];
    const { caseId } = await stranger({ phone });
    const move = (id: string, days: number) =>
      town.owner
        .updateTable('mediation_case')
        .set({ received_at: new Date(Date.parse('2027-01-11T09:00:00Z') + days * 86_400_000) })
        .where('id', '=', id)
        .execute();
    await move(old.caseId, -91);
    await move(recent.caseId, -89);
    await move(later.caseId, 30);
    expect((await alike(caseId)).map(({ id }) => id)).toEqual([later.caseId, recent.caseId]);
  });

  test('at most five, those of the same person first', async () => {
    const phone = '+33639980003';
    const place = { quarter: 'PEU', placeType: 'cour', categories: ['ANIMAUX'] };
    const own = await stranger({ phone });
    for (let n = 0; n < 6; n += 1) await stranger(place);
    const found = await alike((await stranger({ ...place, phone })).caseId);
    expect(found).toHaveLength(5);
    expect(found[0]?.id).toBe(own.caseId);
  });
});

describe('who is shown it', () => {
  test('A-8, R42: only among the cases this person sees; another team’s stay unknown', async () => {
    const phone = '+33639980004';
    const elsewhere = await stranger({ phone, quarter: 'CEN' });
    const queued = await stranger({ phone, quarter: null });
    const { caseId } = await stranger({ phone, quarter: 'PEU' });
    expect((await alike(caseId)).map(({ id }) => id)).toEqual([queued.caseId]);
    expect((await alike(queued.caseId, 'R1')).map(({ id }) => id)).toEqual([caseId]);
    expect((await alike(queued.caseId, 'R2')).map(({ id }) => id)).toEqual([elsewhere.caseId]);
  });

  test('whoever leads the case, while it is read: neither the mediator nor anybody after triage', async () => {
    const phone = '+33639980005';
    await stranger({ phone });
    const { caseId } = await stranger({ phone });
    expect(await alike(caseId)).toHaveLength(1);
    const unled = { id: caseId, state: 'received', led: false } as const;
    expect(await possibleDuplicates(town.context('passerelle_web'), reader('R1'), unled)).toEqual([]);
    const [ctx, leader] = [town.context('passerelle_web'), { townId: town.townId, personId: town.person('R1') }];
    await acceptCase(ctx, leader, { caseId, domain: 'social', complexity: 'simple', tension: 1 });
    expect(await alike(caseId)).toEqual([]);
    await assignMediator(ctx, leader, { caseId, mediatorId: town.person('M1') });
    expect(await alike(caseId, 'M1')).toEqual([]);
  });

  test('R88: that the list was seen is written down, and only when there is one', async () => {
    const lists = async () =>
      (
        await town.owner
          .selectFrom('case_read')
          .select('groups')
          .where('kind', '=', 'list_viewed')
          .where('person_id', '=', town.person('R1'))
          .execute()
      ).filter(({ groups }) => groups.includes('possible_duplicates')).length;
    const before = await lists();
    await alike((await stranger()).caseId);
    expect(await lists()).toBe(before);
    const phone = '+33639980006';
    await stranger({ phone });
    await alike((await stranger({ phone })).caseId);
    expect(await lists()).toBe(before + 1);
  });

  test('T-01: in public nothing differs: same answer, same rows, same mails, same follow page', async () => {
    const first = await stranger({ quarter: 'PEU', placeType: 'rue', categories: ['USAGE'] });
    const again = await stranger({ quarter: 'PEU', placeType: 'rue', categories: ['USAGE'] });
    const traces = await Promise.all(
      [first, again].map(async ({ caseId, code = '', number }) => {
        await takeDueSteps(town, caseId);
        const visitor = new Visitor(app);
        await visitor.post('/suivi', { code });
        const page = await (await visitor.get('/suivi/demande')).text();
        const rows = await town.owner
          .selectFrom('case_event')
          .select(['code', 'data'])
          .where('case_id', '=', caseId)
          .orderBy('seq')
          .execute();
        const mails = await town.owner.selectFrom('mail').select('template').where('case_id', '=', caseId).execute();
        return JSON.stringify([page.replaceAll(number, 'N').replace(hiddenOf(page, 'form'), 'F'), rows, mails]);
      }),
    );
    expect(traces[0]).toBe(traces[1]);
  });

  test('on the case page: reasons in words, a link, and no word about deciding', async () => {
    const phone = '+33639980007';
    const other = await stranger({ phone });
    const { caseId } = await stranger({ phone });
    const leader = new Visitor(app);
    await leader.post('/demo/entrer', { person: town.person('R1') });
    const page = await (await leader.get(`/equipe/demandes/${caseId}`)).text();
    expect(page).toContain('Peut-être la même situation');
    expect(page).toContain(`href="/equipe/demandes/${other.caseId}"`);
    expect(page).toContain('même téléphone');
    const alone = await (await leader.get(`/equipe/demandes/${(await stranger()).caseId}`)).text();
    expect(alone).not.toContain('Peut-être la même situation');
  });
});

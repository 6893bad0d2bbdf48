import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideDanger, raiseDanger } from '../../src/cases/danger.command.ts';
import { mergeCase } from '../../src/cases/merge-case.command.ts';
import { startTriage } from '../../src/cases/triage.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { Carried } from '../support/agreements.ts';
import { formOf, VALID } from '../support/f1-form.ts';
import { inOrder } from '../support/form-page.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// T2 « anyone », §4.11: after the request was sent, its person and the other party say on their own page that somebody is in danger. The
// numbers come first, nothing is promised, the leader is alerted when the team is open, and messages are held.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('danger-said');
  app = await webApp(town);
});
afterAll(() => town.close());

const at = (instant: Date) => new TownClock(town).to(instant);
const alertsOf = (caseId: string) =>
  town.owner
    .selectFrom('mail')
    .select(['person_id', 'not_before'])
    .where('case_id', '=', caseId)
    .where('template', '=', 'danger_alert')
    .execute();
const raised = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('case_event')
      .select(['actor', 'data'])
      .where('case_id', '=', caseId)
      .where('code', '=', 'danger_raised')
      .orderBy('seq')
      .execute()
  ).map(({ actor, data }) => [actor, data['who']]);
const isHeld = async (caseId: string) =>
  (await town.owner.selectFrom('mediation_case').select('danger').where('id', '=', caseId).executeTakeFirstOrThrow())
    .danger;
async function entered(code: string): Promise<Visitor> {
  const visitor = new Visitor(app);
  await visitor.post('/suivi', { code });
  return visitor;
}
async function say(visitor: Visitor, address: string, fields: Record<string, string> = { who: 'self' }) {
  const page = await (await visitor.get(address)).text();
  const sent = await visitor.post(address, { form: hiddenOf(page, 'form'), ...fields });
  const location = sent.headers.get('location');
  return {
    page,
    status: sent.status,
    after: location ? await (await visitor.get(location)).text() : await sent.text(),
  };
}

describe('R85: the person who asked', () => {
  test('reads the numbers first, says it, and reads when the team is told; opening the page changes nothing', async () => {
    const { caseId, code = '' } = await submit(town);
    const visitor = await entered(code);
    expect(await (await visitor.get('/suivi/demande')).text()).toContain('href="/suivi/danger"');
    const opened = await (await visitor.get('/suivi/danger')).text();
    expect(inOrder(opened, 'tel:17', 'name="who"')).toEqual(['tel:17', 'name="who"']);
    expect([await raised(caseId), await isHeld(caseId)]).toEqual([[], false]);
    const { page, status, after } = await say(visitor, '/suivi/danger');
    for (const said of [
      'Ouvrir cette page n’appelle personne',
      'n’est pas un service d’urgence',
      'prévenue maintenant',
    ])
      expect(page).toContain(said);
    expect([status, after.includes('C’est noté'), after.includes('prévenue maintenant')]).toEqual([303, true, true]);
    expect([await raised(caseId), await isHeld(caseId)]).toEqual([[['requester', 'self']], true]);
    expect((await alertsOf(caseId)).map(({ person_id }) => person_id)).toEqual([town.person('R1')]);
  });

  test('an answer that is no choice is asked again, beside the numbers; a second click says it once', async () => {
    const { caseId, code = '' } = await submit(town);
    const visitor = await entered(code);
    const { status, after } = await say(visitor, '/suivi/danger', { who: 'nobody' });
    expect([status, after.includes('Choisissez l’un'), after.includes('tel:17')]).toEqual([422, true, true]);
    const form = hiddenOf(await (await visitor.get('/suivi/danger')).text(), 'form');
    for (const who of ['other', 'other']) expect((await visitor.post('/suivi/danger', { form, who })).status).toBe(303);
    expect(await raised(caseId)).toEqual([['requester', 'other']]);
  });

  test('of less than eighteen years reads 119 and 3018 before all others, here and on the receipt', async () => {
    const { code = '' } = await submit(town, { ageGroup: 'minor', contactWays: ['phone'] });
    const page = await (await (await entered(code)).get('/suivi/danger')).text();
    const main = page.slice(page.indexOf('<h1'));
    for (const first of ['tel:119', 'tel:3018']) expect(inOrder(main, first, 'tel:17')).toEqual([first, 'tel:17']);
    const asks = new Visitor(app);
    const minor = { danger: 'yes', contact_ways: 'phone', email: '', age_group: 'minor' };
    const draft = formOf(town, app).draftOf(Object.entries(minor));
    const last = { ...Object.fromEntries(VALID.send), age_group: 'minor' };
    expect((await asks.post('/demande', { draft, screen: 'send', go: 'next', ...last })).status).toBe(303);
    const receipt = await (await asks.get('/demande/recu')).text();
    const said = ['tel:119', 'Enfant en danger', 'tel:3018', 'PAEJ Le Kiosque', 'Appelez le 17'];
    expect(inOrder(receipt.slice(receipt.indexOf('<h1')), ...said)).toEqual(said);
  });

  test('T8: of a request that joined another one too; the leader is alerted', async () => {
    const web = town.context('passerelle_web');
    const [first, near] = [await submit(town), await submit(town)];
    const leader = { townId: town.townId, personId: town.person('R1') };
    for (const { caseId } of [first, near]) await startTriage(web, leader, caseId);
    await mergeCase(web, leader, { caseId: near.caseId, into: first.number });
    const { status } = await say(await entered(near.code ?? ''), '/suivi/danger');
    expect(status).toBe(303);
    expect(await raised(near.caseId)).toHaveLength(1);
    const decide = { caseId: near.caseId, legalGround: 'none', reason: 'Elle est chez sa sœur.' } as const;
    await decideDanger(web, leader, { ...decide, decision: 'orient' });
    const work = new Visitor(app);
    await work.post('/demo/entrer', { person: town.person('R1') });
    expect(await (await work.get(`/equipe/demandes/${near.caseId}`)).text()).toContain(`${near.caseId}/decision`);
    await decideDanger(web, leader, { ...decide, decision: 'no_action' });
    expect(await isHeld(near.caseId)).toBe(false);
  });

  test('of a request that has ended is told so, with the numbers; nobody is said to be alerted', async () => {
    const { caseId, code = '' } = await submit(town);
    const visitor = await entered(code);
    await withdrawByRequester(town.context('passerelle_web'), { townId: town.townId, caseId });
    const { status, after } = await say(visitor, '/suivi/danger');
    expect([status, after.includes('n’a pas été prévenue'), after.includes('tel:17')]).toEqual([409, true, true]);
  });
});

describe('§4.11: said again and again within minutes', () => {
  test.each(['/suivi/danger', '/suivi/participation/danger'] as const)('%s: nobody is sent away, and it is written down once; what is new is written', async (path) => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const isParty = path.includes('participation');
    const visitor = isParty ? await partyVisitor(app, town, carried) : await requesterVisitor(app, town, caseId);
    const again = async (fields: Record<string, string>, times = 5) => {
      const posts = Array.from({ length: times }, (_, n) => visitor.copy().post(path, { ...fields, ...(n > 0 ? { form: crypto.randomUUID() } : {}) }));
      for (const { status, headers } of await Promise.all(posts)) expect([status, headers.get('location')?.endsWith('?danger')]).toEqual([303, true]);
      return (await raised(caseId)).map(([, who]) => who);
    };
    expect(await again({ who: 'self' })).toEqual(['self']);
    expect(await again({ who: 'other' })).toEqual(['self', 'other']);
    expect(await again({ who: 'self', family: 'yes' })).toEqual(['self', 'other', 'self']);
    expect(await again({ who: 'self' })).toHaveLength(3);
    // The same of the other side is another fact.
    await raiseDanger(town.context('passerelle_web'), carried.mediator(), caseId);
    expect(await raised(caseId)).toHaveLength(4);
    // A decision was taken: said once more, somebody is alerted once more.
    const alerts = (await alertsOf(caseId)).length;
    await decideDanger(town.context('passerelle_web'), carried.leader(), { caseId, decision: 'orient', legalGround: 'none', reason: 'Le 17 est appelé.' });
    expect(await again({ who: 'self' })).toHaveLength(5);
    expect(await alertsOf(caseId)).toHaveLength(alerts + 1);
  }); // prettier-ignore
});

test('R85: the other party says it on its own page, and learns nothing of the request', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({ firstName: 'Zéphyrine' });
  const visitor = await partyVisitor(app, town, carried);
  const { page, status, after } = await say(visitor, '/suivi/participation/danger', { who: 'other' });
  expect([status, after.includes('C’est noté'), `${page}${after}`.includes('Zéphyrine')]).toEqual([303, true, false]);
  expect([await raised(caseId), await isHeld(caseId)]).toEqual([[['party', 'other']], true]);
  expect((await alertsOf(caseId)).map(({ person_id }) => person_id)).toEqual([town.person('R1')]);
  const asked = await sql`select 1 from step join deadline d on d.id = step.deadline_id
    where d.case_id = ${caseId} and d.kind = 'danger' and step.state = 'pending'`.execute(town.owner);
  expect(asked.rows).toHaveLength(2);
});

/** Last here: a town's clock only grows. */
describe('§4.4: « 1 h, 4 h » count open hours', () => {
  test('Friday 17:20: alerted at once, again on Monday at 9:50 and 13:50', async () => {
    await at(new Date('2027-01-15T16:20:00Z'));
    const { caseId } = await submit(town, { danger: true });
    const [alert] = await alertsOf(caseId);
    expect(alert?.not_before.toISOString().slice(0, 16)).toBe('2027-01-15T16:20');
    const steps = await sql<{ at: Date }>`select step.at from step join deadline d on d.id = step.deadline_id
      where d.case_id = ${caseId} and d.kind = 'danger' order by step.at`.execute(town.owner);
    expect(steps.rows.map(({ at: instant }) => instant.toISOString().slice(0, 16))).toEqual([
      '2027-01-18T08:50',
      '2027-01-18T12:50',
    ]);
  });

  test('Friday after closing: the page says Monday 9:00, and the alert leaves then', async () => {
    await at(new Date('2027-01-15T16:45:00Z'));
    const { caseId, code = '' } = await submit(town);
    const { after } = await say(await entered(code), '/suivi/danger');
    expect(after).toContain('L’équipe est fermée');
    expect(after).toContain('18 janvier');
    expect((await alertsOf(caseId)).map(({ not_before }) => not_before)).toEqual([new Date('2027-01-18T08:00:00Z')]);
  });
});

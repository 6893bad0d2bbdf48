import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decideDanger, raiseDanger } from '../../src/cases/danger.command.ts';
import { suspendCase } from '../../src/cases/suspend.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { Carried } from '../support/agreements.ts';
import { inOrder } from '../support/form-page.ts';
import { takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// §8: the case page and the worklist say who is waited for, until when, what happens if nobody acts, and what really happened.

let town: TestTown;
let clock: TownClock;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('case-story');
  clock = new TownClock(town);
  app = await webApp(town);
});
afterAll(() => town.close());

async function read(address: string, ref = 'R1'): Promise<string> {
  const visitor = new Visitor(app);
  await visitor.post('/demo/entrer', { person: town.person(ref) });
  return (await visitor.get(address)).text();
}
const casePage = (caseId: string, ref?: string) => read(`/equipe/demandes/${caseId}`, ref);
/** The panel at the top: who is waited for now. */
const panel = async (caseId: string) =>
  /<section class="now[^>]*>(.*?)<\/section>/s.exec(await casePage(caseId))?.[1] ?? '';
const timeline = async (caseId: string) => /<ol class="timeline">(.*?)<\/ol>/s.exec(await casePage(caseId))?.[1] ?? '';
/** Rows of the worklist about one request. */
async function rows(number: string): Promise<string> {
  const page = await read('/equipe');
  return page
    .split('<tr')
    .filter((row) => row.includes(number))
    .join('');
}
async function asked(carried: Carried, code: string): Promise<string> {
  const organisation = await town.owner
    .selectFrom('organisation')
    .selectAll()
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  await askPartner(carried.web, carried.mediator(), {
    caseId: carried.caseId,
    organisationId: organisation.id,
    urgency: 'standard',
    question: 'Quand la porte sera-t-elle réparée ?',
  });
  return organisation.name;
}
const away = (code: string, positions: readonly string[]) =>
  sql`insert into contact_absence (town_id, contact_id, from_day, to_day)
    select c.town_id, c.id, '2027-01-01', '2027-12-31' from organisation_contact c join organisation o on o.id = c.organisation_id
    where o.code = ${code} and c.position = any (${[...positions]}::text[])`.execute(town.owner);
async function carriedCase(): Promise<Carried & { number: string }> {
  const carried = new Carried(town);
  await carried.toFirstContact();
  const { number } = await town.owner
    .selectFrom('mediation_case')
    .select('number')
    .where('id', '=', carried.caseId)
    .executeTakeFirstOrThrow();
  return Object.assign(carried, { number });
}

describe('the story says whom it really went to', () => {
  test('R62: the référent is away: the next one is asked, and the line says so, with the organisation', async () => {
    const carried = await carriedCase();
    await away('O11', ['referent']);
    const name = await asked(carried, 'O11');
    await takeDueSteps(town, carried.caseId);
    const told = await timeline(carried.caseId);
    for (const said of ['Personne absente', name]) expect(told).toContain(said);
  });

  test('nobody there to write to: a thing to do, not « Message préparé »', async () => {
    const carried = await carriedCase();
    await away('O09', ['referent', 'substitute', 'head']);
    await asked(carried, 'O09');
    const before = (await timeline(carried.caseId)).split('Message préparé').length;
    await takeDueSteps(town, carried.caseId);
    const told = await timeline(carried.caseId);
    expect(told).toContain('une chose à faire est créée');
    const written =
      await sql`select 1 from case_event where case_id = ${carried.caseId} and code = 'step_taken' and data->>'outcome' = 'written'`.execute(
        town.owner,
      );
    expect(told.split('Message préparé').length - before).toBe(written.rows.length);
  });

  test('R85: who said that there is danger, and what was decided on which ground', async () => {
    const { caseId } = await submit(town);
    const by = { townId: town.townId, personId: town.person('R1') };
    await raiseDanger(town.context('passerelle_web'), by, caseId);
    await decideDanger(town.context('passerelle_web'), by, {
      caseId,
      decision: 'report',
      legalGround: 'CASF_L226_2_1',
      reason: 'Appel à la CRIP.',
    });
    const told = await timeline(caseId);
    for (const said of ['Signaler aux autorités', 'Information préoccupante', 'Nadège Kerlidou'])
      expect(told).toContain(said);
    // A reason is read on the card of the case, never in a list of events.
    expect(told).not.toContain('CRIP');
  });
});

describe('T24, T25: what is held is never late, and says what ends it', () => {
  test('two organisations are waited for by name; the mediator’s own wait is on hold, on the case and in the list', async () => {
    const carried = await carriedCase();
    const names = [await asked(carried, 'O01'), await asked(carried, 'O13')];
    await clock.forward(1);
    for (const name of names) expect(await rows(carried.number)).toContain(name);
    expect(await panel(carried.caseId)).toMatch(new RegExp(names.join('|'), 'u'));
    await sql`update deadline set due_day = '2027-01-11', due_at = '2027-01-11 17:30+01' where case_id = ${carried.caseId} and paused_at is not null`.execute(
      town.owner,
    );
    expect(await rows(carried.number)).toContain('un partenaire est attendu');
    expect(await casePage(carried.caseId)).not.toContain('>En retard<');
  });

  test('a case that rests says until when', async () => {
    const carried = await carriedCase();
    await suspendCase(carried.web, carried.mediator(), {
      caseId: carried.caseId,
      reason: 'works',
      until: '05/02/2027',
    });
    const held = await rows(carried.number);
    for (const said of ['En pause', 'suspendue jusqu’au', '5 février']) expect(held).toContain(said);
  });
});

test('R85, §4.4: on the leader’s list a danger stands first, with the numbers and the way to the decision', async () => {
  await submit(town);
  await clock.forward(10);
  const { caseId, number } = await submit(town, { danger: true });
  const page = await read('/equipe');
  expect(inOrder(page, 'tel:17', '<table class="worklist"')).toEqual(['tel:17', '<table class="worklist"']);
  const first = page.slice(page.indexOf('<tbody'));
  expect(first.indexOf(`/equipe/demandes/${caseId}/decision`)).toBeGreaterThan(0);
  expect(inOrder(first, 'worklist-danger', 'worklist-late')).toEqual(['worklist-danger', 'worklist-late']);
  expect((await rows(number)).includes('/decision"')).toBe(true);
  const theCase = await casePage(caseId);
  const top = theCase.slice(theCase.indexOf('case-title'));
  for (const above of ['/decision"', 'tel:17'])
    expect(inOrder(top, above, 'class="now')).toEqual([above, 'class="now']);
});

test('§4.11: of a minor the numbers for children come first, also for the team', async () => {
  const { caseId } = await submit(town, { danger: true, ageGroup: 'minor', contactWays: ['phone'] });
  const page = await casePage(caseId);
  expect(inOrder(page, 'tel:119', 'tel:17')).toEqual(['tel:119', 'tel:17']);
});

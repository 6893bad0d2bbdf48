import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { declineAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { acceptCase } from '../../src/cases/triage.command.ts';
import { plain } from '../../src/stories/page-form.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// R41, R100: whoever fits stands first, with the reasons in words; nobody is chosen by the page.

let town: TestTown;
let leader: Visitor;
beforeAll(async () => {
  town = await testTown('assignment-reasons');
  leader = new Visitor(await webApp(town));
  await leader.post('/demo/entrer', { person: town.person('R1') });
});
afterAll(() => town.close());

const web = () => town.context('passerelle_web');
const by = (ref: string) => ({ townId: town.townId, personId: town.person(ref) });

/** What the page says of each mediator, in its order. */
async function offered(caseId: string): Promise<{ name: string; reasons: string }[]> {
  const html = await (await leader.get(`/equipe/demandes/${caseId}/affecter`)).text();
  expect(html).not.toMatch(/name="mediator"[^>]* checked/);
  return [...html.matchAll(/<label class="choice">.*?name="mediator".*?<\/label>/gs)].map(([label]) => {
    const [, name = ''] = /class="choice-face">([^<]*)</.exec(label) ?? [];
    const [, reasons = ''] = /class="choice-hint">(.*?)<\/span>/s.exec(label) ?? [];
    return { name: plain(name), reasons: plain(reasons).replaceAll('\u00a0', ' ') };
  });
}
async function accepted(change: Parameters<typeof submit>[1]): Promise<string> {
  const { caseId } = await submit(town, change);
  await acceptCase(web(), by('R1'), { caseId, domain: 'social', complexity: 'standard', tension: 2 });
  return caseId;
}

test('R41: language, sector, load, qualification, absence and what was declined, as reasons; the fitting first', async () => {
  const caseId = await accepted({ quarter: 'PEU', spokenLanguage: 'zgh' });
  const before = await offered(caseId);
  expect(before[0]).toEqual({
    name: 'Leïla Benhadrou',
    reasons: 'qualification vérifiée, parle : tamazight, aucune demande en cours',
  });
  expect(before.slice(1, 3).map(({ name }) => name)).toEqual(['Awa Diarrassy', 'Julien Marcastel']);
  expect(before[1]?.reasons).toContain('travaille dans ce quartier');
  expect(before.at(-1)?.name).toBe('Bastien Coudrelle');
  expect(before.at(-1)?.reasons).toContain('qualification à vérifier');

  await assignMediator(web(), by('R1'), { caseId, mediatorId: town.person('M3') });
  await declineAssignment(web(), by('M3'), { caseId, reason: 'CONFLIT_INTERETS' });
  await sql`insert into absence (town_id, person_id, from_day, to_day) values (${town.townId}, ${town.person('M1')}, '2027-01-10', '2027-01-15')`.execute(
    town.owner,
  );
  const after = await offered(caseId);
  expect(after[0]?.name).toBe('Julien Marcastel');
  const said = (name: string) => after.find((mediator) => mediator.name === name)?.reasons;
  expect(said('Leïla Benhadrou')).toContain('a décliné cette demande : conflit d’intérêts');
  expect(said('Awa Diarrassy')).toContain('absence jusqu’au vendredi 15 janvier');
  // Who declined comes after everybody who may lead; who may not lead stays last.
  expect(after.map(({ name }) => name).indexOf('Leïla Benhadrou')).toBe(after.length - 2);
});

test('R41: among equals, who carries least stands first', async () => {
  const first = await accepted({ quarter: 'PEU', spokenLanguage: 'fr' });
  await assignMediator(web(), by('R1'), { caseId: first, mediatorId: town.person('M2') });
  const second = await accepted({ quarter: 'GAR', spokenLanguage: 'fr' });
  const names = (await offered(second)).map(({ name }) => name);
  // Both work there; one of them has a case.
  expect(names.slice(0, 2)).toEqual(['Tomasz Wielgor', 'Julien Marcastel']);
});

test('§4.3, EN_RETARD: the case says so as soon as something waited for is past its day, and not before', async () => {
  const { caseId } = await submit(town);
  const chip = async () => (await (await leader.get(`/equipe/demandes/${caseId}`)).text()).includes('>En retard<');
  expect(await chip()).toBe(false);
  const triage = await town.owner
    .selectFrom('deadline')
    .select('due_at as dueAt')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'triage')
    .executeTakeFirstOrThrow();
  const travel = (ms: number) => sql`update town set clock_offset_ms = clock_offset_ms + ${ms}`.execute(town.owner);
  const now = await sql<{ now: Date }>`select business_now(${town.townId}::uuid) as now`.execute(town.owner);
  const left = triage.dueAt.getTime() - (now.rows[0]?.now.getTime() ?? 0);
  await travel(left - 60_000);
  expect(await chip()).toBe(false);
  await travel(120_000);
  expect(await chip()).toBe(true);
});

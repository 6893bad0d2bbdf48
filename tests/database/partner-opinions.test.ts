import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { withdrawForRequester } from '../../src/cases/withdraw.command.ts';
import { beginEvaluation } from '../../src/followup/note-check.command.ts';
import { type Pump, startPump } from '../../src/mail/pump.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { notePhoneAnswer } from '../../src/partners/staff-side.command.ts';
import { Carried } from '../support/agreements.ts';
import { contactVisitors } from '../support/contact-visitors.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F8: what partners think of a mediation, apart from which organisation it is; asked once, reminded of twice, never in the way (spec §4.4, R55).

let town: TestTown;
let clock: TownClock;
let app: Awaited<ReturnType<typeof webApp>>;
let server: LyingSmtp;
let pump: Pump;
beforeAll(async () => {
  town = await testTown('partner-opinions');
  clock = new TownClock(town);
  app = await webApp(town);
  server = await startLyingSmtp();
  pump = startPump(mailContext(town, server.url), town.database.url('passerelle_worker'));
});
afterAll(async () => {
  await pump.stop();
  await server.close();
  await town.close();
});
const { enter, mailsTo } = contactVisitors(() => ({ app, server }));
const LANDLORD = 'damien.forcalquet@o11.val-riviere.example';

/** A mediation that brought something, with organisations asked during it; those in `answered` answered by phone. */
async function inEvaluation(asked: readonly string[], answered: readonly string[] = asked) {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements({
    firstName: 'Zéphyrine',
    story: 'Un canari chante.',
    acceptEvaluation: false,
  });
  // Nobody else's opinion is asked here.
  for (const side of ['requester', 'other'] as const) await carried.says(side, { recontact: false });
  const requests: Record<string, string> = {};
  for (const code of asked) {
    const { id } = await town.owner
      .selectFrom('organisation')
      .select('id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    const requestId = await askPartner(carried.web, carried.mediator(), {
      caseId,
      organisationId: id,
      urgency: 'standard',
      question: 'Quand la porte sera-t-elle réparée ?',
    });
    requests[code] = requestId;
    if (answered.includes(code))
      await notePhoneAnswer(carried.web, carried.mediator(), { caseId, requestId, reply: 'answered' });
  }
  await beginMediation(carried.web, carried.mediator(), caseId);
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  await carried.news('m1');
  await beginEvaluation(carried.web, carried.mediator(), caseId);
  return { carried, caseId, requests };
}
const linesAbout = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('mail_item')
      .select('template')
      .where('case_id', '=', caseId)
      .where('template', 'like', 'partner_opinion%')
      .orderBy('created_at')
      .execute()
  ).map(({ template }) => template);
const nothingToSend = async () => {
  const left = await sql<{ mails: string }>`
    select mails from unfinished_before(${town.townId}::uuid, business_now(${town.townId}::uuid))`.execute(town.owner);
  return left.rows[0]?.mails === '0';
};
const waitOf = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('deadline')
      .select('state')
      .where('case_id', '=', caseId)
      .where('kind', '=', 'partner_opinion')
      .execute()
  ).map(({ state }) => state);

test('F8: asked by the day’s mail, answered on the own page without a text, once; nothing joins it to a case or an organisation', async () => {
  const { caseId, requests } = await inEvaluation(['O11', 'O09']);
  const address = `/partenaire/demandes/${requests['O11']}/avis`;
  await clock.forward(2);
  await takeDueSteps(town, caseId);
  expect(await linesAbout(caseId)).toEqual(['partner_opinion', 'partner_opinion']);
  const mail = await vi.waitUntil(
    async () => (await mailsTo(LANDLORD)).find(({ subject }) => subject?.startsWith('Votre avis')),
    { timeout: 15_000 },
  );
  expect(mail.subject).toMatch(/^Votre avis – demande MS-2027-\d{5}$/);
  expect(mail.text).toContain('Donner un avis sur la demande');
  for (const canary of ['Zéphyrine', 'canari', 'réparée', 'Peupliers'])
    expect(`${mail.subject} ${mail.text} ${String(mail.html)}`).not.toContain(canary);

  const visitor = await enter(LANDLORD);
  expect(await (await visitor.get('/partenaire')).text()).toContain('Votre avis est demandé');
  expect(await (await visitor.get(`/partenaire/demandes/${requests['O11']}`)).text()).toContain(address);
  const page = await (await visitor.get(address)).text();
  expect(page).toContain('Parc des Saules');
  expect(page).not.toContain('Zéphyrine');
  // Another organisation's questionnaire does not exist for this one.
  const foreign = `/partenaire/demandes/${requests['O09']}/avis`;
  expect((await visitor.get(foreign)).status).toBe(404);
  await visitor.post(foreign, { useful: '1' });
  expect((await new Visitor(app).post(address, { useful: '5' })).status).toBe(403);

  const places = [...page.matchAll(/name="places" value="([^"]+)"/g)].map(([, id]) => id ?? '');
  const body = (pairs: readonly (readonly [string, string])[]) =>
    visitor.post(address, new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])));
  const said = [
    ['useful', '4'],
    ['information', 'enough'],
    ['delay_ok', 'no'],
    ['exchange_easier', '5'],
    ['changed', 'rule'],
    ['changed', 'works'],
    ['prevented', 'time'],
    ['call_again', 'yes'],
  ] as const;
  expect((await body([])).status).toBe(422);
  const many = await body([...said, ...places.slice(0, 4).map((id) => ['places', id] as const)]);
  const kept = await many.text();
  expect([many.status, kept.includes('Choisissez trois lieux au plus.')]).toEqual([422, true]);
  expect(kept).toMatch(/name="useful" value="4" checked/);
  expect((await body([...said, ['changed', 'nothing']])).status).toBe(422);
  expect((await body([['useful', '6']])).status).toBe(422);
  expect((await body([['places', crypto.randomUUID()]])).status).toBe(422);
  const whole = [...said, ...places.slice(0, 2).map((id) => ['places', id] as const)];
  expect((await body(whole)).headers.get('location')).toBe(address);
  expect((await body(whole)).status).toBe(303);
  expect(await (await visitor.get(address)).text()).toContain('Votre avis est reçu');
  const rows = await town.owner.selectFrom('partner_opinion').selectAll().execute();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    month: '2027-01-01',
    useful: 4,
    information: 'enough',
    delay_ok: false,
    exchange_easier: 5,
    changed: ['rule', 'works'],
    prevented: ['time'],
    call_again: true,
  });
  expect(rows[0]?.places).toHaveLength(2);
  for (const joining of ['case_id', 'organisation_id', 'request_id', 'contact_id', 'at', 'created_at'])
    expect(Object.keys(rows[0] ?? {})).not.toContain(joining);

  // Whoever has answered is not reminded; the other organisation is.
  await clock.forward(6);
  await takeDueSteps(town, caseId);
  expect(await linesAbout(caseId)).toEqual(['partner_opinion', 'partner_opinion', 'partner_opinion_reminder']);
});

test('F8: who did not answer the request is asked too; two reminders, then none; the closing neither waits for it nor ends it', async () => {
  const { carried, caseId } = await inEvaluation(['O12'], []);
  await proposeClosing(carried.web, carried.leader(), { caseId, outcome: 'APAISE', reason: 'Calme.' });
  const { state } = await town.owner
    .selectFrom('mediation_case')
    .select('state')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  expect(state).toBe('closed');
  for (let day = 0; day < 30; day += 1) {
    await clock.forward(1);
    // The morning's mails have left before the day's steps: the last one ends the question, and a line that has not left with it.
    await vi.waitUntil(nothingToSend, { timeout: 15_000 });
    await takeDueSteps(town, caseId);
  }
  // A line that waited for its day is written anew: the order is not what counts here.
  expect((await linesAbout(caseId)).toSorted()).toEqual([
    'partner_opinion',
    'partner_opinion_reminder',
    'partner_opinion_reminder',
  ]);
  expect(await waitOf(caseId)).toEqual(['met']);
});

test('F8, R30: a withdrawal ends the question, the mail that was to leave with it, and the page', async () => {
  const { carried, caseId, requests } = await inEvaluation(['O11']);
  const visitor = await enter(LANDLORD);
  const address = `/partenaire/demandes/${requests['O11']}/avis`;
  expect(await (await visitor.get(address)).text()).toContain('name="useful"');
  await withdrawForRequester(carried.web, carried.mediator(), caseId);
  expect(await waitOf(caseId)).toEqual(['cancelled']);
  expect(await (await visitor.get(address)).text()).toContain('Aucun avis n’est demandé');
  const before = await town.owner.selectFrom('partner_opinion').select('id').execute();
  await visitor.post(address, { useful: '5' });
  expect(await town.owner.selectFrom('partner_opinion').select('id').execute()).toHaveLength(before.length);
  await clock.forward(10);
  await takeDueSteps(town, caseId);
  expect(await linesAbout(caseId)).toEqual([]);
});

test('a case in which nobody was asked opens no questionnaire to partners', async () => {
  const { caseId } = await inEvaluation([]);
  expect(await waitOf(caseId)).toEqual([]);
});

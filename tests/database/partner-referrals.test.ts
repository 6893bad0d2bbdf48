import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { acceptCase, redirectCase } from '../../src/cases/triage.command.ts';
import { withdrawForRequester } from '../../src/cases/withdraw.command.ts';
import { type Pump, startPump } from '../../src/mail/pump.ts';
import { contactVisitors } from '../support/contact-visitors.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { faultBeside } from '../support/form-page.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F2, R31, R32, R84: an organisation refers, in three ways, and learns a closed answer.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let server: LyingSmtp;
let pump: Pump;
beforeAll(async () => {
  town = await testTown('referrals');
  app = await webApp(town);
  server = await startLyingSmtp();
  pump = startPump(mailContext(town, server.url), town.database.url('passerelle_worker'));
});
afterAll(async () => {
  await pump.stop();
  await server.close();
  await town.close();
});

const POLICE = 'karim.lestrade@o02.val-riviere.example';
const LANDLORD = 'damien.forcalquet@o11.val-riviere.example';
const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const { enter, mailsTo } = contactVisitors(() => ({ app, server }));

const MATTER = {
  danger: 'no',
  agent_role: 'Gardien',
  agent_phone: '01 99 00 12 34',
  need: 'group',
  natures: 'prevent_conflict',
  categories: 'HALL',
  quarter: 'PEU',
  facts: 'Des personnes n’osent plus passer le soir.',
  done_before: 'talked',
  expected: 'calm_place',
  urgency: 'standard',
};
const PERSON = {
  person_agrees: 'yes',
  agreed_on: '08/01/2027',
  first_name: 'Zéphyrine',
  age_group: 'adult',
  contact_ways: 'email',
  email: 'zephyrine@courriel.example',
};

async function refer(visitor: Visitor, level: string, fields: Record<string, string>) {
  const page = await (await visitor.get(`/partenaire/saisir/${level}`)).text();
  const answer = await visitor.post(`/partenaire/saisir/${level}`, { form: hiddenOf(page, 'form'), ...fields });
  const text = await answer.text();
  return { status: answer.status, text, number: /MS-2027-\d{5}/.exec(text)?.[0] ?? '', form: hiddenOf(page, 'form') };
}
const caseOf = (number: string) =>
  town.owner
    .selectFrom('mediation_case as c')
    .innerJoin('case_identity as i', 'i.case_id', 'c.id')
    .innerJoin('party as p', 'p.case_id', 'c.id')
    .select([
      'c.id',
      'c.state',
      'c.channel',
      'c.origin',
      'i.contact_ways',
      'i.email_hash',
      'p.kind',
      'p.organisation_id',
    ])
    .where('c.number', '=', number)
    .executeTakeFirstOrThrow();
/** The line of this number in the organisation's own space. */
const closedAnswer = async (visitor: Visitor, number: string) => {
  const page = await (await visitor.get('/partenaire')).text();
  return /<tr>(?:(?!<\/tr>).)*$/s.exec(page.slice(0, page.indexOf('</tr>', page.indexOf(number))))?.[0] ?? '';
};

describe('F2: a partner’s referral enters the same machine', () => {
  test('R31: a person who agreed becomes the requester, is written to, and the organisation reads nothing back', async () => {
    const visitor = await enter(LANDLORD);
    const { status, number, text, form } = await refer(visitor, 'personne', { ...MATTER, ...PERSON });
    expect([status, text.includes('Zéphyrine')]).toEqual([200, false]);
    const found = await caseOf(number);
    expect(found).toMatchObject({ state: 'received', channel: 'partner', origin: 'partenaire', kind: 'group' });
    // The same form again is the same referral.
    const again = await visitor.post('/partenaire/saisir/personne', { form, ...MATTER, ...PERSON });
    expect(await again.text()).toContain(number);
    const all = await town.owner.selectFrom('partner_referral').select('case_id').execute();
    expect(all).toHaveLength(1);
    await takeDueSteps(town, found.id);
    const [mail] = await vi.waitUntil(
      async () => {
        const mails = await mailsTo('zephyrine@courriel.example');
        return mails.length > 0 ? mails : undefined;
      },
      { timeout: 15_000 },
    );
    expect(mail?.text).toContain('avec votre accord');
    expect(await closedAnswer(visitor, number)).toContain('Reçue');
    const page = await (await visitor.get('/partenaire')).text();
    expect(page).not.toContain('Zéphyrine');
  });

  test('F2, R98: « Ne pas lui écrire » and nothing but a mail: said beside the ways, and no case is made', async () => {
    const sent = await refer(await enter(LANDLORD), 'personne', { ...MATTER, ...PERSON, precautions: 'do_not_write' });
    expect([sent.status, faultBeside(sent.text, 'contact_ways')]).toEqual([422, expect.stringContaining('pas seulement')]); // prettier-ignore
  });

  test('R7: an organisation says at least one nature of the demand, several if it is so; the leader puts it right while accepting', async () => {
    const visitor = await enter(LANDLORD);
    const page = await (await visitor.get('/partenaire/saisir/lieu')).text();
    const verbs = ['Créer du lien', 'Réparer un lien', 'Prévenir un conflit', 'Régler un conflit', 'Établir une relation', 'Rétablir une relation']; // prettier-ignore
    for (const verb of verbs) expect(page).toContain(verb);
    const { natures: _none, ...rest } = MATTER;
    for (const wrong of [{}, { natures: 'ISOLEMENT' }, { natures: '' }])
      expect({ wrong, ...(await refer(visitor, 'lieu', { ...rest, ...wrong })) }).toMatchObject({ wrong, status: 422 });
    const both = new URLSearchParams([['form', hiddenOf(page, 'form')], ...Object.entries(rest), ['natures', 'create_tie'], ['natures', 'prevent_conflict']]); // prettier-ignore
    const number = /MS-2027-\d{5}/.exec(await (await visitor.post('/partenaire/saisir/lieu', both)).text())?.[0] ?? '';
    const { id } = await caseOf(number);
    const stored = async () => (await town.owner.selectFrom('mediation_case').select('natures').where('id', '=', id).executeTakeFirstOrThrow()).natures; // prettier-ignore
    expect(await stored()).toEqual(['create_tie', 'prevent_conflict']);
    const leads = await StaffVisitor.enter(app, town, 'R1');
    expect(await leads.page(id)).toContain('Créer du lien, Prévenir un conflit');
    const form = await leads.page(id, 'accepter');
    const ticked = [...form.matchAll(/<input[^>]*name="natures"[^>]*>/g)].filter(([box]) => box.includes('checked'));
    expect(ticked.map(([box]) => /value="(\w+)"/.exec(box)?.[1])).toEqual(['create_tie', 'prevent_conflict']);
    const said: [string, string][] = [['domain', 'social'], ['complexity', 'simple'], ['tension', '1'], ['by', town.person('R1')]]; // prettier-ignore
    const refused = await leads.does(id, 'accepter', [...said, ['natures', 'ISOLEMENT']]);
    expect([refused.status, faultBeside(await refused.text(), 'natures') === undefined]).toEqual([422, false]);
    expect((await leads.does(id, 'accepter', [...said, ['natures', 'repair_tie']])).status).toBe(303);
    expect(await stored()).toEqual(['repair_tie']);
    const lines = await town.owner.selectFrom('case_event').select(['code', 'data']).where('case_id', '=', id).orderBy('seq').execute(); // prettier-ignore
    const told = (code: string) => lines.find((line) => line.code === code)?.data;
    expect(told('request_received')).toMatchObject({ natures: 'create_tie,prevent_conflict' });
    expect(told('case_accepted')).toMatchObject({ natures: 'repair_tie' });
    await expect(sql`update mediation_case set natures = '{ISOLEMENT}'`.execute(town.owner)).rejects.toThrow(/natures_as_r7_lists/); // prettier-ignore
  });

  test('T2, R85: a danger said in F2 alerts the leader at once and holds messages; not answered, it is asked beside the question', async () => {
    const visitor = await enter(LANDLORD);
    const { danger: _danger, ...without } = MATTER;
    const missing = await refer(visitor, 'lieu', without);
    expect([missing.status, missing.text.includes('Choisissez Oui ou Non.')]).toEqual([422, true]);
    const { number } = await refer(visitor, 'lieu', { ...MATTER, danger: 'yes' });
    const { id } = await caseOf(number);
    const alerts = town.owner
      .selectFrom('mail')
      .select('person_id')
      .where('case_id', '=', id)
      .where('template', '=', 'danger_alert');
    expect(await alerts.execute()).toEqual([{ person_id: town.person('R1') }]);
    const row = town.owner.selectFrom('mediation_case').select('danger').where('id', '=', id);
    expect(await row.executeTakeFirst()).toEqual({ danger: true });
  });

  test('R31: without agreement no name is taken, neither beside the box nor on the page of a place', async () => {
    const visitor = await enter(LANDLORD);
    const { person_agrees: _agrees, ...without } = PERSON;
    const refused = await refer(visitor, 'personne', { ...MATTER, ...without });
    expect([refused.status, refused.text.includes('Un lieu, sans nom'), refused.text.includes('Zéphyrine')]).toEqual([
      422,
      true,
      true,
    ]);
    const place = await refer(visitor, 'lieu', { ...MATTER, first_name: 'Zéphyrine' });
    expect([place.status, place.text.includes('Des personnes n’osent plus')]).toEqual([422, true]);
    const future = await refer(visitor, 'personne', { ...MATTER, ...PERSON, agreed_on: '12/01/2028' });
    expect(future.status).toBe(422);
    const urgent = await refer(visitor, 'lieu', { ...MATTER, urgency: 'urgent' });
    expect([urgent.status, urgent.text.includes('Dites pourquoi c’est urgent')]).toEqual([422, true]);
  });

  test('a place has nobody to write to or to call; urgent is read in one working day (spec §4.4)', async () => {
    const visitor = await enter(LANDLORD);
    const { number } = await refer(visitor, 'lieu', {
      ...MATTER,
      urgency: 'urgent',
      urgency_reason: 'Une réunion a lieu demain.',
    });
    const found = await caseOf(number);
    expect([found.contact_ways, found.email_hash, found.kind]).toEqual([[], null, 'group']);
    const triage = town.owner.selectFrom('deadline').select(['kind', 'due_day']).where('case_id', '=', found.id);
    expect(await triage.execute()).toEqual([{ kind: 'triage', due_day: '2027-01-12' }]);
    await redirectCase(town.context('passerelle_web'), leader(), {
      caseId: found.id,
      motive: 'hors_territoire',
      target: 'La ville voisine.',
    });
    await takeDueSteps(town, found.id);
    const mails = town.owner.selectFrom('mail').select('template').where('case_id', '=', found.id);
    expect(await mails.execute()).toEqual([]);
    const tasks = town.owner.selectFrom('deadline').select('kind').where('case_id', '=', found.id);
    expect(await tasks.where('kind', 'like', 'task%').execute()).toEqual([]);
  });

  test('an organisation that asks for itself is the requester', async () => {
    const visitor = await enter(LANDLORD);
    const { number } = await refer(visitor, 'structure', MATTER);
    const found = await caseOf(number);
    expect([found.kind, found.contact_ways, found.organisation_id !== null]).toEqual([
      'institution',
      ['email', 'phone'],
      true,
    ]);
  });
});

describe('R84, scenario l: police and gendarmerie', () => {
  test('refer and get a closed answer: taken up or not; never the case, a name, a refusal or a withdrawal', async () => {
    const visitor = await enter(POLICE);
    expect((await visitor.get('/partenaire/saisir/structure')).status).toBe(404);
    expect((await visitor.post('/partenaire/saisir/structure', MATTER)).status).toBe(404);
    const { number } = await refer(visitor, 'personne', { ...MATTER, ...PERSON, email: 'z2@courriel.example' });
    const { id } = await caseOf(number);
    expect(await closedAnswer(visitor, number)).toContain('Reçue');
    await acceptCase(town.context('passerelle_web'), leader(), {
      caseId: id,
      domain: 'social',
      complexity: 'standard',
      tension: 2,
    });
    expect(await closedAnswer(visitor, number)).toContain('Prise en charge\u00a0: oui');
    await withdrawForRequester(town.context('passerelle_web'), leader(), id);
    expect(await closedAnswer(visitor, number)).toContain('Prise en charge\u00a0: oui');
    for (const path of [`/equipe/demandes/${id}`, `/partenaire/demandes/${id}`, `/suivi/demande`])
      expect([303, 403, 404]).toContain((await visitor.get(path)).status);
    const { number: place } = await refer(visitor, 'lieu', MATTER);
    await redirectCase(town.context('passerelle_web'), leader(), {
      caseId: (await caseOf(place)).id,
      motive: 'infraction',
      target: 'Pré-plainte.',
    });
    expect(await closedAnswer(visitor, place)).toContain('Orientée');
  });

  test('R32: for the others a refusal is « non engagée », like everything that did not begin', async () => {
    const visitor = await enter(LANDLORD);
    const { number } = await refer(visitor, 'lieu', MATTER);
    for (const outcome of ['NON_ENGAGEE_REFUS_AUTRE', 'INJOIGNABLE', 'RETRAIT', 'DANGER_ORIENTE']) {
      await sql`update mediation_case set state = 'closed', outcome = ${outcome} where number = ${number}`.execute(
        town.owner,
      );
      expect(await closedAnswer(visitor, number)).toContain('Non engagée');
    }
  });

  test('R30, R32: once begun it is begun, then over; no withdrawal and no other mediator shows', async () => {
    const visitor = await enter(LANDLORD);
    const { number } = await refer(visitor, 'lieu', MATTER);
    const { id } = await caseOf(number);
    const went = (code: string, from: string, to: string) =>
      sql`insert into case_event (case_id, seq, town_id, at, actor, code, data)
        select ${id}::uuid, max(seq) + 1, ${town.townId}::uuid, now(), 'staff', ${code}, jsonb_build_object('from', ${from}::text, 'to', ${to}::text)
        from case_event where case_id = ${id}::uuid`.execute(town.owner);
    const stands = (state: string, outcome: string | null) =>
      sql`update mediation_case set state = ${state}, outcome = ${outcome} where id = ${id}`.execute(town.owner);
    await went('mediation_begun', 'agreements', 'mediation');
    await stands('mediation', null);
    const begun = await closedAnswer(visitor, number);
    await stands('assigned', null);
    expect(await closedAnswer(visitor, number)).toBe(begun);
    await stands('closed', 'RETRAIT');
    const over = await closedAnswer(visitor, number);
    await stands('closed', 'ACCORD_ECRIT');
    expect(await closedAnswer(visitor, number)).toBe(over);
    expect(over).not.toBe(begun);
    expect(over).not.toContain('Non engagée');
  });

  test('R84: a withdrawal while it was read is not « prise en charge », an orientation is one', async () => {
    const visitor = await enter(POLICE);
    const { number } = await refer(visitor, 'lieu', MATTER);
    for (const [outcome, said] of [
      ['RETRAIT', 'Prise en charge\u00a0: non'],
      ['ORIENTE', 'Orientée'],
    ] as const) {
      await sql`update mediation_case set state = 'closed', outcome = ${outcome} where number = ${number}`.execute(
        town.owner,
      );
      expect(await closedAnswer(visitor, number)).toContain(said);
    }
  });

  test('the database shows its role nothing of what it wrote', async () => {
    const visitor = await enter(POLICE);
    const { number } = await refer(visitor, 'personne', { ...MATTER, ...PERSON, email: 'z3@courriel.example' });
    const { id } = await caseOf(number);
    for (const table of ['case_identity', 'case_story', 'party', 'access', 'partner_referral'])
      await expect(
        town
          .db('passerelle_web')
          .transaction()
          .execute(async (tx) => {
            await sql`select set_config('role', 'app_partner', true), set_config('app.town', ${town.townId}, true),
              set_config('app.case', ${id}, true)`.execute(tx);
            await sql`select * from ${sql.table(table)}`.execute(tx);
          }),
      ).rejects.toThrow(/permission denied/);
  });
});

test('P-20: an unknown address gets the same answer as a known one, and no mail', async () => {
  const visitor = new Visitor(app);
  const codes = town.owner.selectFrom('mail').select('id').where('template', '=', 'partner_code');
  const before = (await codes.execute()).length;
  const unknown = await visitor.post('/partenaire', { email: 'personne@nulle-part.example' });
  expect([unknown.status, unknown.headers.get('location')]).toEqual([303, '/partenaire/code']);
  expect((await visitor.post('/partenaire', { email: 'pas une adresse' })).status).toBe(422);
  expect((await visitor.post('/partenaire/code', { code: '7K2M-9QXD' })).status).toBe(422);
  expect(await codes.execute()).toHaveLength(before);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { suspendCase } from '../../src/cases/suspend.command.ts';
import { askForAgreement } from '../../src/parties/party-acts.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { planSession } from '../../src/sessions/plan-session.command.ts';
import { Carried } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// The follow page and the other party's space, line by line: what comes next and before when, who reads what, who reads a message.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
beforeAll(async () => {
  town = await testTown('follow-lines');
  app = await webApp(town);
});
afterAll(() => town.close());

const SPACE = '/suivi/participation';
const plain = (page: string) => page.replaceAll(/\s+/gu, ' ');
const pageOf = async (caseId: string) =>
  plain(await (await (await requesterVisitor(app, town, caseId)).get('/suivi/demande')).text());
const spaceOf = async (carried: Carried) =>
  plain(await (await (await partyVisitor(app, town, carried)).get(SPACE)).text());
const A_DAY = '\\p{L}+ \\d+(?:er)? \\p{L}+';
const says = (page: string, sentence: string) =>
  expect(page).toMatch(new RegExp(sentence.replaceAll('{date}', A_DAY), 'u'));

describe('what comes next, and before when', () => {
  test('while the other side is asked: it is contacted, then it may answer, and is free to say no', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    await carried.says('requester');
    says(await pageOf(caseId), 'Le médiateur contacte l’autre personne, ou le service, avant la fin du {date}');
    const asked = new Carried(town);
    await asked.toAgreements();
    says(
      await pageOf(asked.caseId),
      'L’autre personne peut répondre avant la fin du {date}. Elle est libre de dire non',
    );
  });

  test('its own agreement comes first', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    await askForAgreement(carried.web, carried.mediator(), { caseId, partyId: await carried.partyId('requester') });
    says(await pageOf(caseId), 'Vous pouvez répondre sur l’accord avant la fin du {date}');
  });

  test('in mediation, a rest, a partner, news: on both sides what both may know, in one’s own words', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await carried.says('other');
    await beginMediation(carried.web, carried.mediator(), caseId);
    for (const page of [await pageOf(caseId), await spaceOf(carried)])
      says(page, 'Le médiateur propose une rencontre avant la fin du {date}');
    const { id: organisationId } = await town.owner.selectFrom('organisation').select('id').where('code', '=', 'O11').executeTakeFirstOrThrow(); // prettier-ignore
    await askPartner(carried.web, carried.mediator(), {
      caseId,
      organisationId,
      urgency: 'standard',
      question: 'Quand ?',
    });
    says(await pageOf(caseId), 'Un service doit nous répondre avant la fin du {date}');
    expect(await spaceOf(carried)).not.toContain('Un service');

    const rested = new Carried(town);
    await rested.toAgreements();
    await rested.says('other');
    await beginMediation(rested.web, rested.mediator(), rested.caseId);
    await suspendCase(rested.web, rested.mediator(), { caseId: rested.caseId, reason: 'away', until: '29/01/2027' });
    says(await pageOf(rested.caseId), 'La demande est en pause jusqu’au vendredi 29 janvier');
    // Not why it rests, nor until when (docs/decisions/0011).
    expect(await spaceOf(rested)).not.toMatch(/pause|Le médiateur propose une rencontre/u);

    const after = new Carried(town);
    await after.toAgreements();
    await after.says('other');
    await beginMediation(after.web, after.mediator(), after.caseId);
    await beginFollowUp(after.web, after.mediator(), { caseId: after.caseId, result: 'APAISE' });
    for (const page of [await pageOf(after.caseId), await spaceOf(after)])
      says(page, 'Le médiateur prend de vos nouvelles avant la fin du {date}');
  });
});

test('design §5: who reads what, one person a line with the one exception, on either side’s page', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const [mine, theirs] = [await pageOf(caseId), await spaceOf(carried)];
  for (const page of [mine, theirs]) {
    expect(page).toMatch(/<h2[^>]*>Qui lit quoi/u);
    expect(page).toContain('grave danger');
  }
  expect(mine).toContain('<dt>L’autre personne</dt>');
  expect(theirs).toContain('<dt>La personne qui demande la médiation</dt>');
});

describe('a message reaches somebody with a name', () => {
  const tasks = async (caseId: string) =>
    town.owner
      .selectFrom('deadline as d')
      .innerJoin('party as p', 'p.id', 'd.party_id')
      .select(['d.kind', 'p.side'])
      .where('d.case_id', '=', caseId)
      .where('d.kind', '=', 'task_read_message')
      .where('d.state', '=', 'open')
      .execute();
  const told = async (caseId: string) =>
    town.owner
      .selectFrom('mail_item as i')
      .innerJoin('mail as m', 'm.id', 'i.mail_id')
      .innerJoin('person as p', 'p.id', 'm.person_id')
      .select('p.ref')
      .where('i.case_id', '=', caseId)
      .where('i.template', '=', 'message_received')
      .execute();

  test('while it goes on the mediator, by first name', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const { first_name: name } = await town.owner.selectFrom('person').select('first_name').where('id', '=', town.person('M1')).executeTakeFirstOrThrow(); // prettier-ignore
    for (const page of [await pageOf(caseId), await spaceOf(carried)])
      expect(page).toContain(`${name}, qui suit cette demande, lit votre message`);
  });

  test('after the end the leader: named on the page, told, and able to answer; the way to open it again stays beside', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    const { first_name: name } = await town.owner.selectFrom('person').select('first_name').where('id', '=', town.person('R1')).executeTakeFirstOrThrow(); // prettier-ignore
    const visitor = await requesterVisitor(app, town, caseId);
    const page = plain(await (await visitor.get('/suivi/demande')).text());
    expect(page).toContain(`${name}, responsable de l’équipe, lit votre message`);
    expect(page).toContain('action="/suivi/rouvrir"');
    const sent = await visitor.post('/suivi/message', { form: hiddenOf(page, 'form'), message: 'J’ai une question.' });
    expect(sent.headers.get('location')).toBe('/suivi/demande?envoye');
    expect(await tasks(caseId)).toEqual([{ kind: 'task_read_message', side: 'requester' }]);
    await takeDueSteps(town, caseId);
    expect(await told(caseId)).toEqual([{ ref: 'R1' }]);
    const leader = await StaffVisitor.enter(app, town, 'R1');
    const answer = { party: await carried.partyId('requester'), message: 'Voici la réponse.' };
    expect((await leader.does(caseId, 'ecrire', answer)).status).toBe(303);
    expect(await tasks(caseId)).toEqual([]);
    expect(await (await visitor.get('/suivi/demande')).text()).toContain('Voici la réponse.');
  });

  test('R29: the other party may write after the end too', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await carried.says('other');
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    const visitor = await partyVisitor(app, town, carried);
    const page = await (await visitor.get(SPACE)).text();
    const sent = await visitor.post(`${SPACE}/message`, { form: hiddenOf(page, 'form'), message: 'Et maintenant ?' });
    expect(sent.headers.get('location')).toBe(`${SPACE}?envoye`);
    expect(await tasks(caseId)).toEqual([{ kind: 'task_read_message', side: 'other' }]);
  });
});

test('F3: each of the five items is taken back alone; taking part by stopping, on a page that says what follows', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const { id: organisationId } = await town.owner.selectFrom('organisation').select('id').where('code', '=', 'O11').executeTakeFirstOrThrow(); // prettier-ignore
  await carried.says('requester', {
    maySay: 'Le bruit.',
    shares: [{ organisationId, what: 'Mon prénom', purpose: 'Une visite' }],
  });
  const visitor = await requesterVisitor(app, town, caseId);
  const page = await (await visitor.get('/suivi/accord')).text();
  expect(page).toContain('href="/suivi/arreter"');
  const forms = [
    ...page.matchAll(/name="agreement" value="([^"]+)"\/?><input type="hidden" name="ordinal" value="(\d+)"/g),
  ];
  expect(forms).toHaveLength(4);
  const given = async () =>
    (
      await town.owner
        .selectFrom('agreement_item')
        .select('item')
        .where('case_id', '=', caseId)
        .where('agreement_id', '=', forms[0]?.[1] ?? '')
        .where('given', '=', true)
        .where('withdrawn_at', 'is', null)
        .execute()
    ).length;
  for (const [index, [, agreement = '', ordinal = '']] of forms.entries()) {
    expect((await visitor.post('/suivi/accord/reprendre', { agreement, ordinal })).status).toBe(303);
    expect(await given()).toBe(4 - index);
  }
});

test('R9: an appointment stands on both pages with its calendar file', async () => {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  const partyIds = [await carried.partyId('requester'), await carried.partyId('other')];
  const when = { day: '25/01/2027', hour: '14 h 30', minutes: 60, place: 'Salle du Lavoir' };
  const id = await planSession(carried.web, carried.mediator(), { caseId, mode: 'joint', partyIds, ...when });
  for (const visitor of [await requesterVisitor(app, town, caseId), await partyVisitor(app, town, carried)]) {
    const file = await visitor.get(`/suivi/rendez-vous/${id}`);
    expect([file.status, file.headers.get('content-type')?.includes('text/calendar')]).toEqual([200, true]);
  }
});

// Last: the clock of a town only goes forward.
test('a day that has passed is not promised again: we are late, and say who knows', async () => {
  const carried = new Carried(town);
  await carried.into('received');
  const clock = new TownClock(town);
  says(await pageOf(carried.caseId), 'Une personne de l’équipe lit avant la fin du {date}');
  await clock.forward(7);
  const late = await pageOf(carried.caseId);
  expect(late).toContain('Nous avons du retard. La personne responsable est prévenue.');
  expect(late).not.toContain('lit avant la fin');
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { addParty } from '../../src/parties/add-party.command.ts';
import { eraseContacts } from '../../src/parties/erase-contacts.ts';
import { askForAgreement, informParty, noteNoAnswer } from '../../src/parties/party-acts.command.ts';
import { A_NEIGHBOUR, Carried, NO } from '../support/agreements.ts';
import { takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// The first word to the other side: in time, in its hours, not too often, and where its data come from (R33, R77, spec §4.4).

let town: TestTown;
let clock: TownClock;
let mediator: Visitor;
beforeAll(async () => {
  town = await testTown('first-word');
  clock = new TownClock(town);
  mediator = new Visitor(await webApp(town));
  await mediator.post('/demo/entrer', { person: town.person('M1') });
});
afterAll(() => town.close());

const NO_MAIL = { email: '', contactWays: ['phone'] as const };
/** The clock only goes forward, from test to test. */
const at = (instant: string) => clock.to(new Date(instant));
async function daysLater(caseId: string, days: number): Promise<void> {
  await clock.forward(days);
  await takeDueSteps(town, caseId);
}
const linesOf = async (caseId: string, templates: readonly string[]) =>
  (
    await town.owner
      .selectFrom('mail_item as i')
      .innerJoin('mail as m', 'm.id', 'i.mail_id')
      .select(['i.template', 'm.person_id as personId'])
      .where('i.case_id', '=', caseId)
      .where('i.template', 'in', templates)
      .orderBy('i.created_at')
      .execute()
  ).map(({ template, personId }) => `${template} ${personId === town.person('M1') ? 'mediator' : 'leader'}`);
const wait = (caseId: string, kind: string) =>
  town.owner
    .selectFrom('deadline')
    .select(['state', 'due_day as dueDay'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .orderBy('opened_at', 'desc')
    .executeTakeFirst();

describe('R33, spec §4.4: the other side is contacted, not only written down', () => {
  test('a name without a mail ends nothing: mediator on the seventh day, leader on the eleventh; a try does', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({}, NO_MAIL);
    expect(await wait(caseId, 'other_party_contact')).toMatchObject({ state: 'open' });
    await daysLater(caseId, 10);
    await daysLater(caseId, 6);
    expect(await linesOf(caseId, ['other_party_due', 'other_party_late'])).toEqual([
      'other_party_due mediator',
      'other_party_late leader',
    ]);
    const partyId = await carried.partyId('other');
    await noteContact(carried.web, carried.mediator(), { caseId, way: 'letter', reached: false, partyId });
    expect(await wait(caseId, 'other_party_contact')).toMatchObject({ state: 'met' });
  });

  test('a mail that leaves ends it; nobody waits for a contact that was not allowed, or that is not needed', async () => {
    const written = new Carried(town);
    await written.toAgreements();
    expect(await wait(written.caseId, 'other_party_contact')).toMatchObject({ state: 'met' });
    const alone = new Carried(town);
    await alone.toFirstContact();
    await alone.says('requester', { contactOther: false });
    expect(await wait(alone.caseId, 'other_party_contact')).toBeUndefined();
    const link = new Carried(town);
    await link.toFirstContact({ need: 'link' });
    await link.says('requester');
    expect(await wait(link.caseId, 'other_party_contact')).toBeUndefined();
  });

  test('§4.4: an invitation written in the evening leaves at nine the next working day', async () => {
    await at('2027-02-05T19:00:00Z');
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const leaves = async (template: string) => {
      const mail = town.owner.selectFrom('mail').select('not_before').where('case_id', '=', caseId);
      const row = await mail.where('template', '=', template).executeTakeFirstOrThrow();
      return row.not_before.toISOString();
    };
    expect(await leaves('party_invited')).toBe('2027-02-08T08:00:00.000Z');
    const partyId = await carried.partyId('other');
    await carried.says('other', NO);
    await askForAgreement(carried.web, carried.mediator(), { caseId, partyId, cameBack: true });
    expect(await leaves('agreement_asked')).toBe('2027-02-08T08:00:00.000Z');
  });
});

describe('R33: three tries and a letter', () => {
  test('for each person and cycle; the next one is refused beside its field; reaching somebody is always noted', async () => {
    await at('2027-02-09T09:00:00Z');
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const partyId = await carried.partyId('other');
    const tried = (way: 'phone' | 'letter', reached = false, to: string | undefined = partyId) =>
      noteContact(carried.web, carried.mediator(), { caseId, way, reached, ...(to ? { partyId: to } : {}) });
    for (const hours of [1, 25, 50]) {
      await tried('phone');
      await clock.forwardHours(hours);
    }
    await tried('letter');
    const tooMany = { code: 'tried_enough', field: 'way' };
    await clock.forward(7);
    // The three were made on two days only: one more day is still one of the three.
    await tried('phone');
    await clock.forward(7);
    await expect(tried('phone')).rejects.toMatchObject(tooMany);
    await expect(tried('letter')).rejects.toMatchObject(tooMany);
    await tried('phone', false, await carried.partyId('requester'));
    const path = `/equipe/demandes/${caseId}/contact`;
    const page = await mediator.post(path, { party: partyId, way: 'phone', reached: 'no', note: 'Rien.' });
    expect([page.status, (await page.text()).includes('Trois essais et une lettre')]).toEqual([422, true]);
    await tried('phone', true);
    await tried('phone');
  });
});

describe('R77, GDPR art. 14: told while its data are kept', () => {
  test('mediator after twenty days, leader after twenty-seven, really written; the month ends on a working day inside it', async () => {
    // A month after 30 April is Sunday 30 May: the last working day inside the month is the Friday before.
    await at('2027-04-30T08:00:00Z');
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    expect(await wait(caseId, 'art14_notice')).toEqual({ state: 'open', dueDay: '2027-05-28' });
    const NOTICE = ['notice_due', 'notice_late'];
    await daysLater(caseId, 21);
    expect(await linesOf(caseId, NOTICE)).toEqual(['notice_due mediator']);
    await daysLater(caseId, 7);
    expect(await linesOf(caseId, NOTICE)).toEqual(['notice_due mediator', 'notice_late leader']);
  });

  test('a refusal or a silence does not end it: the mediator may answer it; erasing the contact does', async () => {
    await at('2027-06-01T08:00:00Z');
    const refused = new Carried(town);
    const caseId = await refused.toAgreements();
    await refused.says('other', NO);
    expect(await wait(caseId, 'art14_notice')).toMatchObject({ state: 'open' });
    const page = await (await mediator.get(`/equipe/demandes/${caseId}`)).text();
    expect(page).toContain(`/equipe/demandes/${caseId}/informer`);
    const partyId = await refused.partyId('other');
    await informParty(refused.web, refused.mediator(), { caseId, partyId, how: 'oral' });
    expect(await wait(caseId, 'art14_notice')).toMatchObject({ state: 'met' });

    const silent = new Carried(town);
    await silent.toAgreements();
    await noteNoAnswer(silent.web, silent.mediator(), {
      caseId: silent.caseId,
      partyId: await silent.partyId('other'),
    });
    expect(await wait(silent.caseId, 'art14_notice')).toMatchObject({ state: 'open' });
    await at('2027-07-05T03:30:00Z');
    await inTransaction(town.db('passerelle_worker'), { role: 'app_worker', townId: town.townId }, (tx) =>
      eraseContacts(tx, '2027-07-05'),
    );
    expect(await wait(silent.caseId, 'art14_notice')).toMatchObject({ state: 'cancelled' });
    const gone = await (await mediator.get(`/equipe/demandes/${silent.caseId}`)).text();
    expect(gone).not.toContain(`/equipe/demandes/${silent.caseId}/informer`);
  });

  test('asked again, a party that was never told is told within a month', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toFirstContact();
    await carried.says('requester');
    const partyId = await addParty(carried.web, carried.mediator(), { ...A_NEIGHBOUR, caseId });
    await carried.says('other', NO);
    // As after a case that ended and was opened again before this wait outlived it.
    await town.owner.updateTable('deadline').set({ state: 'cancelled' }).where('kind', '=', 'art14_notice').execute();
    await askForAgreement(carried.web, carried.mediator(), { caseId, partyId, cameBack: true });
    expect(await wait(caseId, 'art14_notice')).toMatchObject({ state: 'open' });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CaseText } from '../../src/cases/case-text.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { sendMessage } from '../../src/follow/send-message.command.ts';
import { withdrawByParty } from '../../src/parties/answer-by-code.command.ts';
import { askForInterpreter } from '../../src/parties/ask-for-interpreter.command.ts';
import { sendPartyMessage } from '../../src/parties/send-party-message.command.ts';
import { writeToParty } from '../../src/parties/write-to-party.command.ts';
import { dueMails } from '../../src/mail/due-mails.query.ts';
import { settleMail } from '../../src/mail/settle-mail.command.ts';
import { noteRight } from '../../src/rights/ask-right.command.ts';
import { answerRight, extendRight, refuseRight } from '../../src/rights/settle-right.command.ts';
import { takeRightBack } from '../../src/rights/take-back-right.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { Carried } from '../support/agreements.ts';
import { check, PARTYS, piecesOf, REQUESTERS, say, send } from '../support/attached.ts';
import { picture, wav } from '../support/files.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { pdfText } from '../support/pdf-text.ts';
import { askedRight, nights, rightsRow } from '../support/rights.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, type Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F15, R82: what people ask about the data kept on them, from the form to the answer.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let leader: StaffVisitor;
beforeAll(async () => {
  town = await testTown('rights');
  app = await webApp(town);
  leader = await StaffVisitor.enter(app, town, 'R1');
});
afterAll(() => town.close());

const PAGE = '/suivi/droits';
const ANSWER = { answer: 'Voici ce que nous gardons.', erase: [] as const };
async function opened() {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  return { carried, caseId, other: await carried.partyId('other') };
}
async function ask(visitor: Visitor, fields: Record<string, string>): Promise<Response> {
  const form = hiddenOf(await (await visitor.get(PAGE)).text(), 'form');
  return visitor.post(PAGE, { form, ...fields });
}
const waits = async (caseId: string) =>
  town.owner
    .selectFrom('deadline')
    .select(['due_day as dueDay', 'state', 'waits_for as waitsFor'])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'rights_request')
    .orderBy('opened_at')
    .execute();
const steps = async (caseId: string, state: string) =>
  (
    await town.owner
      .selectFrom('step as s')
      .innerJoin('deadline as d', 'd.id', 's.deadline_id')
      .select(['s.audience', 's.template'])
      .where('d.case_id', '=', caseId)
      .where('d.kind', '=', 'rights_request')
      .where('s.state', '=', state as 'pending')
      .orderBy('s.at')
      .execute()
  ).map(({ audience, template }) => `${audience} ${template}`);
const mails = async (caseId: string, template: string) =>
  town.owner
    .selectFrom('mail')
    .select(['state', 'party_id as partyId'])
    .where('case_id', '=', caseId)
    .where('template', '=', template)
    .execute();
const calls = async (caseId: string) =>
  town.owner
    .selectFrom('deadline')
    .select(['kind', 'reason'])
    .where('case_id', '=', caseId)
    .where('kind', 'like', 'task_call%')
    .where('reason', 'like', 'rights%')
    .where('state', '=', 'open')
    .execute();
const plain = (page: string) => page.replaceAll(/\s+/gu, ' ');

describe('asked by the person, from the own page of either side', () => {
  test('F15: the form says what each right means and what cannot be done; without an answer to each question nothing is asked', async () => {
    const { caseId } = await opened();
    const visitor = await requesterVisitor(app, town, caseId);
    expect(await (await visitor.get('/suivi/demande')).text()).toContain(`href="${PAGE}"`);
    const page = plain(await (await visitor.get(PAGE)).text());
    for (const words of [
      'Voir mes informations',
      'Corriger',
      'Effacer',
      'Limiter',
      'M’opposer',
      'ils sont masqués',
      'archives',
    ])
      expect(page).toContain(words);
    expect(page).not.toContain('checked');
    for (const [fields, said] of [
      [{}, 'Choisissez ce que vous demandez'],
      [{ right: 'access' }, 'Choisissez comment vous répondre'],
      [{ right: 'correct', reply: 'page' }, 'Dites ce qu’il faut corriger'],
      [{ right: 'tout', reply: 'page' }, 'Choisissez ce que vous demandez'],
      [{ right: 'access', reply: 'page', about: 'é'.repeat(1_001) }, 'Raccourcissez ce texte'],
      [{ right: 'access', reply: 'page', state: 'answered' }, 'n’a pas été lu'],
    ] as [Record<string, string>, string][]) {
      const answer = await ask(visitor, fields);
      const again = plain(await answer.text());
      expect([answer.status, again.includes(said)]).toEqual([422, true]);
      if (fields['about']) expect(again).toContain('é'.repeat(1_001));
    }
    // B-22: a right asked twice in one form is none.
    const twice = new URLSearchParams([['right', 'access'], ['right', 'erase'], ['reply', 'page']]); // prettier-ignore
    expect((await visitor.post(PAGE, twice)).status).toBe(422);
    for (const path of [`${PAGE}/x/copie`, `${PAGE}/${crypto.randomUUID()}/copie`])
      expect((await visitor.get(path)).status).toBe(404);
    expect((await visitor.post(`${PAGE}/${crypto.randomUUID()}/retirer`, {})).status).toBe(404);
    expect(await waits(caseId)).toEqual([]);
  });

  test('R82: one row, one wait of one month for the leader with its ladder, one line, an acknowledgement; a second click is the same', async () => {
    const { caseId } = await opened();
    const visitor = await requesterVisitor(app, town, caseId);
    const form = hiddenOf(await (await visitor.get(PAGE)).text(), 'form');
    const fields = { form, right: 'erase', reply: 'page', about: 'Le canari du palier.' };
    for (let click = 0; click < 2; click += 1)
      expect((await visitor.post(PAGE, fields)).headers.get('location')).toBe(`${PAGE}?recue`);
    // Monday 11 January 2027; the 11th of February is a Thursday.
    expect(await waits(caseId)).toEqual([{ dueDay: '2027-02-11', state: 'open', waitsFor: 'leader' }]);
    expect(await steps(caseId, 'pending')).toEqual([
      'leader rights_asked',
      'leader rights_due',
      'leader rights_due',
      'leader rights_due',
      'coordinator rights_late',
    ]);
    expect(await mails(caseId, 'rights_received')).toEqual([{ state: 'queued', partyId: null }]);
    const rows = await town.owner.selectFrom('rights_request').selectAll().where('case_id', '=', caseId).execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('canari');
    const events = await town.owner.selectFrom('case_event').select(['code', 'actor', 'data']).where('case_id', '=', caseId).where('code', '=', 'rights_asked').execute(); // prettier-ignore
    expect(events).toMatchObject([{ actor: 'requester', data: { right: 'erase', channel: 'web' } }]);
    const page = plain(await (await visitor.get(PAGE)).text());
    expect(page).toContain('Nous répondons avant la fin du jeudi 11 février');
    expect(page).toContain('Le canari du palier.');
    // Asked again while it waits: said beside the question, and nothing more waits.
    const again = await ask(visitor, fields);
    expect(again.status).toBe(303);
    const anew = await ask(visitor, { right: 'erase', reply: 'page', form: crypto.randomUUID() });
    expect([anew.status, (await waits(caseId)).length]).toEqual([409, 1]);
    expect(await anew.text()).toContain('déjà fait cette demande');
  });

  test('R29, R82: the other party has the same page; neither side sees, downloads or takes back what the other asked', async () => {
    const { carried, caseId, other } = await opened();
    const requester = await requesterVisitor(app, town, caseId);
    const party = await partyVisitor(app, town, carried);
    const mine = await askedRight(town, { caseId });
    const theirs = await askedRight(town, { caseId, partyId: other }, 'object');
    expect(await (await party.get('/suivi/participation')).text()).toContain(`href="${PAGE}"`);
    expect(await (await party.get(PAGE)).text()).not.toContain(mine);
    expect(await (await requester.get(PAGE)).text()).not.toContain(theirs);
    for (const [visitor, foreign] of [
      [party, mine],
      [requester, theirs],
    ] as const) {
      expect((await visitor.get(`${PAGE}/${foreign}/copie`)).status).toBe(404);
      expect((await visitor.post(`${PAGE}/${foreign}/retirer`, {})).status).toBe(404);
    }
    expect([(await rightsRow(town, mine)).state, (await rightsRow(town, theirs)).state]).toEqual([
      'received',
      'received',
    ]);
    expect((await party.post(`${PAGE}/${theirs}/retirer`, {})).headers.get('location')).toBe(`${PAGE}?retiree`);
    expect((await rightsRow(town, theirs)).state).toBe('taken_back');
    expect((await party.post(`${PAGE}/${theirs}/retirer`, {})).status).toBe(409);
  });

  test('R82: it survives a withdrawal and a closing, and is asked after them', async () => {
    const { carried, caseId } = await opened();
    const before = await askedRight(town, { caseId });
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    expect(await waits(caseId)).toMatchObject([{ state: 'open' }]);
    expect(await steps(caseId, 'pending')).toHaveLength(5);
    expect(await mails(caseId, 'rights_received')).toMatchObject([{ state: 'queued' }]);
    const visitor = await requesterVisitor(app, town, caseId);
    expect((await ask(visitor, { right: 'restrict', reply: 'page' })).status).toBe(303);
    expect(await waits(caseId)).toHaveLength(2);
    expect(await leader.page(caseId)).toContain('Demandes sur ses données');
    expect(
      (await leader.does(caseId, 'repondre-droit', { rights: before, answer: 'Voici la copie.' })).headers.get(
        'location',
      ),
    ).toBe(`/equipe/demandes/${caseId}?fait`);
    expect(await (await visitor.get(PAGE)).text()).toContain('Voici la copie.');
    expect(await waits(caseId)).toMatchObject([{ state: 'met' }, { state: 'open' }]);
  });
});

describe('the month of the law', () => {
  test('a letter counts from the day it came, as somebody of the team writes it down', async () => {
    const { carried, caseId } = await opened();
    const partyId = await carried.partyId('requester');
    const fields = {
      party: partyId,
      right: 'access',
      reply: 'post',
      channel: 'letter',
      identity: 'known_address',
      receivedOn: '4 janvier',
    };
    const mediator = await StaffVisitor.enter(app, town, 'M1');
    expect((await mediator.does(caseId, 'droit', { ...fields, identity: '' })).status).toBe(422);
    expect((await mediator.does(caseId, 'droit', { ...fields, right: 'correct' })).status).toBe(422);
    expect((await mediator.does(caseId, 'droit', { ...fields, receivedOn: '4 mars 2028' })).status).toBe(422);
    expect((await mediator.does(caseId, 'droit', fields)).status).toBe(303);
    expect(await waits(caseId)).toMatchObject([{ dueDay: '2027-02-04' }]);
    expect((await mediator.does(caseId, 'droit', fields)).status).toBe(422);
    expect(await mediator.page(caseId)).toContain('Lettre depuis l’adresse que nous avons');
    // Writing it down is everybody's; deciding is the leader's.
    const { id } = await town.owner.selectFrom('rights_request').select('id').where('case_id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
    expect((await mediator.does(caseId, 'repondre-droit', { rights: id, answer: 'Oui.' })).status).toBe(409);
    expect((await rightsRow(town, id)).state).toBe('received');
  });

  test('GDPR art. 12: two more months, once, within the first, with a reason the person reads', async () => {
    const { carried, caseId } = await opened();
    const id = await askedRight(town, { caseId });
    const reason = 'Plusieurs personnes cherchent dans les papiers.';
    expect((await leader.does(caseId, 'prolonger-droit', { rights: id, reason: '' })).status).toBe(422);
    expect((await leader.does(caseId, 'prolonger-droit', { rights: id, reason })).status).toBe(303);
    // The 11th of April is a Sunday.
    expect(await waits(caseId)).toMatchObject([{ state: 'cancelled' }, { state: 'open', dueDay: '2027-04-12' }]);
    expect(await steps(caseId, 'pending')).toHaveLength(4);
    const page = plain(await (await (await requesterVisitor(app, town, caseId)).get(PAGE)).text());
    expect(page).toContain(reason);
    expect(page).toContain('lundi 12 avril');
    expect(await mails(caseId, 'rights_extended')).toHaveLength(1);
    const again = extendRight(carried.web, carried.leader(), { caseId, requestId: id, reason });
    await expect(again).rejects.toMatchObject({ code: 'not_allowed_now' });
  });
});

describe('answered', () => {
  test('GDPR art. 15: a copy of the own data for either side; of the other party, of partners and of notes there is nothing', async () => {
    const { carried, caseId, other } = await opened();
    const text = async () => {
      const row = await town.owner.selectFrom('mediation_case').select(['id', 'kid', 'wrapped_key as wrappedKey']).where('id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
      return new CaseText(town.keys, row);
    };
    await carried.says('requester', { maySay: 'Un mot de Rosa.' });
    await sendMessage(carried.web, { townId: town.townId, caseId }, 'Mots de Rosa.');
    await sendPartyMessage(carried.web, { townId: town.townId, caseId, partyId: other }, 'Mots de Farid.');
    await writeToParty(carried.web, carried.mediator(), { caseId, partyId: other, message: 'Lettre pour Farid.' });
    await town.owner
      .insertInto('session_note')
      .values({
        case_id: caseId, town_id: town.townId, session_id: null, cycle: 1, mode: 'phone', starts_at: new Date(), minutes: 60, travel_minutes: null,
        person_id: town.person('M1'), present: [], interpreter: false, tension_before: 2, tension_after: 1, registers: [], topics: [],
        note: (await text()).seal('session_note', 'note', 'Note du canari.'), progress: 'agreement', safety_alert: false, next_step: null,
        next_on: null, at: new Date(),
      })
      .execute(); // prettier-ignore
    const contacts = await town.owner.selectFrom('organisation_contact').select(['name', 'email']).execute();
    const partners = contacts.flatMap(({ name, email }) => [name, email]).filter((said) => said !== null);
    const copies = [
      { by: { caseId }, visitor: await requesterVisitor(app, town, caseId), own: ['Rosa', 'Les bruits de pas, la nuit.', 'Mots de Rosa.', 'Un mot de Rosa.'], others: ['Farid', 'Aubertin', '39985678', 'Lettre pour'] },
      { by: { caseId, partyId: other }, visitor: await partyVisitor(app, town, carried), own: ['Farid Aubertin', '+33639985678', 'Mots de Farid.', 'Lettre pour Farid.'], others: ['Rosa', 'bruits', '39981234'] },
    ]; // prettier-ignore
    for (const { by, visitor, own, others } of copies) {
      const id = await askedRight(town, by);
      expect((await visitor.get(`${PAGE}/${id}/copie`)).status).toBe(404);
      // The leader reads it first.
      expect(await pdfText(await leader.get(caseId, `papiers/droits/${id}`))).toContain(own[0]);
      await answerRight(carried.web, carried.leader(), { caseId, requestId: id, ...ANSWER });
      const copy = await pdfText(await visitor.get(`${PAGE}/${id}/copie`));
      for (const said of own) expect(copy).toContain(said);
      for (const canary of [...others, 'canari', ...partners])
        expect([canary, copy.includes(canary)]).toEqual([canary, false]);
      expect((await rightsRow(town, id)).copy?.toString('latin1')).not.toContain(own[0]);
    }
    const reads = await town.owner.selectFrom('case_read').select('person_id').where('case_id', '=', caseId).where('person_id', '=', town.person('R1')).execute(); // prettier-ignore
    expect(reads.length).toBeGreaterThanOrEqual(4);
  });

  test.each(['requester', 'other'] as const)(
    'GDPR art. 15: the copy of the %s also says its age, its interpreter, the relation as it was told, what was sent and what was asked; nothing of the other side',
    async (side) => {
      const { carried, caseId, other } = await opened();
      const said = {
        requester: { file: 'Palier de Rosa.png', score: 3, about: 'Le mot de Rosa.' },
        other: { file: 'Cour de Farid.png', score: 8, about: 'Le mot de Farid.' },
      };
      const visitors = {
        requester: await requesterVisitor(app, town, caseId),
        other: await partyVisitor(app, town, carried),
      };
      for (const one of ['requester', 'other'] as const) {
        const at = one === 'other' ? PARTYS : REQUESTERS;
        await send(visitors[one], at, { name: said[one].file, bytes: await picture('png') });
        await say(visitors[one], at, { name: 'dit.wav', bytes: wav() });
        const partyId = one === 'other' ? other : await carried.partyId('requester');
        await noteContact(carried.web, carried.mediator(), { caseId, partyId, way: 'phone', reached: true, relation: one === 'other' ? 'used_to_speak' : 'still_speak', relationScore: said[one].score }); // prettier-ignore
        await askForInterpreter(carried.web, { townId: town.townId, caseId, ...(one === 'other' ? { partyId } : {}) }, 'ar'); // prettier-ignore
        await noteRight(carried.web, carried.mediator(), { caseId, partyId, right: 'object', reply: 'page', channel: 'phone', identity: 'known_phone', about: said[one].about }); // prettier-ignore
      }
      const id = await askedRight(town, { caseId, ...(side === 'other' ? { partyId: other } : {}) });
      await answerRight(carried.web, carried.leader(), { caseId, requestId: id, ...ANSWER });
      const copy = plain(await pdfText(await visitors[side].get(`${PAGE}/${id}/copie`)));
      const mine = said[side];
      const theirs = said[side === 'other' ? 'requester' : 'other'];
      for (const words of [
        `Photo – ${mine.file} – `,
        'Message vocal – ',
        ' ko',
        `– ${mine.score} sur 10`,
        mine.about,
        'Interprète : Oui',
        side === 'other' ? 'On se parlait avant' : 'On se parle encore',
      ])
        expect(copy).toContain(words);
      if (side === 'requester') expect(copy).toContain('Âge : J’ai 18 ans ou plus');
      // Where it was written to us, and among the files.
      expect(copy.match(/Message vocal/g)).toHaveLength(2);
      const canaries = [theirs.file, `${theirs.score} sur 10`, theirs.about];
      for (const canary of [
        ...canaries,
        ...(side === 'other' ? ['On se parle encore', 'On s’évite'] : ['On se parlait avant']),
      ])
        expect([canary, copy.includes(canary)]).toEqual([canary, false]);
    },
  );

  test('GDPR art. 17: what may go goes, what must stay is said; ways to reach the person go once the answer has left', async () => {
    const { carried, caseId } = await opened();
    await sendMessage(carried.web, { townId: town.townId, caseId }, 'Mots de Rosa.');
    const id = await askedRight(town, { caseId }, 'erase');
    const page = await leader.page(caseId, 'repondre-droit');
    expect(page).toContain('Son récit');
    expect(page).not.toContain('Ses coordonnées');
    expect(page).toContain('vont aux archives');
    const answer = { rights: id, answer: 'Effacé. Les dates restent.' };
    expect((await leader.does(caseId, 'repondre-droit', answer)).status).toBe(422);
    expect((await leader.does(caseId, 'repondre-droit', { ...answer, erase: 'contact' })).status).toBe(422);
    const erased = [...Object.entries(answer), ['erase', 'story'], ['erase', 'messages'], ['erase', 'email']];
    expect((await leader.does(caseId, 'repondre-droit', erased as [string, string][])).status).toBe(303);
    const story = await town.owner.selectFrom('case_story').select('story').where('case_id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
    expect(story.story).toBeNull();
    const left = await town.owner.selectFrom('case_message').select('id').where('case_id', '=', caseId).execute();
    expect(left).toEqual([]);
    const email = async () => (await town.owner.selectFrom('case_identity').select(['email', 'phone', 'contact_ways as ways']).where('case_id', '=', caseId).executeTakeFirstOrThrow()); // prettier-ignore
    await nights(town, 1);
    expect((await email()).email).not.toBeNull();
    await town.owner.updateTable('mail').set({ state: 'accepted' }).where('template', '=', 'rights_answered').execute();
    await nights(town, 1);
    expect(await email()).toMatchObject({ email: null, phone: expect.any(Buffer), ways: ['phone'] });
    const visitor = await requesterVisitor(app, town, caseId);
    expect(plain(await (await visitor.get(PAGE)).text())).toContain('Effacé : ce que vous aviez raconté.');
  });

  test.each(['requester', 'other'] as const)(
    'GDPR art. 17: with the messages of the %s go its recordings, with the files its photos; nothing of the other side',
    async (side) => {
      const { carried, caseId, other } = await opened();
      const requester = await requesterVisitor(app, town, caseId);
      const party = await partyVisitor(app, town, carried);
      for (const [visitor, at] of [[requester, REQUESTERS], [party, PARTYS]] as const) {
        expect((await say(visitor, at, { name: 'dit.wav', bytes: wav() })).status).toBe(303);
        expect((await send(visitor, at, { name: 'vu.png', bytes: await picture('png') })).status).toBe(303);
      } // prettier-ignore
      await check(town);
      const own = side === 'other' ? other : await carried.partyId('requester');
      const kept = async () => {
        const pieces = (await piecesOf(town, caseId)).filter(({ body }) => body !== null);
        return pieces.map(({ kind, partyId }) => `${partyId === own ? 'own' : 'theirs'} ${kind}`).toSorted();
      };
      expect(await kept()).toEqual(['own image', 'own voice', 'theirs image', 'theirs voice']);
      for (const [erase, left] of [
        ['messages', ['own image', 'theirs image', 'theirs voice']],
        ['files', ['theirs image', 'theirs voice']],
      ] as const) {
        const id = await askedRight(town, { caseId, ...(side === 'other' ? { partyId: other } : {}) }, 'erase');
        expect(await leader.page(caseId, 'repondre-droit')).toContain('Ses photos et documents');
        expect((await leader.does(caseId, 'repondre-droit', { rights: id, answer: 'Fait.', erase })).status).toBe(303);
        expect(await kept()).toEqual(left);
      }
      const gone = (await piecesOf(town, caseId)).filter(({ partyId }) => partyId === own);
      expect(gone.map(({ state, name }) => [state, name])).toEqual([['erased', null], ['erased', null]]); // prettier-ignore
      const page = plain(await (await (side === 'other' ? party : requester).get(PAGE)).text());
      expect(page).toContain('Effacé : vos messages à l’équipe, écrits ou enregistrés.');
      expect(page).toContain('Effacé : vos photos et vos documents.');
    },
  );

  test('T-33: nobody of the team says of a file that it was looked at', async () => {
    const { caseId } = await opened();
    await send(await requesterVisitor(app, town, caseId), REQUESTERS, { name: 'vu.png', bytes: await picture('png') });
    const as = { role: 'app_staff', townId: town.townId, personId: town.person('R1') } as const;
    const said = (state: 'checked' | 'removed') =>
      inTransaction(town.context('passerelle_web').db, as, (tx) =>
        tx.db.updateTable('attachment').set({ state, name: null }).where('case_id', '=', caseId).execute(),
      );
    for (const state of ['checked', 'removed'] as const) await expect(said(state)).rejects.toThrow(/attachment/);
  });

  test('GDPR art. 17, after the end: the whole contact goes once the call is made; the answer is still read by the code', async () => {
    const { carried, caseId, other } = await opened();
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    const id = await askedRight(town, { caseId }, 'erase', 'phone');
    await answerRight(carried.web, carried.leader(), { caseId, requestId: id, answer: 'Effacé.', erase: ['contact'] });
    expect(await calls(caseId)).toEqual([{ kind: 'task_call_requester', reason: 'rights_answered' }]);
    await nights(town, 1);
    const contact = () => town.owner.selectFrom('case_identity').select(['phone', 'email']).where('case_id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
    expect((await contact()).phone).not.toBeNull();
    const { id: task } = await town.owner.selectFrom('deadline').select('id').where('case_id', '=', caseId).where('reason', '=', 'rights_answered').executeTakeFirstOrThrow(); // prettier-ignore
    await leader.does(caseId, 'tache', { task });
    await nights(town, 1);
    expect(await contact()).toEqual({ phone: null, email: null });
    const visitor = await requesterVisitor(app, town, caseId);
    expect(await (await visitor.get(PAGE)).text()).toContain('Effacé.');
    expect(await leader.page(caseId)).not.toContain('Rosa');
    // The other side’s stay.
    const theirs = await town.owner.selectFrom('party_identity').select('name').where('party_id', '=', other).executeTakeFirstOrThrow(); // prettier-ignore
    expect(theirs.name).not.toBeNull();
  });

  test.each(['refused', 'unknown'] as const)(
    'R82, decision 0026: the mail of the answer is %s: the contact of the other party stays until somebody has told them; the requester waits for nobody else',
    async (state) => {
      const { carried, caseId, other } = await opened();
      await withdrawByRequester(carried.web, { townId: town.townId, caseId });
      for (const by of [{ caseId, partyId: other }, { caseId }]) {
        const id = await askedRight(town, by, 'erase');
        await answerRight(carried.web, carried.leader(), {
          caseId,
          requestId: id,
          answer: 'Effacé.',
          erase: ['contact'],
        });
      }
      const ctx = mailContext(town, 'smtp://127.0.0.1:1');
      const policy = await ctx.policies.of(town.townId);
      const sent = await town.owner.selectFrom('mail').selectAll().where('case_id', '=', caseId).where('template', '=', 'rights_answered').execute(); // prettier-ignore
      expect(new Set(sent.map(({ party_id: partyId }) => partyId))).toEqual(new Set([other, null]));
      for (const mail of sent) {
        await town.owner.updateTable('mail').set({ state: 'sending', attempts: 1, lease_until: new Date() }).where('id', '=', mail.id).execute(); // prettier-ignore
        const taken = (await dueMails(ctx.db, 1_000)).find(({ id }) => id === mail.id);
        if (!taken) throw new Error('not lost');
        await settleMail(ctx, policy, town.townId, taken, { state: mail.party_id ? state : 'accepted' });
      }
      const lines = await town.owner.selectFrom('case_event').select('data').where('case_id', '=', caseId).where('code', '=', 'mail_settled').execute(); // prettier-ignore
      expect(new Set(lines.map(({ data }) => data['to']))).toEqual(new Set(['party', 'requester']));
      await nights(town, 1);
      const theirs = () => town.owner.selectFrom('party_identity').select('phone').where('party_id', '=', other).executeTakeFirstOrThrow(); // prettier-ignore
      const mine = await town.owner.selectFrom('case_identity').select('phone').where('case_id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
      expect([(await theirs()).phone, mine.phone]).toEqual([expect.any(Buffer), null]);
      const { id: task } = await town.owner.selectFrom('deadline').select('id').where('case_id', '=', caseId).where('reason', '=', 'rights_answered').executeTakeFirstOrThrow(); // prettier-ignore
      expect((await leader.does(caseId, 'tache', { task })).status).toBe(303);
      await nights(town, 1);
      expect(await theirs()).toEqual({ phone: null });
    },
  );

  test('GDPR art. 16: a contact is put right, after the end too as long as the person asks for it', async () => {
    const { carried, caseId } = await opened();
    await withdrawByRequester(carried.web, { townId: town.townId, caseId });
    const right = { name: 'Rosa-Luz', phone: '06 39 98 00 00', contactWays: 'phone' };
    expect((await leader.does(caseId, 'coordonnees-personne', right)).status).toBe(409);
    const id = await askedRight(town, { caseId }, 'correct');
    expect((await leader.does(caseId, 'coordonnees-personne', right)).status).toBe(303);
    expect(await leader.page(caseId)).toContain('Rosa-Luz');
    await leader.does(caseId, 'repondre-droit', { rights: id, answer: 'Votre prénom est corrigé.' });
    const visitor = await requesterVisitor(app, town, caseId);
    expect(await (await visitor.get(PAGE)).text()).toContain('Votre prénom est corrigé.');
  });

  test('GDPR art. 16: a party that has left is put right when it asks for it, on its contact as it stands', async () => {
    const { carried, caseId, other } = await opened();
    await withdrawByParty(carried.web, { townId: town.townId, caseId, partyId: other });
    expect(await leader.page(caseId)).not.toContain(`coordonnees?party=${other}`);
    await askedRight(town, { caseId, partyId: other }, 'correct');
    expect(await leader.page(caseId)).toContain(`coordonnees?party=${other}`);
    const form = await leader.page(caseId, `coordonnees?party=${other}`);
    expect(form).toMatch(new RegExp(`value="${other}"[^>]*checked`));
    expect(form).toMatch(/name="name"[^>]*value="[^"]+"/);
  });

  test('a refusal says the law’s reason, ours, and how to write to the CNIL', async () => {
    const { carried, caseId } = await opened();
    const id = await askedRight(town, { caseId }, 'object');
    const no = { rights: id, ground: 'public_mission', answer: 'La demande est en cours.' };
    expect((await leader.does(caseId, 'refuser-droit', { ...no, ground: 'police' })).status).toBe(422);
    expect((await leader.does(caseId, 'refuser-droit', no)).status).toBe(303);
    const page = plain(await (await (await requesterVisitor(app, town, caseId)).get(PAGE)).text());
    for (const words of ['mission de service public', 'La demande est en cours.', 'www.cnil.fr', 'Paris Cedex 07'])
      expect(page).toContain(words);
    const twice = refuseRight(carried.web, carried.leader(), {
      caseId,
      requestId: id,
      ground: 'excessive',
      answer: 'Non.',
    });
    await expect(twice).rejects.toMatchObject({ code: 'not_allowed_now' });
  });

  test('R98: whoever may not be written to, or asked for a letter, is called or written to by the team; no other call takes its place', async () => {
    const { carried, caseId } = await opened();
    const post = await askedRight(town, { caseId }, 'access', 'post');
    await answerRight(carried.web, carried.leader(), { caseId, requestId: post, ...ANSWER });
    expect(await calls(caseId)).toEqual([{ kind: 'task_call_requester', reason: 'rights_answered' }]);
    await town.owner.updateTable('case_identity').set({ precautions: ['do_not_write'] }).where('case_id', '=', caseId).execute(); // prettier-ignore
    await writeToParty(carried.web, carried.mediator(), { caseId, partyId: await carried.partyId('requester'), message: 'Bonjour.' }); // prettier-ignore
    expect(await calls(caseId)).toHaveLength(1);
    const page = await askedRight(town, { caseId }, 'object', 'page');
    await answerRight(carried.web, carried.leader(), { caseId, requestId: page, ...ANSWER });
    expect(await mails(caseId, 'rights_answered')).toEqual([]);
    expect(await calls(caseId)).toHaveLength(2);
  });

  test('the leader is told, another team reads nothing of it', async () => {
    const { caseId } = await opened();
    const id = await askedRight(town, { caseId });
    await takeDueSteps(town, caseId);
    const lines = await town.owner.selectFrom('mail_item as i').innerJoin('mail as m', 'm.id', 'i.mail_id').select(['i.template', 'm.person_id as person']).where('i.case_id', '=', caseId).where('i.template', '=', 'rights_asked').execute(); // prettier-ignore
    expect(lines).toEqual([{ template: 'rights_asked', person: town.person('R1') }]);
    const elsewhere = await StaffVisitor.enter(app, town, 'R2');
    expect((await elsewhere.get(caseId)).status).toBe(404);
    expect((await elsewhere.get(caseId, `papiers/droits/${id}`)).status).toBe(404);
  });
});

describe('two at once', () => {
  const settled = async (...acts: Promise<unknown>[]) =>
    (await Promise.allSettled(acts)).map((act) =>
      act.status === 'fulfilled' ? 'done' : String((act.reason as { code?: string }).code),
    );

  test('answered while it is made longer: the answer stands in any order', async () => {
    const { carried, caseId } = await opened();
    const id = await askedRight(town, { caseId });
    const on = { caseId, requestId: id };
    const [answered, extended] = await settled(
      answerRight(carried.web, carried.leader(), { ...on, ...ANSWER }),
      extendRight(carried.web, carried.leader(), { ...on, reason: 'Long.' }),
    );
    expect(answered).toBe('done');
    expect(['done', 'not_allowed_now']).toContain(extended);
    expect((await rightsRow(town, id)).state).toBe('answered');
    expect((await waits(caseId)).filter(({ state }) => state === 'open')).toEqual([]);
    expect(await steps(caseId, 'pending')).toEqual([]);
  });

  test('taken back while it is answered: one of the two, never both', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { carried, caseId } = await opened();
      const id = await askedRight(town, { caseId });
      const both = await settled(
        takeRightBack(carried.web, { townId: town.townId, caseId }, id),
        answerRight(carried.web, carried.leader(), { caseId, requestId: id, ...ANSWER }),
      );
      expect(both.toSorted()).toEqual(['done', 'not_allowed_now']);
      expect((await rightsRow(town, id)).state).toBe(both[0] === 'done' ? 'taken_back' : 'answered');
    }
  });

  test('asked twice at once: one question', async () => {
    const { carried, caseId } = await opened();
    const partyId = await carried.partyId('requester');
    const note = {
      caseId,
      partyId,
      right: 'access',
      reply: 'phone',
      channel: 'phone',
      identity: 'known_phone',
    } as const;
    const both = await settled(
      noteRight(carried.web, carried.mediator(), note),
      askedRight(town, { caseId }, 'access'),
    );
    expect(both.toSorted()).toEqual(['already_open', 'done']);
    expect(await waits(caseId)).toHaveLength(1);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginSupport } from '../../src/cases/mediate.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import { askForAgreement, informParty, noteNoAnswer } from '../../src/parties/party-acts.command.ts';
import { followView } from '../../src/follow/follow.query.ts';
import { Carried } from '../support/agreements.ts';
import { stateOf } from '../support/case-rows.ts';
import { shown } from '../support/form-page.ts';
import { partyVisitor, requesterVisitor } from '../support/party-visitor.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// F3, R33, R77, R81, spec §4.10: what was said, tried and told stands on the page of the case, and what may be said where it is said.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let mediator: StaffVisitor;
beforeAll(async () => {
  town = await testTown('team-reads');
  app = await webApp(town);
  mediator = await StaffVisitor.enter(app, town, 'M1');
});
afterAll(() => town.close());

describe('the card of the parties', () => {
  test('F3: how, when, in which language, with whom an agreement was given, and whether a copy was', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({}, { spokenLanguage: 'zgh', interpreter: true });
    await carried.says('other', { language: 'zgh', interpreterRef: 'ISM 4521', copyGiven: false });
    const page = await mediator.page(caseId);
    for (const said of [
      /Réponse donnée<\/dt><dd>[^<]*\d+ h[^<]*, À l’oral/,
      /Langue de l’échange<\/dt><dd>Tamazight/i,
      /Interprète<\/dt><dd>ISM 4521/,
      /Copie remise<\/dt><dd>Non/,
      /Ce qui a été expliqué<\/dt><dd>[^<]*Le droit d’arrêter/,
    ])
      // prettier-ignore
      expect(page.replaceAll('\u00a0', ' ')).toMatch(said);
  });

  test('F3: a silence is noted without an answer; who is asked has a name, and the top of the page offers what it waits for', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const partyId = await carried.partyId('other');
    const answered = (page: string) => page.split('<dt>Réponse donnée</dt>').length - 1;
    const asked = await mediator.page(caseId);
    expect(asked.replaceAll('\u00a0', ' ')).toContain('Répondre sur l’accord : Farid Aubertin, avant');
    await noteNoAnswer(carried.web, carried.mediator(), { caseId, partyId });
    const page = await mediator.page(caseId);
    expect(page).toContain('sans réponse');
    // The requester’s yes; nothing of whoever said nothing.
    expect([answered(asked), answered(page)]).toEqual([1, 1]);
    const [, first] = /class="button[^"]*" href="[^"]*\/([a-z-]+)"/.exec(page.slice(page.indexOf('now-actions'))) ?? [];
    expect(first).toBe('note');
  });

  test('R11: a yes without its mandate is not shown as whole, and says what it lacks', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({}, { kind: 'association', representative: 'Ana, présidente' });
    await carried.says('other', { mandate: true });
    expect(await mediator.page(caseId)).not.toContain('D’accord, incomplet');
    await town.owner.updateTable('agreement').set({ mandate: false }).where('case_id', '=', caseId).execute();
    const page = await mediator.page(caseId);
    expect(page).toContain('D’accord, incomplet');
    expect(page).toContain('une personne qui a qualité pour répondre');
  });

  test('R77: a party left uninformed by the leader is not called informed; one told says how', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const party = { caseId, partyId: await carried.partyId('other') };
    await informParty(carried.web, carried.leader(), { ...party, how: 'exempted', reason: 'La prévenir la mettrait en danger.' }); // prettier-ignore
    const page = await mediator.page(caseId);
    expect(page).toMatch(/Non informée, décision du [^:]*: La prévenir la mettrait en danger\./);
    expect(page).not.toContain('Informée le');
    const told = new Carried(town);
    const other = await told.toAgreements();
    await informParty(told.web, told.mediator(), {
      caseId: other,
      partyId: await told.partyId('other'),
      how: 'letter',
    });
    expect(await mediator.page(other)).toMatch(/Informée le [^,]*, par la lettre d’invitation/);
  });

  test('R33: every try, with its day, way and note, and how many of the three and the letter are made', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    const partyId = await carried.partyId('other');
    const tried = (way: 'visit' | 'letter', note?: string) =>
      noteContact(carried.web, carried.mediator(), { caseId, partyId, way, reached: false, ...(note ? { note } : {}) });
    await tried('visit', 'Personne au 2e.');
    await tried('letter');
    const page = (await mediator.page(caseId)).replaceAll('\u00a0', ' ');
    expect(page).toContain('Essais de contact : 1 sur 3, en 1 jour ; lettre : 1 sur 1');
    expect(page).toMatch(/Visite · non jointe · Personne au 2e\./);
  });
});

describe('R81: somebody under eighteen', () => {
  test('the page says what may be done and who helps; the call says it too', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({}, { minor: true, legalRepresentative: 'Sabine Aubertin' });
    const page = await mediator.page(caseId);
    for (const said of [
      'PAEJ Le Kiosque, Mission locale du Bassin de Vairelle',
      '119',
      '3018',
      'son père, sa mère ou son tuteur',
    ])
      expect(page).toContain(said);
    expect(page).toMatch(/Appeler l’autre personne[^<]*Moins de 18 ans/);
    const adult = new Carried(town);
    expect(await mediator.page(await adult.toAgreements())).not.toContain('lieu d’écoute pour les jeunes');
  });
});

describe('« corriger les coordonnées »', () => {
  test('shows what stands, and replaces it; what was said stays', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await carried.says('other');
    const partyId = await carried.partyId('other');
    expect(await mediator.page(caseId)).toContain(`coordonnees?party=${partyId}`);
    const form = await mediator.page(caseId, 'coordonnees');
    for (const known of ['Farid Aubertin', 'farid@courriel.example']) expect(form).toContain(known);
    const corrected = { party: partyId, kind: 'household', name: 'Famille Aubertin', phone: '06 39 98 56 79' };
    expect((await mediator.does(caseId, 'coordonnees', { ...corrected, name: '' })).status).toBe(422);
    expect((await mediator.does(caseId, 'coordonnees', corrected)).status).toBe(303);
    const page = await mediator.page(caseId);
    expect(page).toContain('Famille Aubertin');
    expect(page).not.toContain('farid@courriel.example');
    expect(page).toContain('Coordonnées corrigées');
    expect(page).toContain('D’accord');
    const requester = await carried.partyId('requester');
    expect((await mediator.does(caseId, 'coordonnees', { ...corrected, party: requester })).status).toBe(409);
  });
});

describe('spec §4.10: words', () => {
  test('what can be said stands where it is said, and what follows where it is sent', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    expect(await mediator.page(caseId, 'contact')).toContain('Je ne suis pas de la police ni du bailleur');
    expect(await mediator.page(caseId, 'accord')).toContain('Je répète : vous pouvez arrêter quand vous voulez'.replaceAll(' :', '\u00a0:')); // prettier-ignore
    expect(await mediator.page(caseId, 'partie')).toContain('une invitation part');
    expect(await mediator.page(caseId, 'sans-reponse')).toContain('effacées un mois plus tard');
  });

  test('T17: of an agreement without an answer only the other side can be chosen', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await askForAgreement(carried.web, carried.mediator(), { caseId, partyId: await carried.partyId('requester') });
    const page = await mediator.page(caseId, 'sans-reponse');
    expect(page).toContain(await carried.partyId('other'));
    expect(page).not.toContain(`value="${await carried.partyId('requester')}"`);
  });

  test.each([
    ['refused', 'L’autre personne ne souhaite pas de médiation pour l’instant. C’est son droit.'],
    ['no_answer', 'Nous n’avons pas eu de réponse de l’autre personne.'],
  ] as const)(
    'T17, %s: the requester is told that there is an answer, and reads it behind the code',
    async (why, sentence) => {
      const carried = new Carried(town);
      const caseId = await carried.toAgreements();
      const partyId = await carried.partyId('other');
      if (why === 'refused') await carried.says('other', { takePart: false });
      else await noteNoAnswer(carried.web, carried.mediator(), { caseId, partyId });
      await beginSupport(carried.web, carried.mediator(), caseId);
      const mails = await town.owner.selectFrom('mail').select('party_id as to').where('case_id', '=', caseId).where('template', '=', 'support_begun').execute(); // prettier-ignore
      expect(mails).toEqual([{ to: null }]);
      expect((await followView(carried.web, town.townId, caseId)).alone).toBe(why);
      const requester = await requesterVisitor(app, town, caseId);
      expect(shown(await (await requester.get('/suivi/demande')).text())).toContain(sentence);
    },
  );

  test('R30: who had agreed and stops is never told as a refusal', async () => {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements();
    await carried.says('other');
    const visitor = await partyVisitor(app, town, carried);
    expect((await visitor.post('/suivi/participation/arreter', { choice: 'stop' })).status).toBe(303);
    expect(await stateOf(town, caseId)).toBe('support');
    expect((await followView(carried.web, town.townId, caseId)).alone).toBeUndefined();
  });

  test('after a no by the code nothing more is promised', async () => {
    const carried = new Carried(town);
    await carried.toAgreements();
    const visitor = await partyVisitor(app, town, carried);
    const form = hiddenOf(await (await visitor.get('/suivi/participation')).text(), 'form');
    await visitor.post('/suivi/participation/accord', { form, take_part: 'no' });
    const page = await (await visitor.get('/suivi/participation?repondu')).text();
    expect(page).toContain('Il n’y a aucune conséquence. Vos coordonnées sont effacées un mois plus tard.');
    expect(page).not.toContain('Le médiateur vous dit la suite');
  });
});

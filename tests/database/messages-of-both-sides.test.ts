import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendMessage } from '../../src/follow/send-message.command.ts';
import { sendPartyMessage } from '../../src/parties/send-party-message.command.ts';
import { Carried } from '../support/agreements.ts';
import { partyVisitor } from '../support/party-visitor.ts';
import { StaffVisitor } from '../support/staff-visitor.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

// R29: what each side writes is read, by its own sender, and answered on its own page; nothing of it reaches the other side (§3.3).

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let mediator: StaffVisitor;
beforeAll(async () => {
  town = await testTown('messages');
  app = await webApp(town);
  mediator = await StaffVisitor.enter(app, town, 'M1');
});
afterAll(() => town.close());

async function bothWrote() {
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  const partyId = await carried.partyId('other');
  await sendMessage(carried.web, { townId: town.townId, caseId }, 'Demande de Rosa.');
  await sendPartyMessage(carried.web, { townId: town.townId, caseId, partyId }, 'Question de Farid.');
  return { carried, caseId, partyId };
}
const openTasks = async (caseId: string) =>
  (
    await town.owner
      .selectFrom('deadline as d')
      .innerJoin('party as p', 'p.id', 'd.party_id')
      .select('p.side')
      .where('d.case_id', '=', caseId)
      .where('d.kind', '=', 'task_read_message')
      .where('d.state', '=', 'open')
      .execute()
  )
    .map(({ side }) => side)
    .toSorted();

test('the team reads both sides, each under its own name; one side’s message never hides the other’s', async () => {
  const { caseId } = await bothWrote();
  expect(await openTasks(caseId)).toEqual(['other', 'requester']);
  const page = await mediator.page(caseId);
  expect(page).toMatch(
    /Rosa, qui a fait la demande,\s*<time[^>]*>[^<]*<\/time><\/p><p class="written"[^>]*>Demande de Rosa\./,
  );
  expect(page).toMatch(/Farid Aubertin,\s*<time[^>]*>[^<]*<\/time><\/p><p class="written"[^>]*>Question de Farid\./);
  expect(page).toContain('Message de Farid Aubertin');
  expect(page).toContain('Lire un message de Farid Aubertin');
});

test('an answer stands on the page of whoever it is for, is announced there, and ends that reading task only', async () => {
  const { carried, caseId, partyId } = await bothWrote();
  expect((await mediator.does(caseId, 'ecrire', { party: partyId, message: '' })).status).toBe(422);
  const sent = await mediator.does(caseId, 'ecrire', { party: partyId, message: 'Réponse pour Farid.' });
  expect(sent.status).toBe(303);
  expect(await openTasks(caseId)).toEqual(['requester']);
  const other = await (await (await partyVisitor(app, town, carried)).get('/suivi/participation')).text();
  expect(other).toContain('Réponse pour Farid.');
  expect(other).not.toContain('Demande de Rosa.');
  const requester = await carried.partyId('requester');
  await mediator.does(caseId, 'ecrire', { party: requester, message: 'Réponse pour Rosa.' });
  expect(await openTasks(caseId)).toEqual([]);
  const mails = await town.owner
    .selectFrom('mail')
    .select('party_id as partyId')
    .where('case_id', '=', caseId)
    .where('template', '=', 'team_message')
    .execute();
  expect(new Set(mails.map((mail) => mail.partyId))).toEqual(new Set([null, partyId]));
  const page = await mediator.page(caseId);
  expect(page).toContain('L’équipe, à Farid Aubertin');
  expect(page).toContain('L’équipe, à Rosa, qui a fait la demande');
});

test('R85: while a danger holds messages back nobody is written to; an ended party is answered on its page and not written to', async () => {
  const { carried, caseId, partyId } = await bothWrote();
  await carried.says('other', { takePart: false });
  const visitor = await partyVisitor(app, town, carried);
  const sent = await mediator.does(caseId, 'ecrire', { party: partyId, message: 'Merci de votre réponse.' });
  expect(sent.status).toBe(303);
  expect(await (await visitor.get('/suivi/participation')).text()).toContain('Merci de votre réponse.');
  const mails = town.owner.selectFrom('mail').select('id').where('case_id', '=', caseId);
  expect(await mails.where('template', '=', 'team_message').execute()).toEqual([]);
  await town.owner.updateTable('mediation_case').set({ danger: true }).where('id', '=', caseId).execute();
  expect(await mediator.page(caseId, 'ecrire')).toContain('Cette action n’est plus possible');
  expect((await mediator.does(caseId, 'ecrire', { party: partyId, message: 'Encore.' })).status).toBe(409);
});

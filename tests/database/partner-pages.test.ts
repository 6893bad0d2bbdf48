import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { proposeClosing } from '../../src/cases/close-case.command.ts';
import { startPump, type Pump } from '../../src/mail/pump.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { notePhoneAnswer } from '../../src/partners/staff-side.command.ts';
import { Carried } from '../support/agreements.ts';
import { inOrder } from '../support/form-page.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { hiddenOf, Visitor } from '../support/visitor.ts';
import { webApp } from '../support/web.ts';

// R63: from the mail to the answer, without an account; R46: own requests only; R86: mails and pages hold nothing of the people.

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let server: LyingSmtp;
let pump: Pump;
beforeAll(async () => {
  town = await testTown('partner-pages');
  app = await webApp(town);
  server = await startLyingSmtp();
  pump = startPump(mailContext(town, server.url), town.database.url('passerelle_worker'));
});
afterAll(async () => {
  await pump.stop();
  await server.close();
  await town.close();
});

const CANARIES = ['Zéphyrine', 'canari', '39987777', 'canari@courriel.example'];
const mailsTo = async (address: string) => {
  const raw = [...server.stored.values()].flat().filter(({ to }) => to.includes(address));
  return Promise.all(raw.map((mail) => simpleParser(mail.raw)));
};

async function asked(code: string) {
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact({
    firstName: 'Zéphyrine',
    story: 'Un canari chante.',
    email: 'canari@courriel.example',
    phone: '+33639987777',
  });
  const organisation = await town.owner
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
  const requestId = await askPartner(carried.web, carried.mediator(), {
    caseId,
    organisationId: organisation.id,
    urgency: 'standard',
    question: 'Quand la porte sera-t-elle réparée ?',
  });
  await takeDueSteps(town, caseId);
  const contact = await town.owner
    .selectFrom('organisation_contact')
    .select('email')
    .where('organisation_id', '=', organisation.id)
    .where('position', '=', 'referent')
    .executeTakeFirstOrThrow();
  return { carried, caseId, requestId, email: contact.email };
}

/** The way a référent goes: the mail, its address, a code by mail, the request. */
async function opened(code: string) {
  const found = await asked(code);
  const visitor = new Visitor(app);
  const mail = await vi.waitUntil(
    async () => (await mailsTo(found.email)).find(({ text }) => text?.includes('/partenaire/')),
    { timeout: 15_000 },
  );
  const pointer = /\/partenaire\/([0-9a-f-]{36})/.exec(mail.text ?? '')?.[1] ?? '';
  const before = (await mailsTo(found.email)).length;
  expect((await visitor.get(`/partenaire/${pointer}`)).status).toBe(200);
  expect((await visitor.post(`/partenaire/${pointer}`, {})).headers.get('location')).toBe(
    `/partenaire/${pointer}/code`,
  );
  const mails = await vi.waitUntil(
    async () => {
      const now = await mailsTo(found.email);
      return now.length > before ? now : undefined;
    },
    { timeout: 15_000 },
  );
  const short =
    mails
      .map(({ text }) => /\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b/.exec(text ?? '')?.[1])
      .findLast(Boolean) ?? '';
  return { ...found, visitor, mail, pointer, short, mails };
}

test('T2, R85: an organisation that was asked reads the numbers and says that somebody is in danger; the leader is alerted', async () => {
  const { visitor, pointer, short, requestId, caseId } = await opened('O11');
  await visitor.post(`/partenaire/${pointer}/code`, { code: short });
  const request = `/partenaire/demandes/${requestId}`;
  expect(await (await visitor.get(request)).text()).toContain(`href="${request}/danger"`);
  const page = await (await visitor.get(`${request}/danger`)).text();
  expect(inOrder(page, 'tel:17', 'name="who"')).toEqual(['tel:17', 'name="who"']);
  const sent = await visitor.post(`${request}/danger`, { form: hiddenOf(page, 'form'), who: 'other' });
  expect(sent.headers.get('location')).toBe(`${request}?danger`);
  const after = await (await visitor.get(`${request}?danger`)).text();
  expect(after).toContain('C’est noté');
  for (const canary of CANARIES) expect(`${page}${after}`).not.toContain(canary);
  const alerts = town.owner
    .selectFrom('mail')
    .select('person_id')
    .where('case_id', '=', caseId)
    .where('template', '=', 'danger_alert');
  expect(await alerts.execute()).toEqual([{ person_id: town.person('R1') }]);
  const other = await asked('O10');
  expect((await visitor.post(`/partenaire/demandes/${other.requestId}/danger`, { who: 'other' })).status).toBe(404);
});

describe('R63: the référent answers from the mail', () => {
  test('mail, pointer, code in this browser, F5; the list holds own requests only', async () => {
    const { visitor, pointer, short, requestId, mail, mails, caseId } = await opened('O09');
    expect(mail.subject).toMatch(/^Demande MS-2027-\d{5} – réponse attendue le /);
    for (const { text, html, subject } of mails)
      for (const canary of [...CANARIES, 'réparée', 'bruit', 'Peupliers'])
        expect(`${subject} ${text} ${String(html)}`).not.toContain(canary);
    expect((await new Visitor(app).post(`/partenaire/${pointer}/code`, { code: short })).status).toBe(422);
    expect((await visitor.post(`/partenaire/${pointer}/code`, { code: 'ZZZZ-ZZZZ' })).status).toBe(422);
    expect((await visitor.post(`/partenaire/${pointer}/code`, { code: short })).headers.get('location')).toBe(
      `/partenaire/${pointer}`,
    );
    expect((await visitor.get(`/partenaire/${pointer}`)).headers.get('location')).toBe(
      `/partenaire/demandes/${requestId}`,
    );
    const page = await (await visitor.get(`/partenaire/demandes/${requestId}`)).text();
    expect(page).toContain('Quand la porte sera-t-elle réparée');
    for (const canary of CANARIES) expect(page).not.toContain(canary);

    const other = await asked('O01');
    expect((await visitor.get(`/partenaire/demandes/${other.requestId}`)).status).toBe(404);
    const list = await (await visitor.get('/partenaire')).text();
    expect(list).toContain(requestId);
    expect(list).not.toContain(other.requestId);

    const address = `/partenaire/demandes/${requestId}/repondre`;
    const fields = { form: hiddenOf(page, 'form'), seen: '0', comment: 'Le serrurier vient.' };
    const missing = await visitor.post(address, fields);
    expect([missing.status, (await missing.text()).includes('Le serrurier vient.')]).toEqual([422, true]);
    expect((await visitor.post(address, { ...fields, reply: 'not_competent' })).status).toBe(422);
    expect((await visitor.post(address, { ...fields, reply: 'in_hand', action_on: '31/02/2027' })).status).toBe(422);
    const answer = { ...fields, reply: 'in_hand', action_on: '25/01/2027' };
    expect((await visitor.post(address, answer)).headers.get('location')).toBe(
      `/partenaire/demandes/${requestId}?repondu`,
    );
    // A second click is answered like the first.
    expect((await visitor.post(address, answer)).status).toBe(303);
    const answers = await town.owner
      .selectFrom('partner_answer')
      .select('reply')
      .where('request_id', '=', requestId)
      .execute();
    expect(answers).toEqual([{ reply: 'in_hand' }]);
    const flag = await town.owner
      .selectFrom('mediation_case')
      .select('waiting_for_partner')
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(flag.waiting_for_partner).toBe(false);
    await visitor.post('/partenaire/sortir', {});
    expect((await visitor.get(`/partenaire/demandes/${requestId}`)).status).toBe(403);
  });

  test('a request that ended meanwhile says so and keeps the text; so does a session that ended', async () => {
    const { visitor, pointer, short, requestId, carried } = await opened('O13');
    await visitor.post(`/partenaire/${pointer}/code`, { code: short });
    const page = await (await visitor.get(`/partenaire/demandes/${requestId}`)).text();
    await proposeClosing(carried.web, carried.leader(), {
      caseId: carried.caseId,
      outcome: 'ORIENTE',
      target: 'CDAD',
      reason: 'Autre service.',
    });
    const answer = { form: hiddenOf(page, 'form'), seen: '0', reply: 'answered', comment: 'Nous avons réparé.' };
    const late = await visitor.post(`/partenaire/demandes/${requestId}/repondre`, answer);
    const over = await late.text();
    expect([late.status, over.includes('Nous avons réparé.')]).toEqual([409, true]);
    // R30, T32: its number and its state are all that is left, and no mail leads to it.
    for (const text of [over, await (await visitor.get(`/partenaire/demandes/${requestId}`)).text()]) {
      expect(text).toContain('Annulée');
      expect(text).not.toContain('réparée');
      expect(text).not.toContain('<textarea');
    }
    expect((await visitor.get(`/partenaire/${pointer}`)).status).toBe(200);
    const stranger = await new Visitor(app).post(`/partenaire/demandes/${requestId}/repondre`, answer);
    expect([stranger.status, (await stranger.text()).includes('Nous avons réparé.')]).toEqual([403, true]);
  });
});

test('R46: after a colleague’s last answer the page takes no other, and keeps the text; so does a closed organisation’s', async () => {
  const { visitor, pointer, short, requestId, carried, caseId } = await opened('O14');
  await visitor.post(`/partenaire/${pointer}/code`, { code: short });
  const page = await (await visitor.get(`/partenaire/demandes/${requestId}`)).text();
  await notePhoneAnswer(carried.web, carried.mediator(), { caseId, requestId, reply: 'unable' });
  const answer = { form: hiddenOf(page, 'form'), seen: '0', reply: 'answered', comment: 'Le gardien passe lundi.' };
  const late = await visitor.post(`/partenaire/demandes/${requestId}/repondre`, answer);
  const text = await late.text();
  expect([late.status, text.includes('Le gardien passe lundi.'), text.includes('<textarea')]).toEqual([
    409,
    true,
    false,
  ]);
  await town.owner.updateTable('organisation').set({ ended_at: new Date() }).where('code', '=', 'O14').execute();
  const closed = await visitor.post(`/partenaire/demandes/${requestId}/repondre`, answer);
  expect([closed.status, (await closed.text()).includes('Le gardien passe lundi.')]).toEqual([403, true]);
});

test('P-20: a pointer to nothing looks like any other, and no mail leaves', async () => {
  const visitor = new Visitor(app);
  const nothing = crypto.randomUUID();
  const codes = town.owner.selectFrom('mail').select('id').where('template', '=', 'partner_code');
  const before = (await codes.execute()).length;
  expect((await visitor.get(`/partenaire/${nothing}`)).status).toBe(200);
  expect((await visitor.post(`/partenaire/${nothing}`, {})).status).toBe(303);
  expect((await visitor.post(`/partenaire/${nothing}/code`, { code: '7K2M-9QXD' })).status).toBe(422);
  expect(await codes.execute()).toHaveLength(before);
});

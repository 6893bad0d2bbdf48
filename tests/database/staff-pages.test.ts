import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDeadline } from '../../src/deadlines/open-deadline.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { addToDayMail } from '../../src/mail/queue-staff-mail.ts';
import { settleMail } from '../../src/mail/settle-mail.command.ts';
import { mailContext, mailRow } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';
import { webApp } from '../support/web.ts';

let town: TestTown;
let app: Awaited<ReturnType<typeof webApp>>;
let cookie: string;
beforeAll(async () => {
  town = await testTown('staff-pages');
  app = await webApp(town);
  const entered = await post('/demo/entrer', { person: town.person('R1') });
  cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterAll(() => town.close());

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  return app.request(`http://localhost${path}`, {
    method: 'POST',
    headers: {
      origin: 'http://localhost:80',
      'content-type': 'application/x-www-form-urlencoded',
      ...(cookie ? { cookie } : {}),
    },
    body: new URLSearchParams(fields).toString(),
  });
}
const page = async (path: string) => (await app.request(`http://localhost${path}`, { headers: { cookie } })).text();
const age = (table: 'mail' | 'outbox', minutes: number) =>
  sql`update ${sql.table(table)} set created_at = clock_timestamp() - make_interval(mins => ${minutes})`.execute(
    town.owner,
  );

describe('the banner of people at work (SMTP or Temporal away)', () => {
  test('nothing is said while everything is fresh; after five minutes what waits is said on every page, until it left', async () => {
    const { caseId } = await submit(town);
    await sql`insert into mail (town_id, case_id, template, dedupe_key, message_id, not_before)
      values (${town.townId}, ${caseId}, 'acknowledgement', 'late', 'late@x', business_now(${town.townId}::uuid) - interval '6 minutes')`.execute(
      town.owner,
    );
    const said = async () => {
      const text = await page(`/equipe/demandes/${caseId}`);
      return [text.includes('Des courriels attendent'), text.includes('les suites automatiques attendent')];
    };
    expect(await said()).toEqual([false, false]);
    await age('mail', 4);
    await age('outbox', 4);
    expect(await said()).toEqual([false, false]);
    await age('mail', 6);
    expect(await said()).toEqual([true, false]);
    await age('outbox', 6);
    expect(await said()).toEqual([true, true]);
    expect(await page('/equipe')).toContain('Des courriels attendent');
    await town.owner.updateTable('mail').set({ state: 'accepted' }).execute();
    await town.owner.updateTable('outbox').set({ delivered_at: new Date() }).execute();
    expect(await said()).toEqual([false, false]);
  });

  test('a mail held for the morning is not late', async () => {
    const { caseId } = await submit(town);
    await town.owner.updateTable('outbox').set({ delivered_at: new Date() }).execute();
    await sql`insert into mail (town_id, case_id, template, dedupe_key, message_id, not_before)
      values (${town.townId}, ${caseId}, 'acknowledgement', 'held', 'held@x', business_now(${town.townId}::uuid) + interval '9 hours')`.execute(
      town.owner,
    );
    await age('mail', 60);
    expect(await page('/equipe')).not.toContain('Des courriels attendent');
  });
});

describe('an uncertain mail', () => {
  test('is chosen by its name and sent again from a page, once', async () => {
    const { caseId } = await submit(town);
    const found = await sql<{
      id: string;
    }>`insert into mail (town_id, case_id, template, dedupe_key, message_id, not_before, state)
      values (${town.townId}, ${caseId}, 'closed', 'unsure', 'unsure@x', business_now(${town.townId}::uuid), 'unknown') returning id`.execute(
      town.owner,
    );
    const mailId = found.rows[0]?.id ?? '';
    const ctx = town.context('passerelle_worker');
    const policy = await ctx.policies.of(town.townId);
    await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, (tx) =>
      openDeadline(tx, policy, { caseId, kind: 'task_mail_uncertain', mailId, reason: 'closed' }),
    );
    const address = `/equipe/demandes/${caseId}/courriel`;
    const form = await page(address);
    expect(form).toContain('Annonce de la clôture');
    expect(form).not.toContain('checked');
    expect((await post(address, {})).status).toBe(422);
    expect((await post(address, { mail: mailId })).status).toBe(303);
    expect((await post(address, { mail: mailId })).status).toBe(409);
    const mail = await town.owner.selectFrom('mail').select('state').where('id', '=', mailId).executeTakeFirstOrThrow();
    expect(mail.state).toBe('queued');
  });

  test('that gathered a day’s lines is not sent again from a case: its task is only to be finished', async () => {
    const { caseId } = await submit(town);
    const ctx = town.context('passerelle_worker');
    const policy = await ctx.policies.of(town.townId);
    await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, (tx) =>
      addToDayMail(tx, policy, town.person('R1'), { caseId, template: 'triage_due' }),
    );
    const mail = await town.owner
      .selectFrom('mail_item')
      .innerJoin('mail', 'mail.id', 'mail_item.mail_id')
      .selectAll('mail')
      .where('mail_item.case_id', '=', caseId)
      .executeTakeFirstOrThrow();
    await town.owner.updateTable('mail').set({ state: 'sending', attempts: 1 }).where('id', '=', mail.id).execute();
    const taken = { ...mail, attempts: 1 };
    await settleMail(mailContext(town, 'smtp://127.0.0.1:1'), policy, town.townId, taken, { state: 'unknown' });

    const address = `/equipe/demandes/${caseId}`;
    const theCase = await page(address);
    expect(theCase).toContain('Message du jour à l’équipe\u00a0: envoi incertain');
    expect(theCase).toContain('Vérifier un envoi incertain');
    expect(theCase).not.toContain(`${address}/courriel`);
    expect(await page(`${address}/courriel`)).not.toContain('<form method="post" action="/equipe/demandes/');
    expect((await post(`${address}/courriel`, { mail: mail.id })).status).toBe(422);
    expect(await mailRow(town, mail.id)).toMatchObject({ state: 'unknown' });

    const task = town.owner.selectFrom('deadline').select(['id', 'state']).where('case_id', '=', caseId);
    const { id } = await task.where('kind', '=', 'task_mail_uncertain').executeTakeFirstOrThrow();
    expect((await post(`${address}/tache`, { task: id })).status).toBe(303);
    expect(await page(address)).not.toContain('Vérifier un envoi incertain');
  });
});

describe('a session that ends while somebody writes', () => {
  test('what was written comes back to be copied, nothing is done, nothing of the case is shown', async () => {
    const { caseId, number } = await submit(town);
    const kept = cookie;
    cookie = '';
    const answer = await post(`/equipe/demandes/${caseId}/question`, { question: 'Depuis <quand> ?', by: 'x' });
    cookie = kept;
    const text = await answer.text();
    expect(answer.status).toBe(403);
    expect(text).toContain('Votre session est finie');
    expect(text).toContain('Depuis &lt;quand&gt; ?');
    expect(text).not.toContain(number);
    const row = await town.owner
      .selectFrom('mediation_case')
      .select('state')
      .where('id', '=', caseId)
      .executeTakeFirst();
    expect(row?.state).toBe('received');
  });

  test('R86: what was typed comes back whatever a field makes of it, what was chosen does not', async () => {
    const { caseId } = await submit(town);
    const kept = cookie;
    cookie = '';
    const typed = { name: 'Famille Aubertin', phone: '06 39 98 56 79', email: 'aubertin@courriel.example' };
    const party = await (await post(`/equipe/demandes/${caseId}/coordonnees`, { ...typed, kind: 'household' })).text();
    for (const words of Object.values(typed)) expect(party).toContain(words);
    expect(party).not.toContain('household');
    const closing = { outcome: 'ECHEC', reason: 'Rien n’a pu être convenu.' };
    const ended = await (await post(`/equipe/demandes/${caseId}/clore`, closing)).text();
    cookie = kept;
    expect(ended).toContain(closing.reason);
    expect(ended).not.toContain(closing.outcome);
  });
});

describe('the demonstration’s page', () => {
  test('counts what waits for whom without writing down a reading in their names', async () => {
    const reads = async () => (await town.owner.selectFrom('case_read').select('id').execute()).length;
    const before = await reads();
    expect(await page('/demo')).toContain('Nadège Kerlidou');
    expect(await reads()).toBe(before);
    await page('/equipe');
    expect(await reads()).toBe(before + 1);
  });
});

describe('an act that is no longer possible', () => {
  test('is not asked when its page is opened, and a list with nothing left to choose shows no form', async () => {
    const { caseId } = await submit(town);
    const gone = async (slug: string) => {
      const text = await page(`/equipe/demandes/${caseId}/${slug}`);
      return [
        text.includes('Cette action n’est plus possible'),
        text.includes('<form method="post" action="/equipe/demandes/'),
      ];
    };
    for (const slug of ['affecter', 'valider', 'prendre', 'tache', 'courriel', 'corriger', 'prolonger'])
      expect({ slug, gone: await gone(slug) }).toEqual({ slug, gone: [true, false] });
    for (const slug of ['accepter', 'question', 'danger', 'arreter'])
      expect({ slug, gone: await gone(slug) }).toEqual({ slug, gone: [false, true] });
    const sent = await post(`/equipe/demandes/${caseId}/tache`, {});
    expect([sent.status, (await sent.text()).includes('plus possible')]).toEqual([422, true]);
  });
});

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { askQuestion } from '../../src/cases/triage.command.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { claimMail } from '../../src/mail/claim-mail.command.ts';
import { settleMail } from '../../src/mail/settle-mail.command.ts';
import { addToDayMail } from '../../src/mail/queue-staff-mail.ts';
import { loadMail } from '../../src/mail/load-mail.query.ts';
import { blockedConnections } from '../support/database.ts';
import { mailContext, mailRow, MAIL_ORIGIN, takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('day-mail');
});
afterAll(() => town.close());

test('one mail a person and day: steps of several cases that open it at the same moment all stand in it', async () => {
  const cases = await Promise.all(Array.from({ length: 6 }, () => submit(town)));
  const { db, policies } = town.context('passerelle_worker');
  const policy = await policies.of(town.townId);
  for (const ref of ['R1', 'R2', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8']) {
    const personId = town.person(ref);
    const lines = cases.map(({ caseId }) =>
      inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
        addToDayMail(tx, policy, personId, { caseId, template: 'new_request' }),
      ),
    );
    await Promise.all(lines);
    const mails = await town.owner.selectFrom('mail').select('id').where('person_id', '=', personId).execute();
    expect(mails).toHaveLength(1);
    const items = await town.owner
      .selectFrom('mail_item')
      .select('case_id')
      .where('mail_id', '=', mails[0]?.id ?? '')
      .execute();
    expect(items).toHaveLength(cases.length);
    expect(new Set(items.map((item) => item.case_id))).toEqual(new Set(cases.map(({ caseId }) => caseId)));
  }
});

test('what comes after the day’s mail has left, in the evening or on a closed day stands in the next one', async () => {
  const { db, policies } = town.context('passerelle_worker');
  const policy = await policies.of(town.townId);
  const { caseId } = await submit(town);
  const at = async (instant: string) => {
    await new TownClock(town).to(new Date(instant));
    await inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
      addToDayMail(tx, policy, town.person('R2'), { caseId, template: 'new_request' }),
    );
    const newest = town.owner.selectFrom('mail').select('reminder_day').where('person_id', '=', town.person('R2'));
    return (await newest.orderBy('reminder_day', 'desc').executeTakeFirst())?.reminder_day;
  };
  await town.owner.updateTable('mail').set({ state: 'accepted' }).execute();
  expect(await at('2027-01-11T10:30:00+01:00')).toBe('2027-01-12');
  expect(await at('2027-01-13T08:00:00+01:00')).toBe('2027-01-13');
  expect(await at('2027-01-13T18:00:00+01:00')).toBe('2027-01-14');
  expect(await at('2027-01-16T11:00:00+01:00')).toBe('2027-01-18');
});

test('a line whose wait is over when the mail leaves is not said', async () => {
  const { caseId } = await submit(town);
  const other = await submit(town);
  await takeDueSteps(town, caseId);
  await takeDueSteps(town, other.caseId);
  const leader = { townId: town.townId, personId: town.person('R1') };
  await askQuestion(town.context('passerelle_web'), leader, { caseId, question: 'Quel étage ?' });
  const item = town.owner.selectFrom('mail_item').select('mail_id').where('case_id', '=', caseId);
  const { mail_id: mailId } = await item.executeTakeFirstOrThrow();
  const { db, policies, keys } = town.context('passerelle_worker');
  const policy = await policies.of(town.townId);
  const mail = await mailRow(town, mailId);
  const loaded = await inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
    loadMail(tx, policy, keys, MAIL_ORIGIN, mail),
  );
  const said = loaded.send && loaded.letter.facts.template === 'day' ? loaded.letter.facts.lines : [];
  expect(said.map(({ number }) => number)).toContain(other.number);
  expect(said.map(({ number }) => number)).not.toContain((await numberOf(caseId)).number);
});

const numberOf = (caseId: string) =>
  town.owner.selectFrom('mediation_case').select('number').where('id', '=', caseId).executeTakeFirstOrThrow();

test('a line that is being added while the mail is claimed stands in it', async () => {
  await new TownClock(town).to(new Date('2027-01-18T10:00:00+01:00'));
  const [one, other] = [await submit(town), await submit(town)];
  const { db, policies } = town.context('passerelle_worker');
  const policy = await policies.of(town.townId);
  const personId = town.person('M8');
  const add = (caseId: string, added: () => Promise<void> = () => Promise.resolve()) =>
    inTransaction(db, { role: 'app_worker', townId: town.townId }, async (tx) => {
      await addToDayMail(tx, policy, personId, { caseId, template: 'new_request' });
      await added();
    });
  await add(one.caseId);
  const mails = town.owner
    .selectFrom('mail')
    .select('id')
    .where('person_id', '=', personId)
    .where('state', '=', 'queued');
  const [mail] = await mails.execute();
  await town.owner
    .updateTable('mail')
    .set({ not_before: new Date(0) })
    .where('id', '=', mail?.id ?? '')
    .execute();
  let claiming: ReturnType<typeof claimMail> | undefined;
  // The line is written and not committed: the claim starts now, and the commit comes once PostgreSQL says that it waits.
  await add(other.caseId, async () => {
    claiming = claimMail(mailContext(town, 'smtp://127.0.0.1:1'), policy, town.townId, mail?.id ?? '');
    await vi.waitUntil(async () => (await blockedConnections(town.owner)) > 0, { timeout: 4_000, interval: 20 });
  });
  const facts = (await claiming)?.letter.facts;
  const said = facts?.template === 'day' ? facts.lines.map(({ number }) => number) : [];
  expect(said).toEqual([one.number, other.number]);
});

test.each([
  ['refused', 'task_mail_refused'],
  ['unknown', 'task_mail_uncertain'],
] as const)(
  'a day’s mail that is %s is written on each case it spoke of, once a case, and told to the deputy',
  async (state, kind) => {
    const { db, policies } = town.context('passerelle_worker');
    const policy = await policies.of(town.townId);
    const ctx = mailContext(town, 'smtp://127.0.0.1:1');
    const personId = town.person('R1');
    const cases = [await submit(town), await submit(town)];
    const lose = async () => {
      for (const { caseId } of cases)
        await inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
          addToDayMail(tx, policy, personId, { caseId, template: 'triage_due' }),
        );
      const mails = town.owner
        .selectFrom('mail')
        .selectAll()
        .where('person_id', '=', personId)
        .where('state', '=', 'queued');
      const mail = await mails.executeTakeFirstOrThrow();
      await town.owner.updateTable('mail').set({ state: 'sending', attempts: 1 }).where('id', '=', mail.id).execute();
      await settleMail(ctx, policy, town.townId, { ...mail, attempts: 1 }, { state });
    };
    await lose();
    await new TownClock(town).forward(4);
    await lose();
    for (const { caseId } of cases) {
      const tasks = town.owner
        .selectFrom('deadline')
        .select('kind')
        .where('case_id', '=', caseId)
        .where('reason', '=', 'day');
      expect(await tasks.execute()).toEqual([{ kind }]);
      const events = town.owner
        .selectFrom('case_event')
        .select('data')
        .where('case_id', '=', caseId)
        .where('code', '=', 'mail_settled');
      expect((await events.execute()).map(({ data }) => data)).toEqual(
        Array(2).fill({ template: 'day', state, to: 'staff' }),
      );
      const step = town.owner.selectFrom('step').select(['audience', 'template']).where('case_id', '=', caseId);
      expect(await step.where('template', 'in', ['mail_refused', 'mail_uncertain']).execute()).toEqual([
        { audience: 'deputy', template: state === 'refused' ? 'mail_refused' : 'mail_uncertain' },
      ]);
      const granted = town.owner.selectFrom('leadership_grant').select('person_id').where('case_id', '=', caseId);
      expect(await granted.execute()).toEqual([{ person_id: town.person('R2') }]);
    }
  },
);

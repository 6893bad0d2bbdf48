import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginFollowUp, beginMediation } from '../../src/cases/mediate.command.ts';
import { withdrawByRequester } from '../../src/cases/withdraw.command.ts';
import { DomainError } from '../../src/errors.ts';
import { sendMail } from '../../src/mail/send-mail.command.ts';
import { askPartner } from '../../src/partners/ask-partner.command.ts';
import { answerByCode } from '../../src/parties/answer-by-code.command.ts';
import { EXPLANATIONS } from '../../src/parties/write-agreement.ts';
import { Carried } from '../support/agreements.ts';
import { startLyingSmtp } from '../support/lying-smtp.ts';
import { mailContext, takeDueSteps } from '../support/mails.ts';
import { TownClock } from '../support/town-clock.ts';
import { type TestTown, testTown } from '../support/town.ts';

// What goes wrong between people, mail and the calendar.

let town: TestTown;
let clock: TownClock;
beforeAll(async () => {
  town = await testTown('failures');
  clock = new TownClock(town);
});
afterAll(() => town.close());

const moveTo = (at: string) => clock.to(new Date(at));
const waitOf = async (caseId: string, kind: string) =>
  town.owner
    .selectFrom('deadline')
    .select(['due_day', 'state'])
    .where('case_id', '=', caseId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();

test('R30: a withdrawal racing an agreement, either way round, leaves nothing open, nothing given and nothing shared', async () => {
  let refused = 0;
  for (let round = 0; round < 12; round += 1) {
    const carried = new Carried(town);
    const caseId = await carried.toAgreements({ email: `rosa-${round}@courriel.example` });
    const partyId = await carried.partyId('other');
    const answer = { takePart: true, contactOther: false, recontact: true, explained: EXPLANATIONS };
    const yes = () => answerByCode(carried.web, { townId: town.townId, caseId, partyId }, answer, 'fr');
    const stop = () => withdrawByRequester(carried.web, { townId: town.townId, caseId });
    // Whoever asks first is not always first: both orders are met.
    for (const outcome of await Promise.allSettled(round % 2 === 0 ? [yes(), stop()] : [stop(), yes()])) {
      if (outcome.status === 'fulfilled') continue;
      expect(outcome.reason).toBeInstanceOf(DomainError);
      refused += 1;
    }
    const row = await town.owner
      .selectFrom('mediation_case')
      .select(['state', 'outcome'])
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ state: 'closed', outcome: 'RETRAIT' });
    const waits = town.owner
      .selectFrom('deadline')
      .select('kind')
      .where('case_id', '=', caseId)
      .where('state', '=', 'open');
    expect((await waits.execute()).filter(({ kind }) => !kind.startsWith('task'))).toEqual([]);
    const steps = town.owner.selectFrom('step').select('template').where('case_id', '=', caseId);
    // The one thing still to come: the other side is told that it has stopped.
    expect(await steps.where('state', 'in', ['pending', 'paused']).execute()).toEqual([
      { template: 'mediation_stopped' },
    ]);
    const left = await sql<{ asked: string; given: string }>`
      select (select count(*) from agreement where case_id = ${caseId} and state = 'asked') as asked,
             (select count(*) from agreement_item where case_id = ${caseId} and given and withdrawn_at is null) as given`.execute(
      town.owner,
    );
    expect(left.rows).toEqual([{ asked: '0', given: '0' }]);
  }
  // One of the two orders at least was met: an answer that came after the end was refused.
  expect(refused).toBeGreaterThan(0);
});

test('F-23: the référent’s mailbox refuses: the next person of the ladder is asked, and the leader has a task', async () => {
  const server = await startLyingSmtp();
  const mails = mailContext(town, server.url);
  const carried = new Carried(town);
  const caseId = await carried.toFirstContact();
  const { id: organisationId } = await town.owner
    .selectFrom('organisation')
    .select('id')
    .where('code', '=', 'O11')
    .executeTakeFirstOrThrow();
  await askPartner(carried.web, carried.mediator(), {
    caseId,
    organisationId,
    urgency: 'standard',
    question: 'Quand ?',
  });
  await takeDueSteps(town, caseId);
  const queued = () =>
    town.owner
      .selectFrom('mail as m')
      .innerJoin('mail_item as i', 'i.mail_id', 'm.id')
      .innerJoin('organisation_contact as c', 'c.id', 'm.contact_id')
      .select(['m.id', 'c.position', 'm.state'])
      .where('i.case_id', '=', caseId)
      .orderBy('m.created_at')
      .execute();
  const [first] = await queued();
  expect(first?.position).toBe('referent');
  server.lie('RCPT', { reply: '550 5.1.1 no such mailbox' });
  await sendMail(mails, town.townId, first?.id ?? '');
  expect((await queued()).map(({ position, state }) => `${position} ${state}`)).toEqual([
    'referent refused',
    'substitute queued',
  ]);
  expect((await waitOf(caseId, 'task_mail_refused')).state).toBe('open');
  await mails.smtp.close();
  await server.close();
});

test('spec §4.4: a check due on 25 December is due on the next working day', async () => {
  await moveTo('2028-11-24T09:00:00Z');
  const carried = new Carried(town);
  const caseId = await carried.toAgreements();
  await carried.says('other');
  await beginMediation(carried.web, carried.mediator(), caseId);
  await moveTo('2028-11-25T09:00:00Z');
  await beginFollowUp(carried.web, carried.mediator(), { caseId, result: 'APAISE' });
  // 25 December 2028 is a Monday.
  expect((await waitOf(caseId, 'check_m1')).due_day).toBe('2028-12-26');
});

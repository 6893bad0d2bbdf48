import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { raiseDanger } from '../../src/cases/danger.command.ts';
import type { MailContext } from '../../src/mail/mail-context.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { openDeadline } from '../../src/deadlines/open-deadline.ts';
import { dueMails } from '../../src/mail/due-mails.query.ts';
import { resendUncertain } from '../../src/mail/resend-mail.command.ts';
import { sendMail, settleLostMail } from '../../src/mail/send-mail.command.ts';
import { DAY_ITEMS, REQUESTER_TEMPLATES } from '../../src/mail/templates.ts';
import { type LyingSmtp, startLyingSmtp } from '../support/lying-smtp.ts';
import { letLeasesEnd, mailContext, mailRow, MAIL_ORIGIN, queueMail, takeDueSteps } from '../support/mails.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
let server: LyingSmtp;
let ctx: MailContext;
beforeAll(async () => {
  town = await testTown('send-mail');
});
afterAll(() => town.close());
beforeEach(async () => {
  server = await startLyingSmtp();
  ctx = mailContext(town, server.url);
});
afterEach(async () => {
  await ctx.smtp.close();
  await server.close();
});

const leader = () => ({ townId: town.townId, personId: town.person('R1') });
const send = (mailId: string) => sendMail(ctx, town.townId, mailId);
const copies = (messageId: string) => server.stored.get(messageId)?.length ?? 0;
const lookup = async (messageId: string) => server.stored.has(messageId);

async function closingMail(): Promise<{ caseId: string; number: string; mailId: string; messageId: string }> {
  const { caseId, number } = await submit(town);
  const mailId = await queueMail(town, { template: 'closed', caseId, personId: null });
  return { caseId, number, mailId, messageId: (await mailRow(town, mailId)).message_id };
}

async function openTasks(caseId: string): Promise<{ kind: string; mail_id: string | null; reason: string | null }[]> {
  return town.owner
    .selectFrom('deadline')
    .select(['kind', 'mail_id', 'reason'])
    .where('case_id', '=', caseId)
    .where('kind', 'like', 'task%')
    .where('state', '=', 'open')
    .execute();
}

async function settled(caseId: string): Promise<unknown[]> {
  const events = await town.owner
    .selectFrom('case_event')
    .select('data')
    .where('case_id', '=', caseId)
    .where('code', '=', 'mail_settled')
    .orderBy('seq')
    .execute();
  return events.map((event) => event.data);
}

/** What a pump does with mails whose sender is gone. */
async function settleLost(): Promise<void> {
  for (const mail of await dueMails(ctx.db, 100)) {
    if (mail.lost) await settleLostMail(ctx, mail.town_id, mail, mail.held_for_long);
  }
}

describe('a mail of the ledger', () => {
  test('leaves once, under its Message-ID, dated in business time, and its acceptance stands on the case', async () => {
    const { caseId, number } = await submit(town);
    await takeDueSteps(town, caseId);
    const queued = await town.owner
      .selectFrom('mail')
      .select('id')
      .where('case_id', '=', caseId)
      .where('template', '=', 'acknowledgement')
      .executeTakeFirstOrThrow();
    await Promise.all([send(queued.id), send(queued.id), send(queued.id)]);
    await send(queued.id);
    const row = await mailRow(town, queued.id);
    expect(row).toMatchObject({ state: 'accepted', attempts: 1, lease_until: null });
    expect(copies(row.message_id)).toBe(1);
    const stored = server.stored.get(row.message_id)?.[0];
    expect(stored?.to).toEqual(['rosa@courriel.example']);
    const parsed = await simpleParser(stored?.raw ?? '');
    expect(parsed.subject).toBe(`Votre demande n°\u00a0${number}`);
    expect(parsed.from?.text).toBe('"Médiation Val-Rivière" <mediation@val-riviere.example>');
    expect(parsed.date?.toISOString().slice(0, 10)).toBe('2027-01-11');
    expect(parsed.text).toContain('Nous la lisons au plus tard le mercredi 13 janvier.');
    expect(await settled(caseId)).toEqual([{ template: 'acknowledgement', state: 'accepted', to: 'requester' }]);
  });

  test('is not touched before its time', async () => {
    const { mailId } = await closingMail();
    await town.owner
      .updateTable('mail')
      .set({ not_before: new Date('2027-01-12T09:00:00Z') })
      .where('id', '=', mailId)
      .execute();
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'queued', attempts: 0 });
    expect(server.connections()).toBe(0);
  });
});

/** What reminders remind of: a question, an agreement, an opinion. */
async function everythingIsAsked(caseId: string): Promise<void> {
  const policy = await ctx.policies.of(town.townId);
  const { id: partyId } = await town.owner.selectFrom('party').select('id').where('case_id', '=', caseId).executeTakeFirstOrThrow(); // prettier-ignore
  await inTransaction(ctx.db, { role: 'app_worker', townId: town.townId }, async (tx) => {
    await openDeadline(tx, policy, { caseId, kind: 'more_info' });
    await openDeadline(tx, policy, { caseId, kind: 'agreement', partyId });
  });
  await town.owner
    .insertInto('questionnaire')
    .values({ case_id: caseId, town_id: town.townId, party_id: partyId, cycle: 1, opened_at: new Date(), closes_on: '2027-02-11' })
    .execute(); // prettier-ignore
}

test('§4.13 invariant 4: with marks in every field of the case, no mail of any template carries one', async () => {
  const { caseId } = await submit(town, {
    story: 'Zcanari https://evil.example/login',
    placeText: 'Zcanari-Lieu',
    firstName: 'Zcanari',
    phone: '+33639981299',
    email: 'zcanari@courriel.example',
    postalAddress: '12 rue du Zcanari',
    trustedPerson: 'Zcanari-Confiance',
    contactHours: 'Zcanari-Heures',
    categories: ['BRUIT'],
    quarter: 'PEU',
  });
  const personId = town.person('R1');
  await everythingIsAsked(caseId);
  const ids = [
    ...(await Promise.all(
      // Those of a session need one; tests/database/sessions searches them.
      REQUESTER_TEMPLATES.filter((template) => !template.startsWith('session_')).map((template) =>
        queueMail(town, { template, caseId, personId: null }),
      ),
    )),
    await queueMail(town, { template: 'danger_alert', caseId, personId }),
    await queueMail(town, { template: 'assignment', caseId, personId }),
    await queueMail(town, { template: 'invitation', caseId: null, personId }),
  ];
  const day = await queueMail(town, { template: 'day', caseId: null, personId });
  for (const template of DAY_ITEMS) {
    const item = {
      mail_id: day,
      town_id: town.townId,
      case_id: caseId,
      step_id: null,
      template,
      due_day: '2027-01-13',
    };
    await town.owner
      .insertInto('mail_item')
      .values({ ...item, created_at: new Date() })
      .execute();
  }
  for (const id of [...ids, day]) await send(id);
  const mails = [...server.stored.values()].flat();
  expect(mails).toHaveLength(ids.length + 1);
  const place = await town.owner
    .selectFrom('quarter')
    .select('name')
    .where('code', '=', 'PEU')
    .executeTakeFirstOrThrow();
  for (const mail of mails) {
    const parsed = await simpleParser(mail.raw);
    const headers = [...parsed.headerLines].filter((header) => header.key !== 'to').map((header) => header.line);
    const written = [...headers, parsed.subject, parsed.text, parsed.html].join('\n');
    for (const mark of [/canari/i, /639981299/, /BRUIT/, /\bPEU\b/, new RegExp(place.name), /Kerlidou|Nadège/]) {
      expect(written).not.toMatch(mark);
    }
    const addresses = written.match(/https?:\/\/[^\s"<)]+/g) ?? [];
    expect(addresses.filter((address) => !address.startsWith(`${MAIL_ORIGIN}/`))).toEqual([]);
  }
});

describe('R85, R98: whether the person may be written to is decided again when the mail leaves', () => {
  test('danger raised meanwhile: nothing leaves, the case says why, and somebody is asked to call', async () => {
    const { caseId, mailId } = await closingMail();
    await raiseDanger(town.context('passerelle_web'), leader(), caseId);
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'cancelled', attempts: 0 });
    expect(server.connections()).toBe(0);
    expect(await settled(caseId)).toEqual([
      { template: 'closed', state: 'cancelled', to: 'requester', reason: 'danger' },
    ]);
    expect(await openTasks(caseId)).toEqual([{ kind: 'task_call_requester', mail_id: null, reason: 'closed' }]);
  });

  test('the alert of that danger does leave, to the leader', async () => {
    const { caseId } = await submit(town, { danger: true });
    const alert = await town.owner
      .selectFrom('mail')
      .select(['id', 'message_id'])
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow();
    await send(alert.id);
    expect(server.stored.get(alert.message_id)?.[0]?.to).toEqual(['nadege.kerlidou@val-riviere.example']);
  });

  test.each([
    ['no_address', { email: null, email_hash: null }],
    ['asked_not_to_write', { precautions: ['do_not_write' as const] }],
    ['minor', { age_group: 'minor' as const }],
  ])('%s', async (reason, change) => {
    const { caseId, mailId } = await closingMail();
    await town.owner.updateTable('case_identity').set(change).where('case_id', '=', caseId).execute();
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'cancelled' });
    expect(await settled(caseId)).toMatchObject([{ state: 'cancelled', reason }]);
    expect(server.connections()).toBe(0);
  });

  test('a member of staff who has left gets nothing any more', async () => {
    const personId = town.person('M8');
    await town.owner.updateTable('person').set({ active: false }).where('id', '=', personId).execute();
    const mailId = await queueMail(town, { template: 'invitation', caseId: null, personId });
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'cancelled' });
  });
});

describe('F-20, F-22: the server is away or says « not now »', () => {
  test('the mail waits, longer each time, and leaves once when the server is back', async () => {
    const { caseId, mailId, messageId } = await closingMail();
    const waits: number[] = [];
    let triedSince: Date | null = null;
    for (const stage of ['connect', 'RCPT', 'dot'] as const) {
      server.lie(stage, stage === 'connect' ? { drop: true } : { reply: '450 not now' });
      await send(mailId);
      const row = await mailRow(town, mailId);
      expect(row).toMatchObject({ state: 'queued', lease_until: null, reply_code: stage === 'connect' ? null : 450 });
      waits.push(row.next_attempt_at.getTime() - Date.now());
      await send(mailId);
      expect((await mailRow(town, mailId)).attempts).toBe(row.attempts);
      expect(row.tried_since).toEqual(triedSince ?? row.tried_since);
      triedSince = row.tried_since;
      await letLeasesEnd(town);
    }
    expect(triedSince).not.toBeNull();
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'accepted', attempts: 4 });
    expect(copies(messageId)).toBe(1);
    expect(await openTasks(caseId)).toEqual([]);
  });

  test('« not now » for a day becomes a task; a server that is simply away does not', async () => {
    // When it may leave says nothing of it: a reminder that meets a closed hour waits for the next opening, each evening anew.
    const old = { tried_since: new Date(Date.now() - 25 * 3_600_000) };
    const answered = await closingMail();
    const silent = await closingMail();
    for (const { mailId } of [answered, silent]) {
      await town.owner.updateTable('mail').set(old).where('id', '=', mailId).execute();
    }
    server.lie('RCPT', { reply: '451 later' });
    await send(answered.mailId);
    server.lie('connect', { drop: true });
    await ctx.smtp.close();
    ctx = mailContext(town, server.url);
    await send(silent.mailId);
    expect(await mailRow(town, answered.mailId)).toMatchObject({ state: 'refused', reply_code: 451 });
    expect(await openTasks(answered.caseId)).toMatchObject([{ kind: 'task_mail_refused' }]);
    expect(await mailRow(town, silent.mailId)).toMatchObject({ state: 'queued' });
  });
});

describe('F-23: the address is refused', () => {
  test('no second try; the leader has a task about this mail, and is told through the workflow', async () => {
    const { caseId, mailId } = await closingMail();
    server.lie('RCPT', { reply: '550 nobody here' });
    await send(mailId);
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'refused', reply_code: 550, attempts: 1 });
    expect(await openTasks(caseId)).toEqual([{ kind: 'task_mail_refused', mail_id: mailId, reason: 'closed' }]);
    expect(await settled(caseId)).toEqual([{ template: 'closed', state: 'refused', to: 'requester' }]);
    const steps = await town.owner
      .selectFrom('step')
      .select(['audience', 'template'])
      .where('case_id', '=', caseId)
      .where('template', '=', 'mail_refused')
      .execute();
    expect(steps).toEqual([{ audience: 'leader', template: 'mail_refused' }]);
  });

  test('a mail of the day that is refused makes a task on the case it spoke of', async () => {
    const { caseId } = await submit(town);
    await takeDueSteps(town, caseId);
    const day = await town.owner
      .selectFrom('mail')
      .select('id')
      .where('template', '=', 'day')
      .where('state', '=', 'queued')
      .executeTakeFirstOrThrow();
    server.lie('RCPT', { reply: '550 nobody here' });
    await send(day.id);
    expect(await mailRow(town, day.id)).toMatchObject({ state: 'refused' });
    expect(await openTasks(caseId)).toEqual([{ kind: 'task_mail_refused', mail_id: null, reason: 'day' }]);
  });
});

describe('F-24, I-3: the answer to the dot is lost', () => {
  test('the server can be asked and has it: accepted, one copy', async () => {
    ctx.lookup = lookup;
    const { caseId, mailId, messageId } = await closingMail();
    server.lie('dot', { drop: true, stored: true });
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'accepted', attempts: 1 });
    expect(copies(messageId)).toBe(1);
    expect(await openTasks(caseId)).toEqual([]);
  });

  test('the server can be asked and has not: asked once more a little later, then sent again: one copy', async () => {
    ctx.lookup = lookup;
    const { mailId, messageId } = await closingMail();
    server.lie('dot', { drop: true });
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'sending' });
    await settleLost();
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'sending' });
    await letLeasesEnd(town);
    await settleLost();
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'queued' });
    await letLeasesEnd(town);
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'accepted', attempts: 2 });
    expect(copies(messageId)).toBe(1);
  });

  test('a server slow to store is not sent a second copy', async () => {
    let asked = 0;
    ctx.lookup = async (messageId) => (asked += 1) > 1 && lookup(messageId);
    const { mailId, messageId } = await closingMail();
    server.lie('dot', { drop: true, stored: true });
    await send(mailId);
    await letLeasesEnd(town);
    await settleLost();
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'accepted' });
    expect(copies(messageId)).toBe(1);
  });

  test('the server cannot be asked: unknown, a task, never sent again by itself; the task’s button sends it again', async () => {
    const { caseId, mailId, messageId } = await closingMail();
    server.lie('dot', { drop: true, stored: true });
    await send(mailId);
    await letLeasesEnd(town);
    await settleLost();
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'unknown', attempts: 1 });
    expect(copies(messageId)).toBe(1);
    expect(await openTasks(caseId)).toEqual([{ kind: 'task_mail_uncertain', mail_id: mailId, reason: 'closed' }]);

    const web = town.context('passerelle_web');
    const stranger = { townId: town.townId, personId: town.person('M3') };
    await expect(resendUncertain(web, stranger, { caseId, mailId })).rejects.toThrow('not_found');
    await resendUncertain(web, leader(), { caseId, mailId });
    await expect(resendUncertain(web, leader(), { caseId, mailId })).rejects.toThrow('changed_meanwhile');
    expect(await openTasks(caseId)).toEqual([]);
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'accepted', attempts: 2 });
  });

  test('a lookup that fails is asked again; after five minutes a person decides', async () => {
    ctx.lookup = async () => {
      throw new Error('down');
    };
    const { caseId, mailId } = await closingMail();
    server.lie('dot', { hang: true });
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'sending' });
    await letLeasesEnd(town);
    await settleLost();
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'unknown' });
    expect(await openTasks(caseId)).toMatchObject([{ kind: 'task_mail_uncertain' }]);
  });
});

describe('F-37: a sender that comes back late', () => {
  test('its acceptance still counts while the mail waits, and counts for nothing once another has taken it', async () => {
    ctx.lookup = async () => false;
    const { mailId, messageId } = await closingMail();
    server.lie('dot', { slowMs: 400 });
    const late = send(mailId);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await letLeasesEnd(town);
    await settleLost();
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'queued' });
    await late;
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'accepted', attempts: 1 });
    expect(copies(messageId)).toBe(1);
  });

  test('an older attempt’s bad news does not undo a newer one under way', async () => {
    ctx.lookup = async () => false;
    const { mailId } = await closingMail();
    server.lie('RCPT', { hang: true });
    const older = send(mailId);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await letLeasesEnd(town);
    await settleLost();
    await letLeasesEnd(town);
    server.lie('dot', { slowMs: 400 });
    const newer = send(mailId);
    await older;
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'sending', attempts: 2 });
    await newer;
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'accepted', attempts: 2 });
  });
});

describe('F-03: the worker is killed', () => {
  async function killedAt(point: string, mailId: string): Promise<void> {
    const at = (path: string) => new URL(`../../${path}`, import.meta.url).href;
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        `import { armCrashPoint } from '${at('src/crash-point.ts')}';
         import { openDatabase } from '${at('src/db/database.ts')}';
         import { TownPolicies } from '${at('src/deadlines/town-policy.ts')}';
         import { createLog } from '${at('src/log.ts')}';
         import { parseKeyRing } from '${at('src/privacy/key-ring.ts')}';
         import { openSmtp } from '${at('src/mail/smtp-send.ts')}';
         import { sendMail } from '${at('src/mail/send-mail.command.ts')}';
         const { DB, KEYS, SMTP, TOWN, MAIL, POINT } = process.env;
         armCrashPoint(POINT);
         const db = openDatabase(DB, { onIdleError: () => undefined });
         await sendMail({ db, policies: new TownPolicies(db, 'app_worker'), keys: parseKeyRing(KEYS), smtp: openSmtp(SMTP),
           log: createLog('test', 'silent'), origin: '${MAIL_ORIGIN}', from: 'mediation@val-riviere.example' }, TOWN, MAIL);
         process.exit(0);`,
      ],
      {
        env: {
          ...process.env,
          DB: town.database.url('passerelle_worker'),
          KEYS: town.keysText,
          SMTP: server.url,
          TOWN: town.townId,
          MAIL: mailId,
          POINT: point,
        },
        stdio: 'inherit',
      },
    );
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  }

  test.each([
    ['mail.claimed', 0],
    ['mail.sent', 1],
  ])('at %s: one copy in the end', async (point, alreadyThere) => {
    ctx.lookup = lookup;
    const { mailId, messageId } = await closingMail();
    await killedAt(point, mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'sending', attempts: 1 });
    expect(copies(messageId)).toBe(alreadyThere);
    await settleLost();
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'sending' });
    await letLeasesEnd(town);
    await settleLost();
    await letLeasesEnd(town);
    await send(mailId);
    expect(await mailRow(town, mailId)).toMatchObject({ state: 'accepted', attempts: 2 - alreadyThere });
    expect(copies(messageId)).toBe(1);
  });
});

test('F-35: with a wrong key nothing is sent, nothing is lost, and the mail does not turn in a circle', async () => {
  const { mailId } = await closingMail();
  const other = await testTown('send-mail-other');
  try {
    await sendMail({ ...ctx, keys: other.keys }, town.townId, mailId);
  } finally {
    await other.close();
  }
  const row = await mailRow(town, mailId);
  expect(row).toMatchObject({ state: 'queued', attempts: 1 });
  expect(row.next_attempt_at.getTime()).toBeGreaterThan(Date.now() + 30_000);
  expect(server.connections()).toBe(0);
});

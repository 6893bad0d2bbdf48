import { sql } from 'kysely';
import { inTransaction } from '../../src/db/transaction.ts';
import { takeStep } from '../../src/deadlines/take-step.command.ts';
import { createLog } from '../../src/log.ts';
import { loadMail } from '../../src/mail/load-mail.query.ts';
import type { MailContext } from '../../src/mail/mail-context.ts';
import { messageIdFor } from '../../src/mail/message-id.ts';
import { type RenderedMail, renderMail } from '../../src/mail/render.ts';
import { openSmtp } from '../../src/mail/smtp-send.ts';
import type { MailTemplate } from '../../src/mail/templates.ts';
import type { TestTown } from './town.ts';

export const MAIL_ORIGIN = 'https://mediation.example';

/** What the worker sends with: real server address, real database role, quick limits. */
export function mailContext(town: TestTown, smtpUrl: string, lookup?: MailContext['lookup']): MailContext {
  return {
    ...town.context('passerelle_worker'),
    smtp: openSmtp(smtpUrl, { connect: 500, greeting: 500, silence: 500, whole: 3_000 }),
    log: createLog('test', 'silent'),
    origin: MAIL_ORIGIN,
    from: 'mediation@val-riviere.example',
    lookup,
  };
}

/** Takes the due steps of a case as its workflow would: announcements and reminders go into the ledger. */
export async function takeDueSteps(town: TestTown, caseId: string): Promise<void> {
  const due = await sql<{ id: string }>`
    select id from step where case_id = ${caseId} and state = 'pending' and at <= business_now(${town.townId}::uuid)
    order by at, ordinal`.execute(town.owner);
  for (const { id } of due.rows) await takeStep(town.context('passerelle_worker'), town.townId, id);
}

/** The first mail of a case to its requester, or to this party, as it would leave now. */
export async function residentMail(town: TestTown, caseId: string, partyId: string | null): Promise<RenderedMail> {
  const { db, policies } = town.context('passerelle_worker');
  const mail = await town.owner.selectFrom('mail').selectAll().where('case_id', '=', caseId).where('person_id', 'is', null).where('party_id', partyId ? '=' : 'is', partyId).orderBy('id').executeTakeFirstOrThrow(); // prettier-ignore
  const policy = await policies.of(town.townId);
  const loaded = await inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
    loadMail(tx, policy, town.keys, MAIL_ORIGIN, mail),
  );
  if (!loaded.send) throw new Error(`held: ${loaded.reason}`);
  return renderMail(loaded.letter.facts);
}

/** Puts one mail into the ledger as it stands, without the command that would queue it. */
export async function queueMail(
  town: TestTown,
  mail: { template: MailTemplate; caseId: string | null; personId: string | null; key?: string },
): Promise<string> {
  const key = mail.key ?? crypto.randomUUID();
  const row = await town.owner
    .insertInto('mail')
    .values({
      town_id: town.townId,
      case_id: mail.caseId,
      person_id: mail.personId,
      template: mail.template,
      reminder_day: null,
      dedupe_key: key,
      message_id: messageIdFor(town.townId, key),
      not_before: sql<Date>`business_now(${town.townId}::uuid)`,
      lease_until: null,
      reply_code: null,
      accepted_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function mailRow(town: TestTown, mailId: string) {
  return town.owner.selectFrom('mail').selectAll().where('id', '=', mailId).executeTakeFirstOrThrow();
}

/** Real time passes: leases end, waits between tries are over. */
export async function letLeasesEnd(town: TestTown): Promise<void> {
  await sql`update mail set lease_until = lease_until - interval '10 minutes', next_attempt_at = next_attempt_at - interval '10 minutes'
    where state in ('queued', 'sending')`.execute(town.owner);
}

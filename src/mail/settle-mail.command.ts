import { sql } from 'kysely';
import { isActive } from '../cases/case-status.ts';
import { lockCase } from '../cases/lock-case.ts';
import { inTransaction, type WorkerTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { recordChange } from '../outbox/record-change.ts';
import { askNextContact } from './ask-next-contact.ts';
import { journalContactMail } from './journal-contact-mail.ts';
import { lockCasesOfDay, noteLostDay } from './lost-day-mail.ts';
import { type MailRow, recipientKind } from './mail-row.ts';
import type { MailContext } from './mail-context.ts';
import { isGathered } from './templates.ts';

/** A mail that was taken for sending, by the attempt that speaks. */
export type TakenMail = MailRow & { attempts: number };
export type MailOutcome = { state: 'accepted' | 'refused' | 'unknown' | 'queued'; code?: number | undefined };

const BACKOFF_SECONDS = [1, 2, 5, 15, 60, 300];

/** Seconds until the next try, with a tremble so that many do not come back at once (F-20). */
function backoff(attempts: number): number {
  const seconds = BACKOFF_SECONDS[Math.min(attempts, BACKOFF_SECONDS.length) - 1] ?? 1;
  return seconds * (0.8 + Math.random() * 0.4);
}

/**
 * Writes down what became of a mail, once: an attempt that is no longer the mail's latest changes nothing. Refused and unknown mails
 * become a task of the case's leader in the same transaction (line 5 of architecture.md, F-23).
 */
export async function settleMail(
  ctx: MailContext,
  policy: TownPolicy,
  townId: string,
  mail: TakenMail,
  outcome: MailOutcome,
): Promise<void> {
  if (outcome.state !== 'accepted') ctx.log.warn('mail_not_accepted', { mail: mail.id, ...outcome });
  await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    if (outcome.state === 'queued') {
      await write(tx, mail, outcome);
      return;
    }
    const theCase = mail.case_id ? await lockCase(tx, mail.case_id) : undefined;
    const lost = isGathered(mail.template) && outcome.state !== 'accepted' ? outcome.state : undefined;
    const spokenOf = lost || mail.template === 'partner_day' ? await lockCasesOfDay(tx, mail.id) : [];
    const written = await write(tx, mail, outcome);
    if (!written) return;
    if (mail.contact_id) await journalContactMail(tx, spokenOf, mail.id, { state: outcome.state });
    if (lost)
      for (const one of spokenOf) {
        await noteLostDay(tx, policy, one, { personId: mail.person_id, state: lost });
        if (mail.contact_id && lost === 'refused') await askNextContact(tx, policy, one, mail.id, mail.contact_id);
      }
    if (!theCase) return;
    const quiet = !isActive(theCase.state);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'mail_settled',
      actor: 'service',
      data: { template: mail.template, state: outcome.state, to: recipientKind(mail) },
    });
    // A short code nobody can tell the fate of is simply asked for again (security.md 4.1).
    if (outcome.state === 'accepted' || (outcome.state === 'unknown' && mail.template === 'short_code')) return;
    const refused = outcome.state === 'refused';
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      kind: refused ? 'task_mail_refused' : 'task_mail_uncertain',
      mailId: mail.id,
      reason: mail.template,
      quiet,
      announce: [{ audience: 'leader', template: refused ? 'mail_refused' : 'mail_uncertain' }],
    });
  });
}

/** A late acceptance still counts while the mail waits to be tried again: it must not leave twice. */
async function write(tx: WorkerTx, mail: TakenMail, { state, code }: MailOutcome): Promise<boolean> {
  const written = await sql<{ id: string }>`
    update mail set state = ${state}, lease_until = null, reply_code = ${code ?? null},
      accepted_at = ${state === 'accepted' ? tx.now : null},
      next_attempt_at = clock_timestamp() + make_interval(secs => ${state === 'queued' ? backoff(mail.attempts) : 0})
    where id = ${mail.id} and attempts = ${mail.attempts}
      and (state = 'sending' or (state = 'queued' and ${state} = 'accepted')) returning id`.execute(tx.db);
  return written.rows.length > 0;
}

/** Keeps the mail taken for some seconds more, until the server is asked again whether it has it. */
export async function lookAgainLater(
  ctx: MailContext,
  townId: string,
  mail: TakenMail,
  seconds: number,
): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_worker', townId }, (tx) =>
    sql`update mail set lease_until = clock_timestamp() + make_interval(secs => ${seconds})
        where id = ${mail.id} and attempts = ${mail.attempts} and state = 'sending'`.execute(tx.db),
  );
}

/** Puts off a mail that could not even be read (a missing key): it stays queued, and does not turn in a tight circle. */
export async function postponeMail(ctx: MailContext, townId: string, mailId: string): Promise<void> {
  await inTransaction(ctx.db, { role: 'app_worker', townId }, (tx) =>
    sql`update mail set attempts = attempts + 1, next_attempt_at = clock_timestamp() + interval '60 seconds'
        where id = ${mailId} and state = 'queued'`.execute(tx.db),
  );
}

import { askToCall } from './ask-to-call.ts';
import { sql } from 'kysely';
import { lockCase } from '../cases/lock-case.ts';
import { inTransaction, type WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { recordChange } from '../outbox/record-change.ts';
import { holdMail } from './hold-mail.ts';
import { keepHours } from './keep-hours.ts';
import { journalContactMail } from './journal-contact-mail.ts';
import { lockCasesOfDay } from './lost-day-mail.ts';
import { type Letter, loadMail } from './load-mail.query.ts';
import { type MailRow, recipientKind, type Withheld } from './mail-row.ts';
import type { MailContext } from './mail-context.ts';
import { keepResidentHours } from './resident-hours.ts';
import { isOfSession, sessionOfMail } from './session-of-mail.query.ts';
import { isStillAsked } from './still-asked.query.ts';
import { isGathered, type MailTemplate, RIGHTS_NEWS } from './templates.ts';

/** Longer than the whole of one send may last (smtp-address.ts), so that a lease which runs out has no sender any more. */
const LEASE = '90 seconds';

export type ClaimedMail = MailRow & {
  /** Also the fence: what a sender with an older number writes down is ignored (F-37). */
  attempts: number;
  /** It has been tried for 24 hours (F-22). */
  overdue: boolean;
  /** Business time of the claim: the mail's Date. */
  at: Date;
  letter: Letter;
};

/**
 * Takes one due mail for sending: `sending` is committed with its lease before anybody connects. Whether the person may be written
 * to is decided again here, in the same transaction; if not, the mail is cancelled, with its reason on the case (R85).
 * @returns undefined when there is nothing to send: not due, taken by another, or cancelled.
 */
export async function claimMail(
  ctx: MailContext,
  policy: TownPolicy,
  townId: string,
  mailId: string,
): Promise<ClaimedMail | undefined> {
  return inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    const row = await tx.db
      .selectFrom('mail')
      .select([
        'id',
        'template',
        'case_id',
        'person_id',
        'party_id',
        'contact_id',
        'subject_id',
        'message_id',
        'reminder_day',
        'not_before',
      ])
      .where('id', '=', mailId)
      .where('town_id', '=', townId)
      .where('state', '=', 'queued')
      .where('not_before', '<=', tx.now)
      .where('next_attempt_at', '<=', sql<Date>`clock_timestamp()`)
      .executeTakeFirst();
    if (!row) return undefined;
    // Mails about one case are not held: there the case is locked before the mail.
    if (isGathered(row.template) && !((await keepHours(tx, policy, row)) && (await holdMail(tx, row.id))))
      return undefined;
    if (!(await keepResidentHours(tx, policy, row))) return undefined;
    const loaded = await loadMail(tx, policy, ctx.keys, ctx.origin, row);
    if (!loaded.send) {
      await cancelMail(tx, policy, row, loaded.reason);
      return undefined;
    }
    // From here until it is settled, next_attempt_at says when it was taken.
    const claimed = await sql<{ attempts: number; overdue: boolean }>`
      update mail set state = 'sending', lease_until = clock_timestamp() + ${LEASE}::interval, attempts = attempts + 1,
        next_attempt_at = clock_timestamp(), tried_since = coalesce(tried_since, clock_timestamp())
      where id = ${mailId} and state = 'queued'
      returning attempts, tried_since < clock_timestamp() - interval '24 hours' as overdue`.execute(tx.db);
    const [taken] = claimed.rows;
    return taken && { ...row, ...taken, at: tx.now, letter: loaded.letter };
  });
}

/**
 * Nobody is called about these: a receipt is on screen, a short code can be asked for again, a replaced code was seen by whoever did it, whoever
 * stopped knows.
 */
const NO_CALL: ReadonlySet<string> = new Set<MailTemplate>([
  'acknowledgement',
  'referred',
  'short_code',
  'code_replaced',
  'participation_stopped',
  'rights_received',
]);

/** The case is locked before the mail, as everywhere; the mail is then still queued, or another transaction has decided. */
async function cancelMail(tx: WorkerTx, policy: TownPolicy, mail: MailRow, reason: Withheld): Promise<void> {
  // An answer that came first has its own line; a mail that could not be brought is written on every case it spoke of.
  const spokenOf = mail.contact_id && reason === 'not_here_any_more' ? await lockCasesOfDay(tx, mail.id) : [];
  const theCase = mail.case_id ? await lockCase(tx, mail.case_id) : undefined;
  const cancelled = await tx.db
    .updateTable('mail')
    .set({ state: 'cancelled' })
    .where('id', '=', mail.id)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  if (cancelled.numUpdatedRows === 0n) return;
  await journalContactMail(tx, spokenOf, mail.id, { state: 'cancelled', reason });
  if (!theCase) return;
  const to = recipientKind(mail);
  const owed = RIGHTS_NEWS.includes(mail.template) || mail.template === 'party_closed';
  const resident = to === 'requester' || (to === 'party' && (owed || (await isHere(tx, mail.party_id))));
  if (resident && !NO_CALL.has(mail.template) && (await hasNews(tx, theCase.id, mail)))
    await askToCall(tx, policy, theCase, mail.party_id ? { partyId: mail.party_id } : undefined, mail.template);
  await recordChange(tx, {
    caseId: theCase.id,
    code: 'mail_settled',
    actor: 'service',
    data: { template: mail.template, state: 'cancelled', to, reason },
  });
}

/**
 * Nobody is called about a meeting that is off, or an answer that was given, whatever else kept the mail from leaving; whoever stopped the request
 * knows (R30).
 */
async function hasNews(tx: WorkerTx, caseId: string, mail: MailRow): Promise<boolean> {
  if (isOfSession(mail)) return (await sessionOfMail(tx, mail)) !== undefined;
  if (!(await isStillAsked(tx, mail))) return false;
  return mail.template !== 'closed' || !(await isStopped(tx, caseId));
}

async function isStopped(tx: WorkerTx, caseId: string): Promise<boolean> {
  const { outcome } = await tx.db
    .selectFrom('mediation_case')
    .select('outcome')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return outcome === 'RETRAIT';
}

/** Somebody who has left is not called. */
async function isHere(tx: WorkerTx, partyId: string | null): Promise<boolean> {
  const party = await tx.db
    .selectFrom('party')
    .select('id')
    .where('id', '=', partyId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return party !== undefined;
}

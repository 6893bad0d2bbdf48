import { sql } from 'kysely';
import { isActive } from '../cases/case-status.ts';
import { lockCase } from '../cases/lock-case.ts';
import { crashPoint } from '../crash-point.ts';
import type { MailState } from '../db/tables/mail.ts';
import { inTransaction, type WorkerTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { recordChange } from '../outbox/record-change.ts';
import { loadMail, type MailRow } from './load-mail.query.ts';
import type { MailContext } from './mail-context.ts';
import { renderMail } from './render.ts';

const BACKOFF_SECONDS = [1, 2, 5, 15, 60, 300];
const LEASE = '90 seconds';

type Claimed = MailRow & { attempts: number };

/**
 * Sends one mail of the ledger. `sending` is committed before connecting; what came of it is written down afterwards. A mail whose
 * outcome is unknown is never sent again by itself (line 5 of architecture.md).
 */
export async function sendMail(ctx: MailContext, townId: string, mailId: string): Promise<void> {
  const policy = await ctx.policies.of(townId);
  const claimed = await inTransaction(ctx.db, { role: 'app_worker', townId }, (tx) => claim(tx, mailId));
  if (!claimed) return;
  const loaded = await inTransaction(ctx.db, { role: 'app_worker', townId }, (tx) =>
    loadMail(tx, policy, ctx.keys, ctx.origin, claimed),
  );
  if (!loaded.send) return settle(ctx, townId, policy, claimed, 'cancelled');
  const content = await renderMail(loaded.facts);
  const date = await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => tx.now);
  crashPoint('mail.claimed');
  const result = await ctx.smtp.send({
    messageId: claimed.message_id,
    from: { name: loaded.fromName, address: ctx.from },
    to: loaded.to,
    date,
    ...content,
  });
  crashPoint('mail.sent');
  switch (result.kind) {
    case 'accepted':
      return settle(ctx, townId, policy, claimed, 'accepted');
    case 'refused':
      return settle(ctx, townId, policy, claimed, 'refused', result.code);
    case 'try_later':
      return settle(ctx, townId, policy, claimed, 'queued', result.code);
    case 'unknown':
      return settleUnknown(ctx, townId, policy, claimed);
  }
}

/** A mail left `sending` by a process that died, or `unknown`: the relay is asked by Message-ID where it can be. */
export async function settleUnknown(
  ctx: MailContext,
  townId: string,
  policy: TownPolicy,
  mail: Claimed,
): Promise<void> {
  if (!ctx.lookup) return settle(ctx, townId, policy, mail, 'unknown');
  try {
    return await settle(ctx, townId, policy, mail, (await ctx.lookup(mail.message_id)) ? 'accepted' : 'queued');
  } catch (error) {
    ctx.log.error('mail_lookup_failed', error, { mail: mail.id });
    return settle(ctx, townId, policy, mail, 'unknown');
  }
}

async function claim(tx: WorkerTx, mailId: string): Promise<Claimed | undefined> {
  const claimed = await sql<Claimed>`
    update mail set state = 'sending', lease_until = clock_timestamp() + ${LEASE}::interval, attempts = attempts + 1
    where id = ${mailId} and town_id = ${tx.actor.townId} and state = 'queued'
      and not_before <= ${tx.now} and next_attempt_at <= clock_timestamp()
    returning id, template, case_id, person_id, message_id, attempts`.execute(tx.db);
  return claimed.rows[0];
}

async function settle(
  ctx: MailContext,
  townId: string,
  policy: TownPolicy,
  mail: Claimed,
  state: MailState,
  code?: number,
): Promise<void> {
  const wait = BACKOFF_SECONDS[Math.min(mail.attempts, BACKOFF_SECONDS.length) - 1] ?? 300;
  if (state === 'refused' || state === 'unknown') ctx.log.warn('mail_not_accepted', { mail: mail.id, state, code });
  await inTransaction(ctx.db, { role: 'app_worker', townId }, async (tx) => {
    // The case first: every transaction takes its locks in the same order.
    const theCase = mail.case_id ? await lockCase(tx, mail.case_id) : undefined;
    const settled = await sql<{ id: string }>`
      update mail set state = ${state}, lease_until = null, reply_code = ${code ?? null},
        accepted_at = ${state === 'accepted' ? tx.now : null},
        next_attempt_at = clock_timestamp() + make_interval(secs => ${state === 'queued' ? wait : 0})
      where id = ${mail.id} and state in ('sending', 'unknown') and state <> ${state} returning id`.execute(tx.db);
    if (settled.rows.length === 0 || !theCase || state === 'queued') return;
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'mail_settled',
      actor: 'service',
      closes: !isActive(theCase.state),
      data: { template: mail.template, state, to: mail.person_id ? 'staff' : 'requester' },
    });
    if (state !== 'refused' && state !== 'unknown') return;
    const kind = state === 'refused' ? 'task_mail_refused' : 'task_mail_uncertain';
    await openDeadline(tx, policy, {
      caseId: theCase.id,
      kind,
      mailId: mail.id,
      reason: mail.template,
      quiet: !isActive(theCase.state),
      announce: [{ audience: 'leader', template: state === 'refused' ? 'mail_refused' : 'mail_uncertain' }],
    });
  });
}

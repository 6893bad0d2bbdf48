import { crashPoint } from '../crash-point.ts';
import { claimMail, type ClaimedMail } from './claim-mail.command.ts';
import type { MailContext } from './mail-context.ts';
import { renderMail } from './render.ts';
import { lookAgainLater, type MailOutcome, postponeMail, settleMail, type TakenMail } from './settle-mail.command.ts';
import type { SendResult } from './smtp-send.ts';

/** Real time one attempt may take, counted from before its claim; the lease is longer. */
const ATTEMPT_MS = 60_000;
/** A server that dropped the line may still be storing the mail: « absent » counts only when it is said again after this. */
const LOOK_AGAIN_SECONDS = 10;

/**
 * Sends one mail of the ledger, if it is due and nobody else has taken it. What came of it is written down afterwards; an outcome
 * nobody knows is asked of the server by Message-ID, and otherwise left to a person: it is never sent again by itself (I-3).
 */
export async function sendMail(ctx: MailContext, townId: string, mailId: string): Promise<void> {
  const notAfter = performance.now() + ATTEMPT_MS;
  const policy = await ctx.policies.of(townId);
  let mail: ClaimedMail | undefined;
  try {
    mail = await claimMail(ctx, policy, townId, mailId);
  } catch (error) {
    ctx.log.error('mail_not_read', error, { mail: mailId });
    return postponeMail(ctx, townId, mailId);
  }
  if (!mail) return;
  crashPoint('mail.claimed');
  const result = await makeAndSend(ctx, mail, notAfter);
  crashPoint('mail.sent');
  if (result.kind === 'unknown' && ctx.lookup) {
    if (await isThere(ctx, mail)) await settleMail(ctx, policy, townId, mail, { state: 'accepted' });
    else await lookAgainLater(ctx, townId, mail, LOOK_AGAIN_SECONDS);
    return;
  }
  await settleMail(ctx, policy, townId, mail, outcomeOf(result, mail));
}

/**
 * Settles a mail whose sender is gone: killed, or without an answer. Present at the server: accepted. Absent: queued again.
 * Cannot be asked: unknown, a task of the leader.
 * @param heldForLong it was taken so long ago that a server which does not answer is no longer waited for.
 */
export async function settleLostMail(
  ctx: MailContext,
  townId: string,
  mail: TakenMail,
  heldForLong: boolean,
): Promise<void> {
  const policy = await ctx.policies.of(townId);
  const there = ctx.lookup ? await isThere(ctx, mail) : undefined;
  if (there !== undefined) {
    return settleMail(ctx, policy, townId, mail, { state: there ? 'accepted' : 'queued' });
  }
  if (ctx.lookup && !heldForLong) return lookAgainLater(ctx, townId, mail, LOOK_AGAIN_SECONDS);
  return settleMail(ctx, policy, townId, mail, { state: 'unknown' });
}

type Attempt = SendResult | { kind: 'not_made' };

async function makeAndSend(ctx: MailContext, mail: ClaimedMail, notAfter: number): Promise<Attempt> {
  const { to, fromName, facts, calendar } = mail.letter;
  try {
    const content = await renderMail(facts);
    const from = { name: fromName, address: ctx.from };
    return await ctx.smtp.send({ messageId: mail.message_id, from, to, date: mail.at, calendar, ...content }, notAfter);
  } catch (error) {
    // Nothing of it has left: `send` throws only before it connects.
    ctx.log.error('mail_not_made', error, { mail: mail.id });
    return { kind: 'not_made' };
  }
}

/** A server that is away is waited for; « not now » for a day, or a mail that cannot be made, is left to a person (F-20, F-22). */
function outcomeOf(result: Attempt, mail: ClaimedMail): MailOutcome {
  switch (result.kind) {
    case 'accepted':
      return { state: 'accepted' };
    case 'refused':
      return { state: 'refused', code: result.code };
    case 'unknown':
      return { state: 'unknown' };
    case 'not_made':
      return { state: mail.overdue ? 'refused' : 'queued' };
    case 'try_later':
      return { state: mail.overdue && result.code !== undefined ? 'refused' : 'queued', code: result.code };
  }
}

/** @returns undefined when the server cannot be asked now. */
async function isThere(ctx: MailContext, mail: TakenMail): Promise<boolean | undefined> {
  try {
    return await ctx.lookup?.(mail.message_id);
  } catch (error) {
    ctx.log.error('mail_lookup_failed', error, { mail: mail.id });
    return undefined;
  }
}

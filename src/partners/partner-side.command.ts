import { sql } from 'kysely';
import { CaseText } from '../cases/case-text.ts';
import { type InDanger, markDanger } from '../cases/danger.command.ts';
import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import type { PartnerRequestState } from '../db/tables/partner.ts';
import { inTransaction, type PartnerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { DomainError } from '../errors.ts';
import { answerDay } from './answer-day.ts';
import type { PartnerSeat } from './partner-session.command.ts';
import { settleAck } from './settle-ack.ts';
import { mayAcknowledge } from './request-status.ts';
import { changeRequest } from './wait-for-partner.ts';
import { type PartnerAnswer, writePartnerAnswer } from './write-answer.ts';

export type OnOwnRequest = PartnerSeat & { townId: string; requestId: string; form?: string };

/** « J'ai bien reçu »: the question whether it arrived is not asked any more; the answer stays due. Twice is once. */
export async function acknowledgeRequest(ctx: CommandContext, by: OnOwnRequest): Promise<void> {
  await onOwn(ctx, by, async ({ tx, policy, theCase, request }) => {
    if (!mayAcknowledge(request.state)) return;
    await tx.db
      .updateTable('partner_request')
      .set({ state: 'acknowledged', acknowledged_at: tx.now })
      .where('id', '=', request.id)
      .execute();
    await settleAck(tx, request.id, 'met');
    await changeRequest(tx, policy, theCase, {
      requestId: request.id,
      by: 'partner',
      code: 'partner_acknowledged',
      closes: false,
    });
  });
}

/**
 * F5 from the organisation's own page.
 * @param answer.seen how many answers the page had shown: another one that came meanwhile is shown first.
 * @throws DomainError changed_meanwhile, not_allowed_now; what was typed stays on the page.
 */
export async function answerRequest(
  ctx: CommandContext,
  by: OnOwnRequest,
  answer: PartnerAnswer & { seen: number },
): Promise<void> {
  await onOwn(ctx, by, async ({ tx, policy, theCase, request }) => {
    const { seen, actionOn, ...said } = answer;
    if ((await answersOf(tx, request.id)) !== seen) throw new DomainError('changed_meanwhile');
    const day = actionOn ? { actionOn: answerDay(policy, tx.now, said.reply, actionOn, 'action_on') } : {};
    const text = new CaseText(ctx.keys, theCase);
    await writePartnerAnswer(tx, policy, theCase, text, request, { ...said, ...day }, { contactId: by.contactId });
  });
}

/** T2 by an organisation that was asked: the leader of the case is alerted; the partner learns nothing of it. @throws DomainError not_allowed_now. */
export async function raiseDangerByPartner(
  ctx: CommandContext,
  by: OnOwnRequest,
  who: InDanger,
  family = false,
): Promise<void> {
  await onOwn(ctx, by, ({ tx, policy, theCase }) =>
    markDanger(tx, policy, theCase, {
      by: 'partner',
      who,
      organisation: by.organisationId,
      family,
    }),
  );
}

type Own = {
  tx: PartnerTx;
  policy: TownPolicy;
  theCase: LockedCase;
  request: { id: string; state: PartnerRequestState };
};

/** The request decides the case, never the other way: row-level security shows a contact its own organisation's requests only. */
async function onOwn(ctx: CommandContext, by: OnOwnRequest, run: (own: Own) => Promise<void>): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  const { requestId, ...seat } = by;
  await inTransaction(ctx.db, { role: 'app_partner', ...seat }, async (tx) => {
    const found = await tx.db
      .selectFrom('partner_request')
      .select('case_id as caseId')
      .where('id', '=', requestId)
      .executeTakeFirst();
    if (!found) throw new DomainError('not_found');
    await sql`select set_config('app.case', ${found.caseId}, true)`.execute(tx.db);
    const theCase = await lockCase(tx, found.caseId);
    const request = await tx.db
      .selectFrom('partner_request')
      .select(['id', 'state'])
      .where('id', '=', requestId)
      .executeTakeFirstOrThrow();
    await run({ tx, policy, theCase, request });
  });
}

async function answersOf(tx: PartnerTx, requestId: string): Promise<number> {
  const answers = await tx.db.selectFrom('partner_answer').select('id').where('request_id', '=', requestId).execute();
  return answers.length;
}

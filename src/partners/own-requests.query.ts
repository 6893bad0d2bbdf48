import { sql } from 'kysely';
import { localDay } from '../calendar/town-calendar.ts';
import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PartnerTx } from '../db/transaction.ts';
import type { PartnerReply, PartnerRequestState, Urgency } from '../db/tables/partner.ts';
import type { PartnerSeat } from './partner-session.command.ts';

export type OwnRequest = {
  id: string;
  number: string;
  state: PartnerRequestState;
  sentAt: Date;
  dueDay: string;
  asksOpinion: boolean;
};
/** `today`: the town's local date (YYYY-MM-DD). */
export type OwnRequests = { organisation: string; today: string; requests: OwnRequest[] };

/** The requests of one organisation, the open ones first (R46); decrypts nothing. */
export async function ownRequests(ctx: CommandContext, townId: string, seat: PartnerSeat): Promise<OwnRequests> {
  const { calendar } = await ctx.policies.of(townId);
  return inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, async (tx) => {
    const { name } = await organisationOf(tx, seat);
    const today = localDay(calendar, tx.now);
    const requests = await sql<OwnRequest>`
      select r.id, own_request_number(r.id) as number, r.state, r.sent_at as "sentAt", r.due_day as "dueDay",
        ${asksOpinion(today)} as "asksOpinion"
      from partner_request r order by r.state in ('sent', 'acknowledged') desc, r.due_day, r.id limit 100`.execute(
      tx.db,
    );
    return { organisation: name, today, requests: requests.rows };
  });
}

/** One that was cancelled, or withdrawn with its case: its number and its state are all that is left to read (R30). */
export type CancelledRequest = { id: string; number: string; state: 'cancelled'; organisation: string; now: Date };
export type RequestForPartner = Omit<OwnRequest, 'state'> & {
  state: Exclude<PartnerRequestState, 'cancelled'>;
  organisation: string;
  urgency: Urgency;
  /** Topics and quarter: what §3.3 lets a responsible partner know. */
  categories: string[];
  quarter: string | null;
  question: string;
  /** What a person allowed to be shared with this organisation, with its purpose. */
  shared: { what: string | undefined; purpose: string | undefined }[];
  answers: { reply: PartnerReply; at: Date; actionOn: string | null; comment: string | undefined }[];
  /** What the team told since, when the organisation needed to know more. */
  informed: { at: Date; said: string }[];
  now: Date;
};

/** One request as its organisation reads it: place, topic, what is asked, until when; nothing of the people (spec §3.3). */
export async function requestForPartner(
  ctx: CommandContext,
  townId: string,
  seat: PartnerSeat,
  requestId: string,
): Promise<RequestForPartner | CancelledRequest | undefined> {
  const { calendar } = await ctx.policies.of(townId);
  return inTransaction(ctx.db, { role: 'app_partner', townId, ...seat }, async (tx) => {
    const request = await tx.db
      .selectFrom('partner_request as r')
      .selectAll('r')
      .select(asksOpinion(localDay(calendar, tx.now)).as('asksOpinion'))
      .where('r.id', '=', requestId)
      .executeTakeFirst();
    if (!request) return undefined;
    const { state } = request;
    if (state === 'cancelled') return cancelled(tx, seat, request.id);
    await sql`select set_config('app.case', ${request.case_id}, true)`.execute(tx.db);
    const row = await tx.db
      .selectFrom('mediation_case as c')
      .leftJoin('quarter as q', (join) =>
        join.onRef('q.town_id', '=', 'c.town_id').onRef('q.code', '=', 'c.quarter_code'),
      )
      .select(['c.id', 'c.number', 'c.kid', 'c.wrapped_key as wrappedKey', 'c.categories', 'q.name as quarter'])
      .where('c.id', '=', request.case_id)
      .executeTakeFirstOrThrow();
    const text = new CaseText(ctx.keys, row);
    const answers = await tx.db
      .selectFrom('partner_answer')
      .select(['reply', 'at', 'action_on as actionOn', 'comment'])
      .where('request_id', '=', requestId)
      .orderBy('at')
      .execute();
    const shared = await tx.db
      .selectFrom('agreement_item')
      .select(['said', 'purpose'])
      .where('case_id', '=', request.case_id)
      .where('item', '=', 'share')
      .execute();
    const informed = await tx.db
      .selectFrom('partner_information')
      .select(['at', 'said'])
      .where('request_id', '=', requestId)
      .orderBy('at')
      .execute();
    const { name } = await organisationOf(tx, seat);
    return {
      id: request.id,
      number: row.number,
      state,
      sentAt: request.sent_at,
      dueDay: request.due_day,
      asksOpinion: request.asksOpinion,
      organisation: name,
      urgency: request.urgency,
      categories: row.categories,
      quarter: row.quarter,
      question: text.open('partner_request', 'question', request.question),
      shared: shared.map(({ said, purpose }) => ({
        what: text.openOptional('agreement_item', 'said', said),
        purpose: text.openOptional('agreement_item', 'purpose', purpose),
      })),
      answers: answers.map(({ comment, ...answer }) => ({
        ...answer,
        comment: text.openOptional('partner_answer', 'comment', comment),
      })),
      informed: informed.map(({ at, said }) => ({ at, said: text.open('partner_information', 'said', said) })),
      now: tx.now,
    };
  });
}

async function cancelled(tx: PartnerTx, seat: PartnerSeat, id: string): Promise<CancelledRequest> {
  const { name } = await organisationOf(tx, seat);
  const found = await sql<{ number: string }>`select own_request_number(${id}::uuid) as number`.execute(tx.db);
  return { id, number: found.rows[0]?.number ?? '', state: 'cancelled', organisation: name, now: tx.now };
}

/** Is a questionnaire (F8) open for the request `r`? */
function asksOpinion(today: string) {
  return sql<boolean>`exists (select 1 from partner_questionnaire q where q.request_id = r.id and not q.answered and q.closes_on >= ${today}::date)`;
}

async function organisationOf(tx: PartnerTx, seat: PartnerSeat): Promise<{ name: string }> {
  return tx.db
    .selectFrom('organisation')
    .select('name')
    .where('id', '=', seat.organisationId)
    .executeTakeFirstOrThrow();
}

import { sql } from 'kysely';
import { localDay } from '../calendar/town-calendar.ts';
import type { CaseState } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import { type AppointmentView, appointmentsOf } from '../sessions/sessions.query.ts';
import { type MessageReader, messageReader } from '../follow/message-reader.query.ts';
import { nextForHolder, type NextWait } from '../follow/next-wait.query.ts';
import { isOpinionAsked } from '../evaluation/opinion-state.query.ts';
import type { OwnMessage } from './own-messages.tsx';
import { commitmentsOf } from './own-commitments.query.ts';
import { type OwnAgreement, ownAgreement } from './own-agreement.query.ts';
import { isAgreed } from './what-was-agreed.query.ts';
import type { PartySeat } from './party-session.command.ts';

export type PartySpace = {
  number: string;
  state: CaseState;
  minor: boolean;
  now: Date;
  agreement: OwnAgreement;
  /** What the requester agreed to have said; nothing else of the requester is ever here. */
  saidToYou: string | undefined;
  appointments: AppointmentView[];
  opinionAsked: boolean;
  /** There is an address to take back; which one is never shown. */
  hasEmail: boolean;
  /** What happens next, and before when. */
  next: NextWait | undefined;
  /** Who reads what this party writes now. */
  reader: MessageReader | undefined;
  /** The day until which an answer is waited for. */
  answerBy: string | undefined;
  /** There is a paper of what was agreed, to keep (R22). */
  hasPaper: boolean;
  commitments: { what: string; byDay: string }[];
  messages: OwnMessage[];
};

/** What the other party sees with its own code: its agreement, its commitments, its messages, and what it was allowed to be told (§3.3). */
export async function partySpace(ctx: CommandContext, townId: string, seat: PartySeat): Promise<PartySpace> {
  const policy = await ctx.policies.of(townId);
  return inTransaction(ctx.db, { role: 'app_party', townId, ...seat }, async (tx) => {
    const row = await tx.db
      .selectFrom('mediation_case')
      .select(['id', 'number', 'state', 'kid', 'wrapped_key as wrappedKey'])
      .select(['team_id as teamId', 'lead_id as leadId', 'suspended', 'waiting_for_partner as waitingForPartner'])
      .where('id', '=', seat.caseId)
      .executeTakeFirstOrThrow();
    const text = new CaseText(ctx.keys, row);
    const agreement = await ownAgreement(tx, text, seat.caseId);
    if (!agreement) throw new Error('a session without its party');
    const { minor } = await tx.db
      .selectFrom('party')
      .select('minor')
      .where('id', '=', seat.partyId)
      .executeTakeFirstOrThrow();
    const messages = await tx.db
      .selectFrom('party_message')
      .select(['from_team as fromTeam', 'at', 'body', 'voice_id as voiceId'])
      .where('party_id', '=', seat.partyId)
      .orderBy('at')
      .execute();
    const own = {
      number: row.number,
      state: row.state,
      minor,
      now: tx.now,
      agreement,
      messages: messages.map(({ fromTeam, at, body, voiceId }) => ({
        isMine: !fromTeam,
        at,
        text: text.open('party_message', 'body', body),
        isSpoken: voiceId !== null,
      })),
    };
    if (agreement.ended) return { ...own, ...NOTHING_MORE };
    const said = await sql<{ said: Buffer | null }>`select what_may_be_said(${seat.caseId}::uuid) as said`.execute(
      tx.db,
    );
    const contact = await tx.db
      .selectFrom('party_identity')
      .select('has_email as hasEmail')
      .where('party_id', '=', seat.partyId)
      .executeTakeFirst();
    const asked = await openWait(tx, seat.caseId, 'agreement', { partyId: seat.partyId });
    return {
      ...own,
      saidToYou: text.openOptional('agreement_item', 'said', said.rows[0]?.said ?? null),
      opinionAsked: await isOpinionAsked(tx, policy, seat.caseId),
      hasEmail: contact?.hasEmail ?? false,
      next: await nextForHolder(tx, policy, row, { partyId: seat.partyId, side: 'other' }),
      reader: await messageReader(tx, row),
      answerBy: asked && localDay(policy.calendar, asked.dueAt),
      hasPaper: await isAgreed(tx, seat.caseId),
      appointments: await appointmentsOf(tx, text, seat.caseId),
      commitments: await commitmentsOf(tx, text, seat.caseId),
    };
  });
}

/** Whoever takes part no more sees nothing of what goes on (R32); what it wrote to the team and was answered stays its own. */
const NOTHING_MORE = {
  saidToYou: undefined,
  appointments: [],
  opinionAsked: false,
  hasEmail: false,
  next: undefined,
  reader: undefined,
  answerBy: undefined,
  hasPaper: false,
  commitments: [],
};

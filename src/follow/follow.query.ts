import { sql } from 'kysely';
import type { CaseState } from '../cases/case-status.ts';
import { type Outcome, OUTCOMES, sendsElsewhere } from '../cases/case-outcome.ts';
import { CaseText } from '../cases/case-text.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { reopenUntil } from '../cases/reopen-until.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import type { OwnMessage } from '../parties/own-messages.tsx';
import type { AgreementStanding } from '../parties/agreement-status.ts';
import { type AppointmentView, appointmentsOf } from '../sessions/sessions.query.ts';
import { isOpinionAsked } from '../evaluation/opinion-state.query.ts';
import { commitmentsOf } from '../parties/own-commitments.query.ts';
import { isAgreed } from '../parties/what-was-agreed.query.ts';
import { partiesOf } from '../parties/standing.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PublicTx } from '../db/transaction.ts';
import { type MessageReader, messageReader } from './message-reader.query.ts';
import { nextForHolder, type NextWait } from './next-wait.query.ts';

export type FollowView = {
  number: string;
  state: CaseState;
  minor: boolean;
  now: Date;
  /** What happens next, and before when. */
  next: NextWait | undefined;
  /** Who reads what the person writes now. */
  reader: MessageReader | undefined;
  redirectedTo: string | undefined;
  /** Why the request goes on with this person alone, where the other side did not wish it or did not answer (T17). */
  alone: 'refused' | 'no_answer' | undefined;
  /** How it ended, once it has. */
  outcome: Outcome | undefined;
  /** There is an address to take back; which one is never shown. */
  hasEmail: boolean;
  /** The own agreement: asked now, given, or nothing yet (F3). */
  agreement: AgreementStanding;
  /** The last day on which a closed request may be opened again (T29). */
  reopenUntil: string | undefined;
  appointments: AppointmentView[];
  opinionAsked: boolean;
  /** There is a paper of what was agreed, to keep (R22). */
  hasPaper: boolean;
  /** What this person said they would do, and before when. */
  commitments: { what: string; byDay: string }[];
  messages: OwnMessage[];
};

/** What the code's holder sees (C-3): status, the next date, messages since. Never the story, a name or an address. */
export async function followView(ctx: CommandContext, townId: string, caseId: string): Promise<FollowView> {
  const policy = await ctx.policies.of(townId);
  return inTransaction(ctx.db, { role: 'app_public', townId, caseId }, async (tx) => {
    const row = await tx.db
      .selectFrom('mediation_case')
      .select([
        'id',
        'number',
        'state',
        'minor',
        'outcome',
        'kid',
        'wrapped_key as wrappedKey',
        'closed_at as closedAt',
      ])
      .select(['reached_at as reachedAt', 'team_id as teamId', 'lead_id as leadId'])
      .select(['suspended', 'waiting_for_partner as waitingForPartner'])
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    const messages = await tx.db
      .selectFrom('case_message')
      .select(['kind', 'at', 'body', 'voice_id as voiceId'])
      .where('case_id', '=', caseId)
      .orderBy('at')
      .execute();
    const redirection = await tx.db
      .selectFrom('redirection')
      .select('target')
      .where('case_id', '=', caseId)
      .orderBy('decided_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    const identity = await tx.db
      .selectFrom('case_identity')
      .select('email_hash as emailHash')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow();
    const text = new CaseText(ctx.keys, row);
    // Row-level security leaves the own party in sight.
    const [own] = await partiesOf(tx, caseId);
    return {
      number: row.number,
      state: row.state,
      minor: row.minor,
      now: tx.now,
      next: own && (await nextForHolder(tx, policy, row, { partyId: own.id, side: 'requester' })),
      reader: await messageReader(tx, row),
      outcome: row.state === 'closed' ? OUTCOMES.find((known) => known === row.outcome) : undefined,
      alone: row.state === 'support' ? await whyAlone(tx, caseId) : undefined,
      hasEmail: identity.emailHash !== null,
      agreement: own?.agreement ?? 'none',
      reopenUntil:
        row.state === 'closed' && row.closedAt
          ? mayComeBack(policy, tx.now, { ...row, closedAt: row.closedAt })
          : undefined,
      redirectedTo:
        (row.state === 'redirected' || (row.state === 'closed' && sendsElsewhere(row.outcome))) && redirection
          ? text.open('redirection', 'target', redirection.target)
          : undefined,
      opinionAsked: await isOpinionAsked(tx, policy, caseId),
      hasPaper: await isAgreed(tx, caseId),
      commitments: await commitmentsOf(tx, text, caseId),
      appointments: await appointmentsOf(tx, text, caseId),
      messages: messages.map((message) => ({
        isMine: message.kind === 'answer' || message.kind === 'message',
        at: message.at,
        text: text.open('case_message', 'body', message.body),
        isSpoken: message.voiceId !== null,
      })),
    };
  });
}

async function whyAlone(tx: PublicTx, caseId: string): Promise<FollowView['alone']> {
  const said = await sql<{ why: 'refused' | 'no_answer' | null }>`select why_alone(${caseId}::uuid) as why`.execute(
    tx.db,
  );
  return said.rows[0]?.why ?? undefined;
}

function mayComeBack(
  policy: TownPolicy,
  now: Date,
  theCase: { closedAt: Date; reachedAt: Date | null },
): string | undefined {
  const until = reopenUntil(policy, theCase);
  return localDay(policy.calendar, now) <= until ? until : undefined;
}

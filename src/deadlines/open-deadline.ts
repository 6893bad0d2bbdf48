import { sql } from 'kysely';
import { dueAt, dueDay } from '../calendar/due.ts';
import { instantAt } from '../calendar/town-calendar.ts';
import { stepInstants } from '../calendar/ladder.ts';
import type { Audience, OffsetUnit } from '../db/tables/town.ts';
import type { TownTx } from '../db/transaction.ts';
import type { DayItem, MailTemplate, PartnerItem } from '../mail/templates.ts';
import { referralStream, type StreamId } from '../outbox/streams.ts';
import type { DeadlineKind } from './kinds.ts';
import type { TownPolicy } from './town-policy.ts';

/** Something to say at once to somebody, through the workflow: a step of this very instant. */
export type Announcement = { audience: Audience; template: MailTemplate | DayItem | PartnerItem };

export type DeadlineToOpen = {
  caseId: string;
  /** Whose workflow waits; the case's own when left out. The stream exists already. */
  stream?: StreamId;
  kind: DeadlineKind;
  /** Replaces the ladder's target (an extension chosen by the leader). */
  target?: { unit: OffsetUnit; n: number };
  /** Replaces the target by a day somebody chose. */
  dueDay?: string;
  /** Why it exists, as a code people can read on the case. */
  reason?: string;
  mailId?: string;
  /** The one party it is about, where it is about one. */
  partyId?: string;
  /** The one request to an organisation a task is about: it is settled with the request. */
  requestId?: string;
  /** Who is told that the wait has begun; reminders come from the ladder. */
  announce?: readonly Announcement[];
  /** Steps of another ladder for which this wait leaves no room: written down as skipped. */
  noRoomFor?: readonly Announcement[];
  /** False where only what is announced is to be said: no reminder of the ladder follows. */
  reminders?: boolean;
  /** A task left on a case that has ended: it stands in the worklist, and no workflow reminds of it. */
  quiet?: boolean;
};

/**
 * Opens a wait or a task: computes its due day and all its steps once, and writes them (architecture.md, "Rows decide when").
 * @returns the due day (YYYY-MM-DD, the town's local date) and its end as an instant.
 */
export async function openDeadline(
  tx: TownTx,
  policy: TownPolicy,
  open: DeadlineToOpen,
): Promise<{ id: string; dueDay: string; dueAt: Date }> {
  const ladder = policy.ladder(open.kind);
  const target = open.target ?? ladder.target;
  const due = open.dueDay ?? dueDay(policy.calendar, tx.now, target);
  const endsAt = open.dueDay
    ? instantAt(policy.calendar, open.dueDay, policy.calendar.dueTime)
    : dueAt(policy.calendar, tx.now, target);
  const reminders = stepInstants(policy.calendar, {
    openedAt: tx.now,
    dueDay: due,
    caseId: open.caseId,
    ladder: ladder.steps,
  });
  const announcements = (open.announce ?? []).map((announcement, index) => ({
    ...announcement,
    ordinal: index - 100,
    at: tx.now,
    action: 'remind' as const,
    dropped: false,
  }));
  const noRoom = (open.noRoomFor ?? []).map((step, index) => ({
    ...step,
    ordinal: index + 50,
    at: tx.now,
    action: 'remind' as const,
    dropped: true,
  }));
  const steps = open.quiet ? [] : [...announcements, ...(open.reminders === false ? [] : reminders), ...noRoom];
  const stream = open.stream ?? referralStream(open.caseId);
  const id = crypto.randomUUID();
  await sql`
    with held as (
      -- A wait that begins while the case's pausable waits are held begins held.
      select ${ladder.pausable} and exists (
        select 1 from mediation_case where id = ${open.caseId}::uuid and (suspended or waiting_for_partner)) as paused
    ), d as (
      insert into deadline (id, town_id, stream_id, case_id, kind, waits_for, pausable, opened_at, due_day, due_at, reason, mail_id, party_id, request_id, paused_at)
      select ${id}::uuid, ${tx.actor.townId}::uuid, ${stream}, ${open.caseId}::uuid, ${open.kind}, ${ladder.waitsFor}, ${ladder.pausable},
             ${tx.now}::timestamptz, ${due}::date, ${endsAt}::timestamptz, ${open.reason ?? null}, ${open.mailId ?? null}::uuid,
             ${open.partyId ?? null}::uuid, ${open.requestId ?? null}::uuid, case when paused then ${tx.now}::timestamptz end
      from held
    )
    insert into step (deadline_id, town_id, stream_id, case_id, ordinal, at, audience, action, template, state, outcome, acted_at)
    select ${id}::uuid, ${tx.actor.townId}::uuid, ${stream}, ${open.caseId}::uuid, s.ordinal, s.at, s.audience, s.action, s.template,
      case when s.dropped then 'skipped' when held.paused and s.ordinal > 0 then 'paused' else 'pending' end,
      case when s.dropped then 'too_close' end, case when s.dropped then ${tx.now}::timestamptz end
    from held, jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
      as s(ordinal smallint, at timestamptz, audience text, action text, template text, dropped boolean)`.execute(
    tx.db,
  );
  return { id, dueDay: due, dueAt: endsAt };
}

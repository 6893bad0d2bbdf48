import type { Selectable } from 'kysely';
import { type Day } from '../calendar/day.ts';
import { nextMessageInstant } from '../calendar/message-window.ts';
import { localDay, workingDaysBetween } from '../calendar/town-calendar.ts';
import type { MailItemTable } from '../db/tables/mail.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { recordChange } from '../outbox/record-change.ts';
import { partnerRequestStream } from '../outbox/streams.ts';
import { restartLadder } from '../partners/request-ladder.ts';
import { holdMail } from './hold-mail.ts';
import type { MailRow } from './mail-row.ts';
import { lockCasesOfDay } from './lost-day-mail.ts';
import { addToContactMail } from './queue-contact-mail.ts';
import { addToDayMail } from './queue-staff-mail.ts';
import { DAY_ITEMS, isFirstLine, PARTNER_ITEMS, TOWN_ITEMS } from './templates.ts';

/** A mail of a day (`isGathered`), with the day it was gathered for and the instant it may leave. */
type DueMail = MailRow & { reminder_day: Day | null; not_before: Date };
type Line = Pick<Selectable<MailItemTable>, 'id' | 'case_id' | 'subject_id' | 'step_id' | 'template' | 'due_day'>;

/**
 * The mail of a day keeps its hours and its day when the server or the worker was away (spec §4.4): outside the window it waits for it, and
 * once its day has passed its lines stand in the mail of the day on which they leave, so that a person still gets one. The first line of a
 * request is never held; where it is late, the ladder starts again from today.
 * @returns whether the mail leaves now.
 */
export async function keepHours(tx: WorkerTx, policy: TownPolicy, mail: DueMail): Promise<boolean> {
  const { calendar } = policy;
  const today = localDay(calendar, tx.now);
  const opens = nextMessageInstant(calendar, tx.now);
  const isOpen = opens <= tx.now;
  const day = mail.reminder_day ?? localDay(calendar, mail.not_before);
  if (isOpen && day >= today) return true;
  await lockCasesOfDay(tx, mail.id);
  const lines = await linesOf(tx, mail.id);
  if (!lines) return false;
  const first = lines.filter(({ template }) => isFirstLine(template));
  if (!isOpen && first.length === 0) {
    await tx.db.updateTable('mail').set({ not_before: opens }).where('id', '=', mail.id).execute();
    return false;
  }
  const restarted = isOpen && workingDaysBetween(calendar, day, today) > 0 ? await restart(tx, policy, first) : [];
  const alone = mail.reminder_day === null;
  const moving = isOpen && !alone ? lines : lines.filter((line) => !first.includes(line));
  for (const line of moving) {
    await tx.db.deleteFrom('mail_item').where('id', '=', line.id).execute();
    // A reminder of a ladder that has started again reminds of nothing.
    if (first.includes(line) || !restarted.includes(line.subject_id ?? '')) await addAgain(tx, policy, mail, line);
  }
  if (moving.length < lines.length) return true;
  await tx.db.updateTable('mail').set({ state: 'cancelled' }).where('id', '=', mail.id).execute();
  return false;
}

/** Its lines, once nobody can add one any more; undefined when it has left meanwhile. */
async function linesOf(tx: WorkerTx, mailId: string): Promise<Line[] | undefined> {
  if (!(await holdMail(tx, mailId))) return undefined;
  return tx.db
    .selectFrom('mail_item')
    .select(['id', 'case_id', 'subject_id', 'step_id', 'template', 'due_day'])
    .where('mail_id', '=', mailId)
    .orderBy('created_at')
    .execute();
}

async function addAgain(tx: WorkerTx, policy: TownPolicy, mail: MailRow, line: Line): Promise<void> {
  const { case_id: caseId, subject_id: requestId, template, step_id: stepId, due_day: dueDay } = line;
  const ofTown = TOWN_ITEMS.find((known) => known === template);
  if (mail.person_id && ofTown) await addToDayMail(tx, policy, mail.person_id, { caseId: null, template: ofTown });
  if (!caseId) return;
  const step = stepId ? { stepId } : {};
  const item = PARTNER_ITEMS.find((known) => known === template);
  if (mail.contact_id && item && requestId && dueDay)
    await addToContactMail(tx, policy, mail.contact_id, { caseId, requestId, template: item, dueDay, ...step });
  const news = DAY_ITEMS.find((known) => known === template);
  if (mail.person_id && news)
    await addToDayMail(tx, policy, mail.person_id, { caseId, template: news, ...step, ...(dueDay ? { dueDay } : {}) });
}

/** @returns the requests whose ladder starts again today. */
async function restart(tx: WorkerTx, policy: TownPolicy, first: readonly Line[]): Promise<string[]> {
  const restarted: string[] = [];
  for (const { subject_id: requestId } of first) {
    const request = await tx.db
      .selectFrom('partner_request')
      .select(['id', 'case_id as caseId', 'urgency', 'organisation_id as organisation'])
      .where('id', '=', requestId)
      .where('state', '=', 'sent')
      .executeTakeFirst();
    if (!request) continue;
    const due: Day = await restartLadder(tx, policy, request);
    await recordChange(tx, {
      caseId: request.caseId,
      code: 'partner_ladder_moved',
      actor: 'service',
      data: { request: request.id, organisation: request.organisation, due },
      inside: { stream: partnerRequestStream(request.id), subjectId: request.id, closes: false },
    });
    restarted.push(request.id);
  }
  return restarted;
}

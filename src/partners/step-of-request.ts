import { localDay, workingDaysBetween } from '../calendar/town-calendar.ts';
import type { EventData } from '../db/tables/journal.ts';
import type { WorkerTx } from '../db/transaction.ts';
import type { PendingStep } from '../deadlines/pending-step.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { restartLadder } from './request-ladder.ts';
import { POSITIONS } from './who-is-asked.ts';

/** The first news of a request, taken on a later day than it was written: its ladder starts again today. @returns the new due day. */
export async function restartIfLate(
  tx: WorkerTx,
  policy: TownPolicy,
  requestId: string,
  step: Pick<PendingStep, 'ordinal' | 'at'>,
): Promise<string | undefined> {
  const { calendar } = policy;
  if (step.ordinal > 0 || workingDaysBetween(calendar, localDay(calendar, step.at), localDay(calendar, tx.now)) < 1)
    return undefined;
  const request = await tx.db
    .selectFrom('partner_request')
    .select(['id', 'case_id as caseId', 'urgency'])
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  return restartLadder(tx, policy, request);
}

/** What the story of the case says of a step of the ladder: which request, which organisation, whom of it (positions, never names). */
export async function whoWasAsked(tx: WorkerTx, requestId: string, stepId: string): Promise<EventData> {
  const { organisation } = await tx.db
    .selectFrom('partner_request')
    .select('organisation_id as organisation')
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  const asked = await tx.db
    .selectFrom('mail_item as m')
    .innerJoin('mail', 'mail.id', 'm.mail_id')
    .innerJoin('organisation_contact as c', 'c.id', 'mail.contact_id')
    .select('c.position')
    .where('m.step_id', '=', stepId)
    .execute();
  const positions = POSITIONS.filter((one) => asked.some(({ position }) => position === one));
  return {
    request: requestId,
    organisation,
    ...(positions.length > 0 ? { positions: positions.join(',') } : {}),
  };
}

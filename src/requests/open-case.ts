import { localDay } from '../calendar/town-calendar.ts';
import { watchDanger } from '../cases/danger.command.ts';
import type { CommandContext } from '../command-context.ts';
import type { EventData } from '../db/tables/journal.ts';
import type { Actor, Tx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { recordChange } from '../outbox/record-change.ts';
import { insertCase, type NewCase, type SubmitRequest } from './insert-case.ts';
import type { Flood } from './place-flood.ts';

/** A request by one of the resident's doors: on line by themselves, or typed by somebody of the team. */
export type Opening = Omit<NewCase, 'year' | 'door' | 'floodId'> & {
  door: Pick<NewCase['door'], 'channel' | 'origin'>;
  /** Whoever typed it, where it was not the person; and what the journal says of that. */
  typed?: { personId: string; data: EventData };
  /** The flood on its place it comes with (B-39). */
  flood?: Flood | undefined;
};

/**
 * T1 inside its transaction: the case, its first line in the journal, the two days to read it, and what is said at once. Every door of a
 * resident gives the same case, the same wait, the same news.
 */
export async function openCase(
  tx: Tx<Extract<Actor, { role: 'app_public' | 'app_staff' }>>,
  ctx: CommandContext,
  policy: TownPolicy,
  { door, typed, flood, ...opening }: Opening,
  request: SubmitRequest,
): Promise<string> {
  const { caseId } = opening;
  const year = Number(localDay(policy.calendar, tx.now).slice(0, 4));
  const party = request.need === 'group' ? 'group' : 'person';
  const created = await insertCase(
    tx,
    ctx,
    { ...opening, year, door: { ...door, party, organisationId: null }, floodId: flood?.id ?? null },
    request,
  );
  const minor = request.ageGroup === 'minor';
  await recordChange(tx, {
    caseId,
    code: 'request_received',
    data: {
      transition: 'T1',
      danger: request.danger,
      minor,
      ...(request.familyDanger ? { family: true } : {}),
      ...typed?.data,
    },
    ...(typed ? { actor: 'staff', personId: typed.personId } : { actor: 'requester' }),
  });
  await openDeadline(tx, policy, {
    caseId,
    kind: 'triage',
    announce: [
      { audience: 'requester', template: 'acknowledgement' },
      // A flood on one place is announced once; a minor always (R81).
      ...(flood && !minor ? [] : [{ audience: 'leader', template: minor ? 'minor_request' : 'new_request' } as const]),
    ],
  });
  if (flood?.isUntold)
    await openDeadline(tx, policy, {
      caseId,
      kind: 'task_grouped_requests',
      announce: [{ audience: 'leader', template: 'grouped_requests' }],
    });
  if (request.danger) await watchDanger(tx, policy, { id: caseId, teamId: created.teamId, leadId: null });
  return created.number;
}

import { localDay } from '../calendar/town-calendar.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import { typedDay } from '../cases/typed-day.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { requestOf } from './request-of-case.query.ts';
import { UNENDED } from './request-status.ts';
import type { Rung } from './who-is-asked.ts';
import { writeAbsence } from './write-absence.ts';

/**
 * The team has heard that somebody of an organisation it asked is away, from today: steps of the ladder go to the next person, as if the
 * contact had said so (R5, spec §4.4). On its own page that person reads it, and takes it back when it is wrong.
 * @param input.until the last day away, as it was typed.
 * @throws DomainError not_allowed_now once the request has ended; unknown_choice beside `position` where nobody holds it; not_a_day, day_passed.
 */
export async function noteContactAbsence(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; requestId: string; position: Rung; until: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase } = act;
    const request = await requestOf(act, input.requestId);
    if (!UNENDED.includes(request.state)) throw new DomainError('not_allowed_now');
    const contact = await tx.db
      .selectFrom('organisation_contact')
      .select('id')
      .where('organisation_id', '=', request.organisationId)
      .where('position', '=', input.position)
      .executeTakeFirst();
    if (!contact) throw new DomainError('unknown_choice', { field: 'position' });
    const until = typedDay(policy, tx.now, input.until, 'until');
    await writeAbsence(tx, contact.id, { from: localDay(policy.calendar, tx.now), to: until });
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'contact_absence_noted',
      actor: 'staff',
      personId: by.personId,
      data: { organisation: request.organisationId, position: input.position, until },
    });
  });
}

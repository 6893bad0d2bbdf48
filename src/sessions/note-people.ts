import type { StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import { DomainError } from '../errors.ts';

/** Whoever a note names is of this case, or of this team. @throws DomainError unknown_choice, with the field they stand in. */
export async function requireKnown(
  { tx, theCase }: StaffAct,
  by: Staff,
  named: { present: readonly string[]; secondId?: string },
): Promise<void> {
  const parties = await tx.db.selectFrom('party').select('id').where('case_id', '=', theCase.id).execute();
  if (named.present.some((present) => !parties.some(({ id }) => id === present)))
    throw new DomainError('unknown_choice', { field: 'present' });
  if (named.secondId === undefined) return;
  const colleague = await tx.db
    .selectFrom('person as p')
    .innerJoin('person_role as r', 'r.person_id', 'p.id')
    .select('p.id')
    .where('p.id', '=', named.secondId)
    .where('p.town_id', '=', by.townId)
    .where('r.role', '=', 'mediator')
    .executeTakeFirst();
  if (!colleague || colleague.id === by.personId) throw new DomainError('unknown_choice', { field: 'second' });
}

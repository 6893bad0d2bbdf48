import type { StaffAct } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import { typedDay } from '../cases/typed-day.ts';
import type { LinkKind } from '../db/tables/session.ts';
import { DomainError } from '../errors.ts';

export const LINK_KINDS = ['information', 'orientation', 'going_along', 'introduction', 'mediation'] as const;

/** `row`: which line of the form it stands in, so that a fault stands beside it. */
export type CommitmentMade = { row: number; partyId: string; what: string; byDay: string };
export type LinkNoted = { row: number; organisationId: string; kind: LinkKind; confirmed: boolean };

/** What each side said it would do, and by when (R22). @throws DomainError unknown_choice, not_a_day, day_passed, with its line. */
export async function writeCommitments(
  { tx, policy, theCase, text }: StaffAct,
  by: Staff,
  during: { noteId: string; sessionId: string | null },
  made: readonly CommitmentMade[],
): Promise<void> {
  if (made.length === 0) return;
  const parties = await tx.db.selectFrom('party').select('id').where('case_id', '=', theCase.id).execute();
  const rows = made.map(({ row, partyId, what, byDay }) => {
    if (!parties.some(({ id }) => id === partyId))
      throw new DomainError('unknown_choice', { field: `promisedBy${row}` });
    return {
      party_id: partyId,
      case_id: theCase.id,
      town_id: by.townId,
      cycle: theCase.cycle,
      session_id: during.sessionId,
      note_id: during.noteId,
      what: text.seal('commitment', 'what', what),
      by_day: typedDay(policy, tx.now, byDay, `promisedFor${row}`),
      recorded_by: by.personId,
      recorded_at: tx.now,
    };
  });
  await tx.db.insertInto('commitment').values(rows).execute();
}

/** Links made with organisations, those that held already among them (R19). @throws DomainError unknown_choice, with its line. */
export async function writeLinks(
  { tx, theCase }: StaffAct,
  by: Staff,
  noteId: string,
  links: readonly LinkNoted[],
): Promise<void> {
  if (links.length === 0) return;
  const known = await tx.db
    .selectFrom('organisation')
    .select('id')
    .where(
      'id',
      'in',
      links.map(({ organisationId }) => organisationId),
    )
    .execute();
  const rows = links.map(({ row, organisationId, kind, confirmed }) => {
    if (!known.some(({ id }) => id === organisationId))
      throw new DomainError('unknown_choice', { field: `linkWith${row}` });
    return {
      case_id: theCase.id,
      town_id: by.townId,
      note_id: noteId,
      organisation_id: organisationId,
      kind,
      confirmed_at: confirmed ? tx.now : null,
      at: tx.now,
    };
  });
  await tx.db.insertInto('link_made').values(rows).execute();
}

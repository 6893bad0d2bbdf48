import type { CaseText } from '../cases/case-text.ts';
import type { CaseSituationTable, MediationCaseTable, Nature } from '../db/tables/case.ts';
import type { StaffTx } from '../db/transaction.ts';

/** What was told on the form besides the story; everything may be missing (F1). */
export type SituationView = { natures: Nature[] } & Pick<MediationCaseTable, 'origin'> &
  Pick<CaseSituationTable, 'since' | 'frequency' | 'moments' | 'hopes' | 'procedure' | 'difficulties'> & {
    doneBefore: string[];
    accessNeeds: string[];
    hopesText: string | undefined;
    service: { organisationId: string | null; name: string | null; text: string | undefined };
    place: { name: string | null; type: string | null; line: string | undefined; stop: string | undefined };
  };

const TABLE = 'case_situation';

/** For mediators and leader, as the story is (F1, last column); read by the same row-level security. */
export async function situationView(tx: StaffTx, text: CaseText, caseId: string): Promise<SituationView> {
  const row = await tx.db
    .selectFrom('mediation_case as c')
    .leftJoin('case_situation as s', 's.case_id', 'c.id')
    .leftJoin('place', 'place.id', 'c.place_id')
    .leftJoin('organisation as o', 'o.id', 's.organisation_id')
    .selectAll('s')
    .select(['c.natures', 'c.origin', 'c.place_type as placeType', 'place.name as placeName', 'o.name as service'])
    .where('c.id', '=', caseId)
    .executeTakeFirstOrThrow();
  const opened = (column: string, sealed: Buffer | null) => text.openOptional(TABLE, column, sealed);
  return {
    natures: row.natures,
    origin: row.origin,
    since: row.since,
    frequency: row.frequency,
    moments: row.moments ?? [],
    doneBefore: row.done_before ?? [],
    hopes: row.hopes ?? [],
    hopesText: opened('hopes_text', row.hopes_text),
    procedure: row.procedure,
    accessNeeds: row.access_needs ?? [],
    difficulties: row.difficulties ?? [],
    service: {
      organisationId: row.organisation_id,
      name: row.service,
      text: opened('service_text', row.service_text),
    },
    place: {
      name: row.placeName,
      type: row.placeType,
      line: opened('transport_line', row.transport_line),
      stop: opened('transport_stop', row.transport_stop),
    },
  };
}

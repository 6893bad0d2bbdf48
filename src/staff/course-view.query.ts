import type { CaseText } from '../cases/case-text.ts';
import { suspensionsIn } from '../cases/suspensions.query.ts';
import { ENDING_MAILS } from '../cases/undo-ending.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { IfAny } from '../cases/tables-of-case.query.ts';

export type NumberedCase = { id: string; number: string };
/** What stands open about the course of a case, beside its waits. */
export type CourseView = {
  /** The closing its leader is to validate: what it says, by whom, since when. */
  proposal: { outcome: string; reason: string; target: string | undefined; by: string; at: Date } | undefined;
  /** T8, for the team only: the request this one joined, and those that joined it, as far as this person sees them. */
  mergedInto: NumberedCase | undefined;
  mergedFrom: NumberedCase[];
  /** How often it has rested in this cycle (T24). */
  rests: number;
  /** Announcements of the end that wait to leave; T35 cancels them. */
  unsentEndings: string[];
};

/** Reads it in the transaction that reads the case; row-level security hides the requests of others. */
export async function courseView(
  tx: StaffTx,
  text: CaseText,
  theCase: { id: string; cycle: number },
  ifAny: IfAny,
): Promise<CourseView> {
  const proposals = await ifAny('closing_proposal', () =>
    tx.db
      .selectFrom('closing_proposal as c')
      .innerJoin('person as p', 'p.id', 'c.proposed_by')
      .select(['c.outcome', 'c.reason', 'c.target', 'c.proposed_at as at', 'p.first_name', 'p.last_name'])
      .where('c.case_id', '=', theCase.id)
      .where('c.answer', 'is', null)
      .limit(1)
      .execute(),
  );
  const near = await ifAny('merged', () =>
    tx.db
      .selectFrom('mediation_case as c')
      .select(['c.id', 'c.number', 'c.merged_into as into'])
      .where((where) =>
        where.or([
          where('c.merged_into', '=', theCase.id),
          where('c.id', '=', (of) =>
            of.selectFrom('mediation_case').select('merged_into').where('id', '=', theCase.id),
          ),
        ]),
      )
      .orderBy('c.number')
      .execute(),
  );
  const unsent = await ifAny('mail', () =>
    tx.db
      .selectFrom('mail')
      .select('template')
      .where('case_id', '=', theCase.id)
      .where('person_id', 'is', null)
      .where('template', 'in', ENDING_MAILS)
      .where('state', '=', 'queued')
      .execute(),
  );
  const [proposal] = proposals;
  const rests = await ifAny('suspension', async () => [await suspensionsIn(tx, theCase)]);
  return {
    proposal: proposal && {
      outcome: proposal.outcome,
      reason: text.open('closing_proposal', 'reason', proposal.reason),
      target: text.openOptional('closing_proposal', 'target', proposal.target),
      by: `${proposal.first_name} ${proposal.last_name}`,
      at: proposal.at,
    },
    mergedInto: near.find(({ into }) => into !== theCase.id),
    mergedFrom: near.filter(({ into }) => into === theCase.id),
    rests: rests[0] ?? 0,
    unsentEndings: unsent.map(({ template }) => template),
  };
}

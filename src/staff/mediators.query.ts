import { sql } from 'kysely';
import type { DeclineReason } from '../cases/answer-assignment.command.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction } from '../db/transaction.ts';
import { localDay } from '../calendar/town-calendar.ts';
import { canLead, type KnownQualification } from '../mediators/qualification-status.ts';
import type { StaffPerson } from './staff-person.query.ts';

/** A mediator and what speaks for or against proposing this case to them (R41). */
export type MediatorChoice = {
  id: string;
  name: string;
  /** May lead: a verified diploma or professional training (R40). */
  qualified: boolean;
  /** Open cases they lead. */
  load: number;
  /** Languages of this case, other than French, that they speak. */
  languages: string[];
  /** The quarter of the case is one of theirs. */
  sector: boolean;
  /** They declined this very case, and why. */
  declined: DeclineReason | null;
  /** Away today; the last day of it (YYYY-MM-DD). */
  awayUntil: string | null;
};

type Found = Omit<MediatorChoice, 'qualified' | 'load'> & { load: string; qualifications: KnownQualification[] };

/**
 * The town's mediators with the reasons of R41: qualification, language, sector, load, what they declined, absence. Whoever fits stands
 * first; the leader decides, nobody is chosen by the page, and there is no score (line 9, R100).
 */
export async function mediatorChoices(
  ctx: CommandContext,
  person: StaffPerson,
  caseId: string,
): Promise<MediatorChoice[]> {
  const policy = await ctx.policies.of(person.townId);
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const today = localDay(policy.calendar, tx.now);
    const found = await sql<Found>`
      with spoken as (
        select spoken_language as language from case_identity where case_id = ${caseId}
        union select spoken_language from party_identity i join party p on p.id = i.party_id and p.ended_at is null where i.case_id = ${caseId}
      )
      select p.id, p.first_name || ' ' || p.last_name as name,
        (select count(*) from mediation_case c where c.lead_id = p.id and c.closed_at is null) as load,
        coalesce((select jsonb_agg(jsonb_build_object('status', q.status, 'validUntil', q.valid_until)) from qualification q where q.person_id = p.id), '[]') as qualifications,
        array(select language from spoken where language <> 'fr' and language = any (m.languages) order by language) as languages,
        coalesce(c.quarter_code = any (m.sectors), false) as sector,
        (select a.answer_reason from assignment a where a.case_id = c.id and a.mediator_id = p.id and a.answer = 'declined'
           order by a.answered_at desc limit 1) as declined,
        (select max(a.to_day) from absence a where a.person_id = p.id and ${today}::date between a.from_day and a.to_day) as "awayUntil"
      from person p join person_role r on r.person_id = p.id and r.role = 'mediator'
      join mediation_case c on c.id = ${caseId}
      left join mediator_profile m on m.person_id = p.id
      where p.town_id = ${person.townId} and p.active order by p.last_name`.execute(tx.db);
    return found.rows
      .map(({ qualifications, load, ...row }) => ({
        ...row,
        load: Number(load),
        qualified: canLead(qualifications, today),
      }))
      .toSorted(fitsFirst);
  });
}

/** Who may lead, has not declined, is here, speaks the language, works in the quarter, carries least; each only where the one before is equal. */
function fitsFirst(one: MediatorChoice, other: MediatorChoice): number {
  const reasons = ({ qualified, declined, awayUntil, languages, sector }: MediatorChoice) => [
    qualified,
    declined === null,
    awayUntil === null,
    languages.length > 0,
    sector,
  ];
  const others = reasons(other);
  const [difference] = reasons(one)
    .map((fits, index) => Number(others[index]) - Number(fits))
    .filter((differs) => differs !== 0);
  return difference ?? one.load - other.load;
}

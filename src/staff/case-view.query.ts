import { type AttachmentView, caseAttachments } from '../attachments/case-attachments.query.ts';
import { erasedFrom } from '../attachments/erased-from.ts';
import { localDay } from '../calendar/town-calendar.ts';
import type { CaseDomain } from '../db/tables/case.ts';
import type { CaseState } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import { lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { type RequestView, requestViews } from '../partners/case-requests.query.ts';
import { type ReferralView, referralView } from '../partners/case-referral.query.ts';
import { type DangerDecisionView, dangerDecisions, type VisitsView, visitsView } from './safety-view.query.ts';
import type { CheckKind } from '../db/tables/party.ts';
import { type WorkView, workView } from '../evaluation/work-evaluation.query.ts';
import { opinionsAsked } from '../evaluation/opinions-asked.query.ts';
import { checksToNote } from '../followup/checks-to-note.ts';
import { type FollowUpView, followUpView } from '../followup/follow-up.query.ts';
import { type SessionsView, sessionsView } from '../sessions/sessions.query.ts';
import { type PartyView, partyViews } from '../parties/parties.query.ts';
import { type RightView, rightViews } from '../rights/case-rights.query.ts';
import { inTransaction } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import { type CourseView, courseView } from './course-view.query.ts';
import { type CaseEvent, caseEvents } from './case-events.query.ts';
import { type CaseMessage, caseMessages } from './case-messages.query.ts';
import { type SituationView, situationView } from './case-situation.query.ts';
import { type CaseWait, caseWaits } from './case-waits.query.ts';
import { type Organisation, organisationChoices } from './organisations.query.ts';
import type { StaffPerson } from './staff-person.query.ts';
import { ifAnyOf } from '../cases/tables-of-case.query.ts';

export type CaseView = CourseView & {
  id: string;
  number: string;
  cycle: number;
  state: CaseState;
  now: Date;
  /** The town's local date (YYYY-MM-DD). */
  today: string;
  /** Something that is waited for has not come by its day (overlay EN_RETARD of §4.3). */
  late: boolean;
  led: boolean;
  isMediator: boolean;
  isProposedToMe: boolean;
  danger: boolean;
  /** Somebody of the family or the partner is feared: no mediation (spec §3.6). */
  familyDanger: boolean;
  /** The other side said it: nobody contacts whoever made the request. */
  requesterFeared: boolean;
  decisions: DangerDecisionView[];
  visits: VisitsView;
  outcome: string | null;
  suspended: boolean;
  /** The last day of a rest (YYYY-MM-DD). */
  suspendedUntil: string | null;
  waitingForPartner: boolean;
  need: string;
  /** As the form's answers say it, until the team has (R13). */
  domain: CaseDomain | null;
  complexity: string | null;
  preventive: boolean;
  minor: boolean;
  interpreter: boolean;
  doubtful: boolean;
  /** The flood on its place it came with (B-39). */
  floodId: string | null;
  tension: number | null;
  categories: string[];
  quarter: string | null;
  receivedAt: Date;
  mediator: string | null;
  leader: string | null;
  story: string | undefined;
  placeText: string | undefined;
  situation: SituationView;
  identity: {
    firstName: string;
    phone: string | undefined;
    email: string | undefined;
    postalAddress: string | undefined;
    trustedPerson: string | undefined;
    contactHours: string | undefined;
    ways: string[];
    precautions: string[];
    spokenLanguage: string | null;
  };
  parties: PartyView[];
  /** What people asked about the data kept on them (R82). */
  rights: RightView[];
  referral: ReferralView | undefined;
  requests: RequestView[];
  meetings: SessionsView;
  /** Checks news may be noted for (F6). */
  begunChecks: CheckKind[];
  news: FollowUpView;
  work: WorkView;
  /** Parties whose opinion is asked now, answered or not: nobody here reads which (docs/decisions/0010). */
  opinionsAsked: { partyId: string; onPaper: boolean }[];
  organisations: Organisation[];
  waits: CaseWait[];
  messages: CaseMessage[];
  attachments: AttachmentView[];
  /** On an ended case: the day from which what was sent is erased. */
  attachmentsUntil: string | undefined;
  /** Newest first. */
  events: CaseEvent[];
};

/**
 * One case as a professional reads it. The reading is written down in the same transaction (R88, line 7 of architecture.md).
 * @throws DomainError not_found when row-level security hides it.
 */
export async function caseView(ctx: CommandContext, person: StaffPerson, caseId: string): Promise<CaseView> {
  const { calendar } = await ctx.policies.of(person.townId);
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const locked = await lockCase(tx, caseId);
    const row = await tx.db
      .selectFrom('mediation_case as c')
      .innerJoin('case_identity as i', 'i.case_id', 'c.id')
      .innerJoin('case_story as s', 's.case_id', 'c.id')
      .leftJoin('person as p', 'p.id', 'c.lead_id')
      .leftJoin('team', 'team.id', 'c.team_id')
      .leftJoin('person as l', 'l.id', 'team.leader_id')
      .leftJoin('quarter as q', (join) =>
        join.onRef('q.town_id', '=', 'c.town_id').onRef('q.code', '=', 'c.quarter_code'),
      )
      .selectAll('i')
      .select([
        's.story',
        's.place_text',
        'c.tension',
        'c.outcome',
        'c.categories',
        'c.domain',
        'c.interpreter',
        'c.doubtful',
        'c.flood_id as floodId',
        'q.name as quarter',
        'p.first_name as mediatorFirst',
        'p.last_name as mediatorLast',
        'l.first_name as leaderFirst',
        'l.last_name as leaderLast',
      ])
      .where('c.id', '=', caseId)
      .executeTakeFirstOrThrow();
    await noteRead(tx, { kind: 'case_viewed', caseId, groups: ['identity', 'story', 'messages', 'notes'] });
    const text = new CaseText(ctx.keys, locked);
    const today = localDay(calendar, tx.now);
    const ifAny = await ifAnyOf(tx, caseId);
    const waits = await caseWaits(tx, caseId);
    const parties = await partyViews(tx, text, caseId, ifAny);
    const [referral] = await ifAny('partner_referral', async () => [await referralView(tx, text, caseId)]);
    const identity = (column: string, sealed: Buffer | null) => text.openOptional('case_identity', column, sealed);
    return {
      ...locked,
      now: tx.now,
      today,
      late: waits.some(({ dueAt, held }) => !held && dueAt < tx.now),
      suspendedUntil: waits.find(({ kind }) => kind === 'suspension')?.dueDay ?? null,
      isMediator: locked.leadId === person.personId || locked.secondId === person.personId,
      isProposedToMe: locked.state === 'assigned' && locked.leadId === person.personId,
      ...(await courseView(tx, text, locked, ifAny)),
      interpreter: row.interpreter,
      doubtful: row.doubtful,
      floodId: row.floodId,
      outcome: row.outcome,
      decisions: await ifAny('danger_decision', () => dangerDecisions(tx, text, caseId)),
      visits: await visitsView(tx, text, { ...locked, tension: row.tension }),
      tension: row.tension,
      categories: row.categories,
      domain: row.domain,
      quarter: row.quarter,
      mediator: row.mediatorFirst && row.mediatorLast ? `${row.mediatorFirst} ${row.mediatorLast}` : null,
      leader: row.leaderFirst && row.leaderLast ? `${row.leaderFirst} ${row.leaderLast}` : null,
      story: text.openOptional('case_story', 'story', row.story),
      placeText: text.openOptional('case_story', 'place_text', row.place_text),
      situation: await situationView(tx, text, caseId),
      identity: {
        firstName: text.open('case_identity', 'first_name', row.first_name),
        phone: identity('phone', row.phone),
        email: identity('email', row.email),
        postalAddress: identity('postal_address', row.postal_address),
        trustedPerson: identity('trusted_person', row.trusted_person),
        contactHours: identity('contact_hours', row.contact_hours),
        ways: row.contact_ways,
        precautions: row.precautions,
        spokenLanguage: row.spoken_language,
      },
      parties,
      rights: await ifAny('rights_request', () => rightViews(tx, text, locked, parties)),
      meetings: await sessionsView(tx, text, caseId, ifAny),
      begunChecks: await checksToNote(tx, locked),
      news: await followUpView(tx, text, caseId, ifAny),
      work: await workView(tx, text, locked, ifAny),
      opinionsAsked: await ifAny('questionnaire', () => opinionsAsked(tx, caseId, today)),
      referral,
      requests: await ifAny('partner_request', () => requestViews(tx, text, caseId)),
      organisations: await organisationChoices(tx),
      waits,
      messages: await caseMessages(tx, text, caseId, ifAny),
      attachments: await ifAny('attachment', () => caseAttachments(tx, text, caseId)),
      attachmentsUntil: locked.closedAt ? erasedFrom(calendar, locked.closedAt) : undefined,
      events: await caseEvents(tx, caseId),
    };
  });
}

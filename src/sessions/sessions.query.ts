import type { CaseText } from '../cases/case-text.ts';
import type { LinkKind, SessionMode, SessionState } from '../db/tables/session.ts';
import type { HolderTx, StaffTx } from '../db/transaction.ts';
import type { IfAny } from '../cases/tables-of-case.query.ts';
import { relationCourse, type RelationView, tensionCourse, type TensionPoint } from './course.query.ts';
import { notesOf, type NoteView } from './notes.query.ts';

export type AppointmentView = { id: string; mode: SessionMode; startsAt: Date; endsAt: Date; place: string };

/** The sessions still to come that a code holder is invited to; a guest's own only, by row-level security. */
export async function appointmentsOf(tx: HolderTx, text: CaseText, caseId: string): Promise<AppointmentView[]> {
  const sessions = await tx.db
    .selectFrom('session_party as sp')
    .innerJoin('mediation_session as s', 's.id', 'sp.session_id')
    .select(['s.id', 's.mode', 's.starts_at as startsAt', 's.ends_at as endsAt', 's.place'])
    .where('sp.case_id', '=', caseId)
    .where('s.state', '=', 'planned')
    .where('s.ends_at', '>', tx.now)
    .orderBy('s.starts_at')
    .execute();
  return sessions.map((session) => ({ ...session, place: text.open('mediation_session', 'place', session.place) }));
}

export type SessionView = AppointmentView & { state: SessionState; movedFrom: Date | null; partyIds: string[] };
export type CommitmentView = { partyId: string; noteId: string | null; what: string; byDay: string };
/** R19: a link between a person and an organisation; effective once confirmed. */
export type LinkView = {
  id: string;
  noteId: string | null;
  organisation: string;
  kind: LinkKind;
  at: Date;
  confirmedAt: Date | null;
};
export type SessionsView = {
  sessions: SessionView[];
  notes: NoteView[];
  commitments: CommitmentView[];
  links: LinkView[];
  tension: TensionPoint[];
  relations: RelationView[];
};

const TELL_TENSION = ['tension_mark', 'session_note', 'follow_up_check', 'closing_proposal'] as const;

/** Sessions, notes and commitments of a case as its pair of mediators and its leader read them (spec §3.3). */
export async function sessionsView(tx: StaffTx, text: CaseText, caseId: string, ifAny: IfAny): Promise<SessionsView> {
  const sessions = await ifAny('mediation_session', () =>
    tx.db
      .selectFrom('mediation_session')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('starts_at', 'desc')
      .execute(),
  );
  const invited = await ifAny('mediation_session', () =>
    tx.db
      .selectFrom('session_party')
      .select(['session_id as sessionId', 'party_id as partyId'])
      .where('case_id', '=', caseId)
      .execute(),
  );
  const commitments = await ifAny('commitment', () =>
    tx.db
      .selectFrom('commitment')
      .select(['party_id as partyId', 'note_id as noteId', 'what', 'by_day as byDay'])
      .where('case_id', '=', caseId)
      .orderBy('by_day')
      .execute(),
  );
  const links = await ifAny('link_made', () =>
    tx.db
      .selectFrom('link_made as l')
      .innerJoin('organisation as o', 'o.id', 'l.organisation_id')
      .select([
        'l.id',
        'l.note_id as noteId',
        'o.name as organisation',
        'l.kind',
        'l.at',
        'l.confirmed_at as confirmedAt',
      ])
      .where('l.case_id', '=', caseId)
      .orderBy('l.at')
      .execute(),
  );
  return {
    links,
    sessions: sessions.map((session) => ({
      id: session.id,
      mode: session.mode,
      startsAt: session.starts_at,
      endsAt: session.ends_at,
      movedFrom: session.moved_from,
      state: session.state,
      place: text.open('mediation_session', 'place', session.place),
      partyIds: invited.filter(({ sessionId }) => sessionId === session.id).map(({ partyId }) => partyId),
    })),
    notes: await ifAny('session_note', () => notesOf(tx, text, caseId)),
    tension: await ifAny(TELL_TENSION, () => tensionCourse(tx, caseId)),
    relations: await ifAny('relation_mark', () => relationCourse(tx, caseId)),
    commitments: commitments.map((commitment) => ({
      ...commitment,
      what: text.open('commitment', 'what', commitment.what),
    })),
  };
}

import { sql } from 'kysely';
import type { CaseText } from '../cases/case-text.ts';
import type { ActionKind, NoteMode, Progress } from '../db/tables/session.ts';
import type { StaffTx } from '../db/transaction.ts';

/** A note as F4 was filled in; whom it names are ids of parties, and colleagues by name. */
export type NoteView = {
  id: string;
  startsAt: Date;
  minutes: number;
  travelMinutes: number | null;
  mode: NoteMode;
  author: string;
  second: string | null;
  present: string[];
  participants: number | null;
  actionKind: ActionKind | null;
  interpreter: boolean;
  registers: string[];
  topics: string[];
  tensionBefore: number;
  tensionAfter: number;
  progress: Progress;
  safetyAlert: boolean;
  note: string | undefined;
  nextStep: string | undefined;
  nextOn: string | null;
};

type Found = Omit<NoteView, 'note' | 'nextStep'> & { note: Buffer | null; nextStep: Buffer | null };

/** The notes of a case, the latest first, for its mediators and its leader (spec §4.5, F4: M R only). */
export async function notesOf(tx: StaffTx, text: CaseText, caseId: string): Promise<NoteView[]> {
  const found = await sql<Found>`
    select n.id, n.starts_at as "startsAt", n.minutes, n.travel_minutes as "travelMinutes", n.mode,
      a.first_name || ' ' || a.last_name as author, s.first_name || ' ' || s.last_name as second,
      n.present, n.participants, n.action_kind as "actionKind", n.interpreter, n.registers, n.topics,
      n.tension_before as "tensionBefore", n.tension_after as "tensionAfter", n.progress, n.safety_alert as "safetyAlert",
      n.note, n.next_step as "nextStep", n.next_on::text as "nextOn"
    from session_note n join person a on a.id = n.person_id left join person s on s.id = n.second_id
    where n.case_id = ${caseId} order by n.starts_at desc, n.at desc`.execute(tx.db);
  return found.rows.map((row) => ({
    ...row,
    note: text.openOptional('session_note', 'note', row.note),
    nextStep: text.openOptional('session_note', 'next_step', row.nextStep),
  }));
}

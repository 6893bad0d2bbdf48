import type { CaseText } from '../cases/case-text.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { AttachmentKind } from '../db/tables/attachment.ts';
import type { Relation } from '../db/tables/case.ts';
import type { AgreementItemName } from '../db/tables/party.ts';
import type { CaseParty } from '../parties/standing.ts';
import type { Right } from './rights-status.ts';

/** What was done with one person, each with its instant (ISO text) and, where there are any, that person's own words. */
export type CopiedAct =
  | { kind: 'mine' | 'team'; at: string; words: string }
  | {
      kind: 'agreed' | 'refused' | 'taken_back';
      at: string;
      item: AgreementItemName;
      words?: string;
      organisation?: string;
    }
  | { kind: 'commitment'; at: string; by: string; words: string }
  | { kind: 'meeting'; at: string; place: string }
  | { kind: 'try'; at: string; way: string; reached: boolean }
  | { kind: 'news'; at: string; way: string; situation: string | null; kept?: string; words?: string }
  | { kind: 'sent'; at: string; of: AttachmentKind; name?: string; bytes: number; gone: boolean }
  | { kind: 'relation'; at: string; relation: Relation | null; score: number | null }
  | { kind: 'right'; at: string; right: Right; words?: string }
  | { kind: 'informed' | 'left'; at: string };

type Party = Pick<CaseParty, 'id' | 'side'>;

/**
 * Messages, what was sent, agreements, commitments, meetings, tries, news, what was said of the relation and asked of one's data, of one party: the
 * oldest first. Notes stay out: others stand in them.
 */
export async function copiedActs(tx: StaffTx, text: CaseText, caseId: string, party: Party): Promise<CopiedAct[]> {
  const acts = [
    ...(await messages(tx, text, caseId, party)),
    ...(await agreements(tx, text, party)),
    ...(await commitments(tx, text, party)),
    ...(await meetings(tx, text, party)),
    ...(await tries(tx, caseId, party)),
    ...(await news(tx, text, party)),
    ...(await sent(tx, text, party)),
    ...(await relation(tx, party)),
    ...(await rightsAsked(tx, text, party)),
    ...(await standing(tx, party)),
  ];
  return acts.toSorted((one, other) => one.at.localeCompare(other.at));
}

async function messages(tx: StaffTx, text: CaseText, caseId: string, party: Party): Promise<CopiedAct[]> {
  if (party.side === 'requester') {
    const rows = await tx.db
      .selectFrom('case_message')
      .select(['kind', 'at', 'body'])
      .where('case_id', '=', caseId)
      .execute();
    return rows.map(({ kind, at, body }) => ({
      kind: kind === 'answer' || kind === 'message' ? 'mine' : 'team',
      at: at.toISOString(),
      words: text.open('case_message', 'body', body),
    }));
  }
  const rows = await tx.db
    .selectFrom('party_message')
    .select(['from_team as fromTeam', 'at', 'body'])
    .where('party_id', '=', party.id)
    .execute();
  return rows.map(({ fromTeam, at, body }) => ({
    kind: fromTeam ? 'team' : 'mine',
    at: at.toISOString(),
    words: text.open('party_message', 'body', body),
  }));
}

async function agreements(tx: StaffTx, text: CaseText, party: Party): Promise<CopiedAct[]> {
  const rows = await tx.db
    .selectFrom('agreement_item as i')
    .innerJoin('agreement as a', 'a.id', 'i.agreement_id')
    .leftJoin('organisation as o', 'o.id', 'i.organisation_id')
    .select(['i.item', 'i.given', 'i.said', 'i.purpose', 'i.withdrawn_at as takenBackAt', 'o.name as organisation'])
    .select(['i.added_at as addedAt', 'a.answered_at as answeredAt', 'a.asked_at as askedAt'])
    .where('i.party_id', '=', party.id)
    .orderBy('i.ordinal')
    .execute();
  return rows.flatMap(({ item, given, said, purpose, takenBackAt, organisation, ...when }) => {
    const words = [
      said && text.open('agreement_item', 'said', said),
      purpose && text.open('agreement_item', 'purpose', purpose),
    ]
      .filter(Boolean)
      .join(' – ');
    const about = { item, ...(words ? { words } : {}), ...(organisation ? { organisation } : {}) };
    const at = (when.addedAt ?? when.answeredAt ?? when.askedAt).toISOString();
    return [
      { kind: given ? ('agreed' as const) : ('refused' as const), at, ...about },
      ...(given && takenBackAt ? [{ kind: 'taken_back' as const, at: takenBackAt.toISOString(), ...about }] : []),
    ];
  });
}

async function commitments(tx: StaffTx, text: CaseText, party: Party): Promise<CopiedAct[]> {
  const rows = await tx.db
    .selectFrom('commitment')
    .select(['what', 'by_day as by', 'recorded_at as at'])
    .where('party_id', '=', party.id)
    .execute();
  return rows.map(({ what, by, at }) => ({
    kind: 'commitment',
    at: at.toISOString(),
    by,
    words: text.open('commitment', 'what', what),
  }));
}

async function meetings(tx: StaffTx, text: CaseText, party: Party): Promise<CopiedAct[]> {
  const rows = await tx.db
    .selectFrom('session_party as sp')
    .innerJoin('mediation_session as s', 's.id', 'sp.session_id')
    .select(['s.starts_at as at', 's.place'])
    .where('sp.party_id', '=', party.id)
    .execute();
  return rows.map(({ at, place }) => ({
    kind: 'meeting',
    at: at.toISOString(),
    place: text.open('mediation_session', 'place', place),
  }));
}

async function tries(tx: StaffTx, caseId: string, party: Party): Promise<CopiedAct[]> {
  const rows = await tx.db
    .selectFrom('contact_attempt')
    .select(['at', 'way', 'reached'])
    .where('case_id', '=', caseId)
    .where('party_id', party.side === 'requester' ? 'is' : '=', party.side === 'requester' ? null : party.id)
    .execute();
  return rows.map(({ at, way, reached }) => ({ kind: 'try', at: at.toISOString(), way, reached }));
}

async function news(tx: StaffTx, text: CaseText, party: Party): Promise<CopiedAct[]> {
  const rows = await tx.db
    .selectFrom('follow_up_check')
    .select(['at', 'way', 'situation', 'kept', 'new_need as need'])
    .where('party_id', '=', party.id)
    .where('reached', '=', true)
    .execute();
  return rows.map(({ at, way, situation, kept, need }) => ({
    kind: 'news',
    at: at.toISOString(),
    way,
    situation,
    ...(kept ? { kept } : {}),
    ...(need ? { words: text.open('follow_up_check', 'new_need', need) } : {}),
  }));
}

/** Photos, documents and recordings: what it was, never what is in it; also what is gone meanwhile. */
async function sent(tx: StaffTx, text: CaseText, party: Party): Promise<CopiedAct[]> {
  const rows = await tx.db
    .selectFrom('attachment')
    .select(['kind as of', 'name', 'bytes', 'state', 'sent_at as at'])
    .where('party_id', '=', party.id)
    .execute();
  return rows.map(({ of, name, bytes, state, at }) => ({
    kind: 'sent',
    at: at.toISOString(),
    of,
    ...(name ? { name: text.open('attachment', 'name', name) } : {}),
    bytes,
    gone: state !== 'quarantined' && state !== 'checked',
  }));
}

async function relation(tx: StaffTx, party: Party): Promise<CopiedAct[]> {
  const rows = await tx.db
    .selectFrom('relation_mark')
    .select(['at', 'relation', 'score'])
    .where('party_id', '=', party.id)
    .execute();
  return rows.map(({ at, ...said }) => ({ kind: 'relation', at: at.toISOString(), ...said }));
}

async function rightsAsked(tx: StaffTx, text: CaseText, party: Party): Promise<CopiedAct[]> {
  const rows = await tx.db
    .selectFrom('rights_request')
    .select(['right_asked as right', 'about', 'received_at as at', 'answer', 'settled_at as settledAt'])
    .where('party_id', '=', party.id)
    .execute();
  return rows.flatMap(({ right, about, at, answer, settledAt }): CopiedAct[] => [
    {
      kind: 'right',
      at: at.toISOString(),
      right,
      ...(about ? { words: text.open('rights_request', 'about', about) } : {}),
    },
    ...(answer && settledAt
      ? [{ kind: 'team' as const, at: settledAt.toISOString(), words: text.open('rights_request', 'answer', answer) }]
      : []),
  ]);
}

/** When we said what we keep (art. 14), and when it ended for this person. */
async function standing(tx: StaffTx, party: Party): Promise<CopiedAct[]> {
  const { informedAt, how, endedAt } = await tx.db
    .selectFrom('party')
    .select(['informed_at as informedAt', 'informed_how as how', 'ended_at as endedAt'])
    .where('id', '=', party.id)
    .executeTakeFirstOrThrow();
  return [
    ...(informedAt && how !== 'exempted' ? [{ kind: 'informed' as const, at: informedAt.toISOString() }] : []),
    ...(endedAt ? [{ kind: 'left' as const, at: endedAt.toISOString() }] : []),
  ];
}

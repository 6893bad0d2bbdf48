import type { CaseText } from '../cases/case-text.ts';
import type { StaffTx } from '../db/transaction.ts';
import type { IfAny } from '../cases/tables-of-case.query.ts';

/** One message of a case as the team reads it: between which party and the team, and which way it went. */
export type CaseMessage = {
  id: string;
  party: 'requester' | { id: string };
  fromTeam: boolean;
  /** It answers our question (T5). */
  answers: boolean;
  at: Date;
  text: string;
  /** The recording it came with, or was. */
  voiceId: string | null;
};

/** Every message of a case in the order they came, the requester's and the other parties' (R29). The caller has written the reading down. */
export async function caseMessages(tx: StaffTx, text: CaseText, caseId: string, ifAny: IfAny): Promise<CaseMessage[]> {
  const withRequester = await ifAny('case_message', () =>
    tx.db
      .selectFrom('case_message')
      .select(['id', 'kind', 'at', 'body', 'voice_id as voiceId'])
      .where('case_id', '=', caseId)
      .execute(),
  );
  const withOthers = await ifAny('party_message', () =>
    tx.db
      .selectFrom('party_message')
      .select(['id', 'party_id as partyId', 'from_team as fromTeam', 'at', 'body', 'voice_id as voiceId'])
      .where('case_id', '=', caseId)
      .execute(),
  );
  const messages: CaseMessage[] = [
    ...withRequester.map(({ id, kind, at, body, voiceId }) => ({
      id,
      party: 'requester' as const,
      fromTeam: kind === 'question' || kind === 'team_message',
      answers: kind === 'answer',
      at,
      voiceId,
      text: text.open('case_message', 'body', body),
    })),
    ...withOthers.map(({ id, partyId, fromTeam, at, body, voiceId }) => ({
      id,
      party: { id: partyId },
      fromTeam,
      answers: false,
      at,
      voiceId,
      text: text.open('party_message', 'body', body),
    })),
  ];
  return messages.sort((a, b) => a.at.getTime() - b.at.getTime());
}

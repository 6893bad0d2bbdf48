import { sql } from 'kysely';
import type { CaseState } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import { lockCase } from '../cases/lock-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import { partiesOf } from '../parties/standing.ts';
import { openCopy, ownCopy, type OwnCopy } from './own-copy.query.ts';
import { type RightTold, rightTold, TOLD } from './right-told.ts';
import {
  type Erasable,
  isOpenRight,
  mayErase,
  type RightsChannel,
  type RightsIdentity,
  type RightsReply,
} from './rights-status.ts';

/** A request about somebody's own data as the team reads it. */
export type RightView = RightTold & {
  partyId: string;
  reply: RightsReply;
  channel: RightsChannel;
  identity: RightsIdentity;
  recordedBy: string | null;
  /** The copy an access request brought, or would bring now; once it was given it may have been erased. */
  copy: 'none' | 'there' | 'erased';
  /** What may be erased of this person's data as things stand. */
  mayErase: Erasable[];
};

/** What the people of a case have asked, what waits for its answer first. The caller has written the reading down. */
export async function rightViews(
  tx: StaffTx,
  text: CaseText,
  theCase: { id: string; state: CaseState },
  parties: readonly (Parameters<typeof mayErase>[1] & { id: string })[],
): Promise<RightView[]> {
  const rows = await tx.db
    .selectFrom('rights_request as r')
    .leftJoin('person as p', 'p.id', 'r.recorded_by')
    .select(TOLD)
    .select(['r.party_id as partyId', 'r.reply_way as reply', 'r.channel', 'r.identity'])
    .select(['p.first_name as first', 'p.last_name as last'])
    .select(sql<boolean>`r.copy is not null`.as('hasCopy'))
    .where('r.case_id', '=', theCase.id)
    .orderBy('r.received_at')
    .execute();
  const views = rows.map(({ partyId, reply, channel, identity, first, last, hasCopy, ...row }) => {
    const party = parties.find(({ id }) => id === partyId);
    return {
      ...rightTold(text, row),
      copy: copyOf(row, hasCopy),
      partyId,
      reply,
      channel,
      identity,
      recordedBy: first && last ? `${first} ${last}` : null,
      mayErase: party ? mayErase(theCase, party) : [],
    };
  });
  return views.toSorted((one, other) => Number(other.isOpen) - Number(one.isOpen));
}

function copyOf({ right, state }: Pick<RightTold, 'right' | 'state'>, hasCopy: boolean): RightView['copy'] {
  if (right !== 'access' || !(isOpenRight(state) || state === 'answered')) return 'none';
  return isOpenRight(state) || hasCopy ? 'there' : 'erased';
}

/**
 * The copy one access request brought, or would bring now: what the leader reads before it is given, and prints where it goes by post. The reading is
 * written down.
 */
export async function copyForTeam(
  ctx: CommandContext,
  by: Staff,
  caseId: string,
  requestId: string,
): Promise<OwnCopy | undefined> {
  return inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, caseId);
    const request = await tx.db
      .selectFrom('rights_request')
      .select(['copy', 'state', 'party_id as partyId'])
      .where('id', '=', requestId)
      .where('case_id', '=', caseId)
      .where('right_asked', '=', 'access')
      .executeTakeFirst();
    if (!request) return undefined;
    await noteRead(tx, { kind: 'case_viewed', caseId, groups: ['identity', 'story', 'messages'] });
    const text = new CaseText(ctx.keys, theCase);
    const copy = openCopy(text, request.copy);
    if (copy) return copy;
    const party = (await partiesOf(tx, caseId)).find(({ id }) => id === request.partyId);
    return party && isOpenRight(request.state) ? ownCopy(tx, text, theCase, party) : undefined;
  });
}

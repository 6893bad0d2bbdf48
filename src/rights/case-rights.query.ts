import type { CaseState } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import { lockCase } from '../cases/lock-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import type { RefusalGround } from '../db/tables/rights.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import { partiesOf } from '../parties/standing.ts';
import { ownCopy, type OwnCopy } from './own-copy.query.ts';
import {
  type Erasable,
  isOpenRight,
  mayErase,
  type Right,
  type RightsChannel,
  type RightsIdentity,
  type RightsReply,
  type RightsState,
} from './rights-status.ts';

/** A request about somebody's own data as the team reads it. */
export type RightView = {
  id: string;
  partyId: string;
  right: Right;
  about: string | undefined;
  reply: RightsReply;
  channel: RightsChannel;
  identity: RightsIdentity;
  recordedBy: string | null;
  receivedOn: string;
  dueDay: string;
  state: RightsState;
  isOpen: boolean;
  extensionReason: string | undefined;
  answer: string | undefined;
  refusalGround: RefusalGround | null;
  erased: Erasable[];
  contactErased: boolean;
  /** What may be erased of this person's data as things stand. */
  mayErase: Erasable[];
};

/** What the people of a case have asked, what waits for its answer first. The caller has written the reading down. */
export async function rightViews(
  tx: StaffTx,
  text: CaseText,
  theCase: { id: string; state: CaseState },
): Promise<RightView[]> {
  const rows = await tx.db
    .selectFrom('rights_request as r')
    .leftJoin('person as p', 'p.id', 'r.recorded_by')
    .selectAll('r')
    .select(['p.first_name as first', 'p.last_name as last'])
    .where('r.case_id', '=', theCase.id)
    .orderBy('r.received_at')
    .execute();
  if (rows.length === 0) return [];
  const parties = await partiesOf(tx, theCase.id);
  const words = (column: string, sealed: Buffer | null) => text.openOptional('rights_request', column, sealed);
  const views = rows.map((row) => {
    const party = parties.find(({ id }) => id === row.party_id);
    return {
      id: row.id,
      partyId: row.party_id,
      right: row.right_asked,
      about: words('about', row.about),
      reply: row.reply_way,
      channel: row.channel,
      identity: row.identity,
      recordedBy: row.first && row.last ? `${row.first} ${row.last}` : null,
      receivedOn: row.received_on,
      dueDay: row.due_day,
      state: row.state,
      isOpen: isOpenRight(row.state),
      extensionReason: words('extension_reason', row.extension_reason),
      answer: words('answer', row.answer),
      refusalGround: row.refusal_ground,
      erased: row.erased,
      contactErased: row.contact_erased_at !== null,
      mayErase: party ? mayErase(theCase, party) : [],
    };
  });
  return views.toSorted((one, other) => Number(other.isOpen) - Number(one.isOpen));
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
    const copy = text.openOptional('rights_request', 'copy', request.copy);
    // Sealed by ourselves, from this very type.
    if (copy !== undefined) return JSON.parse(copy) as OwnCopy;
    const party = (await partiesOf(tx, caseId)).find(({ id }) => id === request.partyId);
    return party && isOpenRight(request.state) ? ownCopy(tx, text, theCase, party) : undefined;
  });
}

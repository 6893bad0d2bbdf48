import { CaseText } from '../cases/case-text.ts';
import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { noteRead } from '../journal/note-read.ts';
import { whyNoLetter } from '../parties/may-invite.ts';
import { partyCode } from '../parties/party-code.ts';
import { formatToken, paperToken } from '../evaluation/paper-token.ts';
import { partiesOf, PUBLIC_SERVICES } from '../parties/standing.ts';
import { partyViews } from '../parties/parties.query.ts';
import { type Agreed, whatWasAgreed } from '../parties/what-was-agreed.query.ts';
import type { Staff } from '../cases/triage.command.ts';

export type InvitationFacts = {
  number: string;
  code: string;
  now: Date;
  mediator: string;
  mayBeSaid: string | undefined;
  /** A minor’s letter is for whoever represents them (R81). */
  representative: string | undefined;
};

/**
 * What the invitation of one party holds; nothing where that party has no living code, has left, or may not be invited by letter
 * now. The reading is written down (R88).
 */
export async function invitationFacts(
  ctx: CommandContext,
  person: Staff,
  caseId: string,
  partyId: string,
): Promise<InvitationFacts | undefined> {
  return reading(ctx, person, caseId, async (tx, text, theCase) => {
    const access = await tx.db
      .selectFrom('access')
      .select('id')
      .where('case_id', '=', caseId)
      .where('party_id', '=', partyId)
      .where('purpose', '=', 'party_code')
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (!access) return undefined;
    const parties = await partyViews(tx, text, caseId);
    const party = parties.find(({ id }) => id === partyId);
    if (!party || party.ended || whyNoLetter(theCase, party)) return undefined;
    const requester = parties.find(({ side }) => side === 'requester');
    const mediator = await tx.db
      .selectFrom('mediation_case as c')
      .innerJoin('person as p', 'p.id', 'c.lead_id')
      .select(['p.first_name as first', 'p.last_name as last'])
      .where('c.id', '=', caseId)
      .executeTakeFirst();
    if (!mediator) return undefined;
    return {
      number: theCase.number,
      code: partyCode(ctx.keys, access.id),
      now: tx.now,
      mediator: `${mediator.first} ${mediator.last}`,
      mayBeSaid: requester?.maySay,
      representative: party.minor ? party.legalRepresentative : undefined,
    };
  });
}

/** What people agreed, for the paper they keep; nothing before there is a result. The reading is written down. */
export async function agreementFacts(
  ctx: CommandContext,
  person: Staff,
  caseId: string,
): Promise<(Agreed & { number: string }) | undefined> {
  return reading(ctx, person, caseId, async (tx, text, { number }) => {
    const agreed = await whatWasAgreed(tx, text, caseId);
    return agreed && { ...agreed, number };
  });
}

/** What the paper copy of one party's questionnaire holds; nothing where none was given (F7). */
export async function opinionFacts(
  ctx: CommandContext,
  person: Staff,
  caseId: string,
  partyId: string,
): Promise<{ token: string; withService: boolean; at: Date } | undefined> {
  return reading(ctx, person, caseId, async (tx) => {
    const copy = await tx.db
      .selectFrom('questionnaire')
      .select('id')
      .where('case_id', '=', caseId)
      .where('party_id', '=', partyId)
      .where('paper_hash', 'is not', null)
      .orderBy('cycle', 'desc')
      .executeTakeFirst();
    if (!copy) return undefined;
    const withService = (await partiesOf(tx, caseId)).some(({ kind }) => PUBLIC_SERVICES.includes(kind));
    return { token: formatToken(paperToken(ctx.keys, copy.id)), withService, at: tx.now };
  });
}

async function reading<T>(
  ctx: CommandContext,
  person: Staff,
  caseId: string,
  run: (tx: StaffTx, text: CaseText, theCase: LockedCase) => Promise<T>,
): Promise<T> {
  return inTransaction(ctx.db, { role: 'app_staff', townId: person.townId, personId: person.personId }, async (tx) => {
    const locked = await lockCase(tx, caseId);
    await noteRead(tx, { kind: 'case_viewed', caseId, groups: ['identity'] });
    return run(tx, new CaseText(ctx.keys, locked), locked);
  });
}

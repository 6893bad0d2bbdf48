import type { CommandContext } from '../command-context.ts';
import type { ContactAttemptTable, Relation } from '../db/tables/case.ts';
import { inTransaction, type StaffTx } from '../db/transaction.ts';
import { openDeadline } from '../deadlines/open-deadline.ts';
import { openWait } from '../deadlines/open-wait.query.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { BEFORE_MEDIATION, type CaseState, TALKING } from './case-status.ts';
import type { TownPolicy } from '../deadlines/town-policy.ts';
import { type CaseParty, partiesOf } from '../parties/standing.ts';
import { writeMarks } from '../parties/write-marks.ts';
import { CaseText } from './case-text.ts';
import { isOneTooMany, triesInVain } from './contact-tries.ts';
import { type LockedCase, lockCase, requireMediatorOrLeader } from './lock-case.ts';
import type { Staff } from './triage.command.ts';

export const CONTACT_WAYS_TRIED = ['phone', 'visit', 'desk', 'letter', 'email', 'trusted_person'] as const;
export type ContactNote = {
  caseId: string;
  way: ContactAttemptTable['way'];
  reached: boolean;
  note?: string;
  /** The other party one tried to reach; the requester where left out. */
  partyId?: string;
  /** R10, R16: how this party says the relation is before anything was tried, in words and from 0 to 10. */
  relation?: Relation;
  relationScore?: number;
};

const WHEN: readonly CaseState[] = ['in_triage', 'more_info_needed', ...TALKING];

/**
 * Notes one try to reach the person (R33). The first try ends the wait for the first contact; while nobody was reached, the
 * series of tries is waited for; once reached, the next note is.
 * @throws DomainError tried_enough beside `way` when three tries and a letter reached nobody in this cycle.
 */
export async function noteContact(ctx: CommandContext, by: Staff, input: ContactNote): Promise<void> {
  const policy = await ctx.policies.of(by.townId);
  await inTransaction(ctx.db, { role: 'app_staff', ...by }, async (tx) => {
    const theCase = await lockCase(tx, input.caseId);
    requireMediatorOrLeader(tx, theCase);
    if (!WHEN.includes(theCase.state)) throw new DomainError('not_allowed_now');
    const parties = await partiesOf(tx, theCase.id);
    if (input.partyId && !parties.some(({ id, ended }) => id === input.partyId && !ended))
      throw new DomainError('unknown_choice', { field: 'party' });
    const other = otherParty(input, parties);
    if (!input.reached && isOneTooMany(policy, await triesInVain(tx, theCase, other), { way: input.way, at: tx.now }))
      throw new DomainError('tried_enough', { field: 'way' });
    await tx.db
      .insertInto('contact_attempt')
      .values({
        case_id: theCase.id,
        town_id: by.townId,
        person_id: by.personId,
        party_id: other ?? null,
        cycle: theCase.cycle,
        way: input.way,
        reached: input.reached,
        note: input.note ? new CaseText(ctx.keys, theCase).seal('contact_attempt', 'note', input.note) : null,
        at: tx.now,
      })
      .execute();
    await markStart(tx, theCase, input, parties);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'contact_attempted',
      actor: 'staff',
      personId: by.personId,
      data: { way: input.way, reached: input.reached, party: other ?? null },
    });
    if (input.reached && other === undefined) await noteReached(tx, theCase.id);
    if (theCase.state !== 'first_contact') return nextNote(tx, policy, theCase, other !== undefined);
    await settleDeadlines(tx, theCase.id, ['first_contact', 'no_note', 'next_step'], 'met');
    if (input.reached) {
      await settleDeadlines(tx, theCase.id, ['contact_attempts'], 'met');
      await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
    } else if (!(await openWait(tx, theCase.id, 'contact_attempts'))) {
      await openDeadline(tx, policy, { caseId: theCase.id, kind: 'contact_attempts' });
    }
  });
}

/** The first time the person was spoken with counts for how long the request may come back (T29). */
export async function noteReached(tx: StaffTx, caseId: string): Promise<void> {
  await tx.db
    .updateTable('mediation_case')
    .set({ reached_at: tx.now })
    .where('id', '=', caseId)
    .where('reached_at', 'is', null)
    .execute();
}

/** What was said of the relation at the beginning; said again later, it is one more mark. @throws DomainError not_allowed_now once the mediation began. */
async function markStart(
  tx: StaffTx,
  theCase: LockedCase,
  { partyId, relation, relationScore }: ContactNote,
  parties: readonly CaseParty[],
): Promise<void> {
  if (relation === undefined && relationScore === undefined) return;
  if (!BEFORE_MEDIATION.includes(theCase.state)) throw new DomainError('not_allowed_now');
  const asked = parties.find(({ id, side }) => (partyId ? id === partyId : side === 'requester'));
  if (!asked) throw new DomainError('unknown_choice', { field: 'party' });
  await writeMarks(tx, theCase, 'start', [{ partyId: asked.id, relation, score: relationScore }]);
}

/** Once agreements are gathered a try is a note: the wait for the next one begins again, the one for a first word to the other side ends. */
async function nextNote(tx: StaffTx, policy: TownPolicy, theCase: LockedCase, toOther: boolean): Promise<void> {
  if (theCase.state === 'in_triage' || theCase.state === 'more_info_needed') return;
  if (toOther) await settleDeadlines(tx, theCase.id, ['other_party_contact'], 'met');
  await settleDeadlines(tx, theCase.id, ['no_note', 'next_step'], 'met');
  if (theCase.state !== 'follow_up') await openDeadline(tx, policy, { caseId: theCase.id, kind: 'no_note' });
}

function otherParty(input: ContactNote, parties: readonly CaseParty[]): string | undefined {
  return parties.find(({ id, side }) => id === input.partyId && side === 'other')?.id;
}

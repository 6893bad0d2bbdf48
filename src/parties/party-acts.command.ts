import { BEFORE_MEDIATION, GATHERING } from '../cases/case-status.ts';
import { onCase, type StaffAct } from '../cases/on-case.ts';
import { requireLeader } from '../cases/lock-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { settleDeadlines } from '../deadlines/settle-deadlines.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { ask, askAgreement, requireContactAllowed } from './add-party.command.ts';
import { mayBecome } from './agreement-status.ts';
import { comeBack, owesNotice } from './come-back.ts';
import { endParty } from './end-party.ts';
import { partyWithdraws } from './party-withdraws.ts';
import { partyOf } from './standing.ts';

type OnParty = { caseId: string; partyId: string };

/**
 * Asks a party for its agreement by its code (F3 `lien`). The other side is asked only while the requester lets it be contacted (item 2); who said
 * no, stopped or gave no answer is asked again only after coming back of itself (R29, R33).
 * @throws DomainError agreement_missing without the requester's word; unknown_choice beside `cameBack`; contact_erased.
 */
export async function askForAgreement(
  ctx: CommandContext,
  by: Staff,
  input: OnParty & { cameBack?: boolean },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase } = act;
    const party = await partyOf(act, input.partyId);
    const allowed = party.side === 'requester' ? BEFORE_MEDIATION : GATHERING;
    if (!allowed.includes(theCase.state) || party.agreement === 'asked') throw new DomainError('not_allowed_now');
    if (party.side === 'other') await requireContactAllowed(act);
    const saidNo = party.ended || party.agreement === 'no' || party.agreement === 'withdrawn';
    if (saidNo && !input.cameBack) throw new DomainError('unknown_choice', { field: 'cameBack' });
    if (party.ended) await comeBack(tx, policy, theCase.id, party);
    else if (party.side === 'other') await owesNotice(tx, policy, theCase.id, party);
    await askAgreement(act, party.id);
    await changed(act, by, 'agreement_asked', { party: party.id, ...(saidNo ? { reason: 'came_back' } : {}) });
    await ask(act, party, 'agreement_asked', `${party.id}/${tx.now.getTime()}`);
  });
}

/** Nobody answered, after reminders: a neutral end for this party; its contact is erased a month later (§3.5). */
export async function noteNoAnswer(ctx: CommandContext, by: Staff, input: OnParty): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, policy, theCase } = act;
    const party = await partyOf(act, input.partyId);
    if (party.side === 'requester' || !mayBecome(party.agreement, 'no_answer'))
      throw new DomainError('not_allowed_now');
    await tx.db
      .updateTable('agreement')
      .set({ state: 'no_answer', answered_at: tx.now })
      .where('party_id', '=', party.id)
      .where('state', '=', 'asked')
      .execute();
    await endParty(tx, policy, theCase, { id: party.id, reason: 'no_answer' });
    await changed(act, by, 'party_gave_no_answer', { party: party.id });
  });
}

/** A withdrawal told to the mediator or the leader (R30: by phone, orally, in writing). */
export async function withdrawForParty(
  ctx: CommandContext,
  by: Staff,
  input: OnParty & { way: 'phone' | 'oral' | 'written' },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const party = await partyOf(act, input.partyId);
    if (party.side === 'requester' || party.ended) throw new DomainError('not_allowed_now');
    await partyWithdraws(act.tx, act.policy, act.theCase, party, {
      by: act.role,
      way: input.way,
      personId: by.personId,
    });
  });
}

/**
 * R77, GDPR art. 14: the party was told where its data come from. `exempted` is the leader's alone, with a reason kept.
 * @throws DomainError not_your_case when a mediator exempts.
 */
export async function informParty(
  ctx: CommandContext,
  by: Staff,
  input: OnParty & { how: 'letter' | 'oral' | 'email' | 'exempted'; reason?: string },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, theCase, text } = act;
    const party = await partyOf(act, input.partyId);
    if (party.side === 'requester' || party.informedAt) throw new DomainError('not_allowed_now');
    if (input.how === 'exempted') requireLeader(theCase);
    await tx.db
      .updateTable('party')
      .set({
        informed_at: tx.now,
        informed_how: input.how,
        exemption_reason: input.reason ? text.seal('party', 'exemption_reason', input.reason) : null,
      })
      .where('id', '=', party.id)
      .execute();
    await settleDeadlines(tx, theCase.id, ['art14_notice'], 'met', { partyId: party.id });
    if (input.how !== 'exempted') await settleDeadlines(tx, theCase.id, ['other_party_contact'], 'met');
    await changed(act, by, 'party_informed', { party: party.id, how: input.how });
  });
}

async function changed(
  { tx, theCase }: StaffAct,
  by: Staff,
  code: 'agreement_asked' | 'party_gave_no_answer' | 'party_informed',
  data: Record<string, string>,
): Promise<void> {
  await recordChange(tx, { caseId: theCase.id, code, actor: 'staff', personId: by.personId, data });
}

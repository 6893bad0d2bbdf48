import { isActive } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import { type LockedCase, lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { type HolderTx, inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { contactHash } from '../privacy/contact.ts';
import { actorOf, type CodeHolder } from './code-holder.ts';
import type { Reach } from './reach.form.ts';

/**
 * « Comment me joindre », by the holder of a code (R98): it holds from this transaction on. Mails that wait are looked at again before they
 * leave, and calls read it on the task.
 * @throws DomainError not_allowed_now once the case is over for good, or the party has left.
 */
export async function changeReachByCode(ctx: CommandContext, holder: CodeHolder, reach: Reach): Promise<void> {
  await inTransaction(ctx.db, actorOf(holder), async (tx) => {
    const theCase = await lockCase(tx, holder.caseId);
    if (!mayBeReached(theCase)) throw new DomainError('not_allowed_now');
    const text = new CaseText(ctx.keys, theCase);
    if (holder.partyId) await ofParty(tx, text, holder.partyId, reach);
    else await ofRequester(ctx, tx, text, theCase.id, reach);
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'reach_changed',
      actor: holder.partyId ? 'party' : 'requester',
      data: holder.partyId ? { party: holder.partyId } : {},
    });
  });
}

/** News still come after an ending: checks, opinions, what the closing says. */
function mayBeReached({ state }: LockedCase): boolean {
  return isActive(state) || state === 'closed' || state === 'merged' || state === 'redirected';
}

/** Hours hold as long as somebody asks for certain hours. */
function hoursOf(
  seal: (text: string) => Buffer,
  { precautions, contactHours }: Reach,
): { contact_hours?: Buffer | null } {
  if (contactHours) return { contact_hours: seal(contactHours) };
  return precautions.includes('only_hours') ? {} : { contact_hours: null };
}

async function ofRequester(
  ctx: CommandContext,
  tx: HolderTx,
  text: CaseText,
  caseId: string,
  reach: Reach,
): Promise<void> {
  const seal = (column: string) => (typed: string) => text.seal('case_identity', column, typed);
  await tx.db
    .updateTable('case_identity')
    .set({
      contact_ways: [...reach.contactWays],
      precautions: [...reach.precautions],
      ...hoursOf(seal('contact_hours'), reach),
      ...(reach.phone
        ? { phone: seal('phone')(reach.phone), phone_hash: contactHash(ctx.keys, 'phone', reach.phone) }
        : {}),
      ...(reach.postalAddress ? { postal_address: seal('postal_address')(reach.postalAddress) } : {}),
      ...(reach.trustedPerson ? { trusted_person: seal('trusted_person')(reach.trustedPerson) } : {}),
    })
    .where('case_id', '=', caseId)
    .execute();
}

async function ofParty(tx: HolderTx, text: CaseText, partyId: string, reach: Reach): Promise<void> {
  const party = await tx.db.selectFrom('party').select('ended_at').where('id', '=', partyId).executeTakeFirst();
  if (!party || party.ended_at) throw new DomainError('not_allowed_now');
  const seal = (column: string) => (typed: string) => text.seal('party_identity', column, typed);
  await tx.db
    .updateTable('party_identity')
    .set({
      contact_ways: [...reach.contactWays],
      precautions: [...reach.precautions],
      ...hoursOf(seal('contact_hours'), reach),
      ...(reach.phone ? { phone: seal('phone')(reach.phone) } : {}),
      ...(reach.postalAddress ? { postal_address: seal('postal_address')(reach.postalAddress) } : {}),
    })
    .where('party_id', '=', partyId)
    .execute();
}

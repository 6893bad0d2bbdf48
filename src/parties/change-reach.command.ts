import { isActive } from '../cases/case-status.ts';
import { CaseText } from '../cases/case-text.ts';
import type { LockedCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { recordChange } from '../outbox/record-change.ts';
import { contactHash } from '../privacy/contact.ts';
import { asHolder } from './as-holder.ts';
import type { CodeHolder } from './code-holder.ts';
import type { Reach } from './reach.form.ts';

/**
 * « Comment me joindre », by the holder of a code (R98): it holds from this transaction on. Mails that wait are looked at again before they
 * leave, and calls read it on the task.
 * @throws DomainError not_allowed_now once the case is over for good, or the party has left.
 */
export async function changeReachByCode(ctx: CommandContext, holder: CodeHolder, reach: Reach): Promise<void> {
  await asHolder(ctx, holder, async ({ tx, theCase, party }) => {
    if (!mayBeReached(theCase) || (holder.partyId && party.ended)) throw new DomainError('not_allowed_now');
    const text = new CaseText(ctx.keys, theCase);
    if (holder.partyId)
      await tx.db
        .updateTable('party_identity')
        .set(columnsOf(text, 'party_identity', reach))
        .where('party_id', '=', holder.partyId)
        .execute();
    else
      await tx.db
        .updateTable('case_identity')
        .set({
          ...columnsOf(text, 'case_identity', reach),
          ...(reach.phone ? { phone_hash: contactHash(ctx.keys, 'phone', reach.phone) } : {}),
          ...(reach.trustedPerson
            ? { trusted_person: text.seal('case_identity', 'trusted_person', reach.trustedPerson) }
            : {}),
        })
        .where('case_id', '=', theCase.id)
        .execute();
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

/** What both sides may change. Hours hold as long as somebody asks for certain hours; a number or an address until another is given. */
function columnsOf(text: CaseText, table: 'case_identity' | 'party_identity', reach: Reach) {
  const { contactWays, precautions, contactHours, phone, postalAddress } = reach;
  return {
    contact_ways: [...contactWays],
    precautions: [...precautions],
    ...(contactHours ? { contact_hours: text.seal(table, 'contact_hours', contactHours) } : {}),
    ...(contactHours || precautions.includes('only_hours') ? {} : { contact_hours: null }),
    ...(phone ? { phone: text.seal(table, 'phone', phone) } : {}),
    ...(postalAddress ? { postal_address: text.seal(table, 'postal_address', postalAddress) } : {}),
  };
}

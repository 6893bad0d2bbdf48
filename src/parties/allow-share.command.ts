import { sql } from 'kysely';
import { isActive } from '../cases/case-status.ts';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { requireOrganisation } from '../partners/require-organisation.ts';
import { recordChange } from '../outbox/record-change.ts';
import { partyOf } from './standing.ts';
import type { Share } from './write-agreement.ts';

/**
 * F3, item 4, once more: a party that has agreed allows one more thing to be shared, with one organisation, for one purpose; it may be taken
 * back like the others (R103).
 * @throws DomainError not_allowed_now without an agreement that stands; unknown_choice for an organisation that has closed, or belongs to
 * the forces of order (R84).
 */
export async function allowShare(
  ctx: CommandContext,
  by: Staff,
  input: { caseId: string; partyId: string; share: Share; mode: 'written' | 'oral' },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, theCase, text } = act;
    const party = await partyOf(act, input.partyId);
    if (!isActive(theCase.state) || party.ended || party.agreement !== 'yes' || !party.agreementId)
      throw new DomainError('not_allowed_now');
    await requireOrganisation(tx, input.share.organisationId, 'shareWith');
    await tx.db
      .insertInto('agreement_item')
      .values({
        agreement_id: party.agreementId,
        ordinal: sql<number>`(select max(ordinal) + 1 from agreement_item where agreement_id = ${party.agreementId})`,
        party_id: party.id,
        case_id: theCase.id,
        town_id: by.townId,
        item: 'share',
        given: true,
        said: text.seal('agreement_item', 'said', input.share.what),
        organisation_id: input.share.organisationId,
        purpose: text.seal('agreement_item', 'purpose', input.share.purpose),
        added_at: tx.now,
        mode: input.mode,
      })
      .execute();
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'share_allowed',
      actor: 'staff',
      personId: by.personId,
      data: { party: party.id, organisation: input.share.organisationId, mode: input.mode },
    });
  });
}

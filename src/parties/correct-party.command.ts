import { sql } from 'kysely';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import { DomainError } from '../errors.ts';
import { requireSeen } from '../journal/require-seen.ts';
import { recordChange } from '../outbox/record-change.ts';
import { mayCorrect } from '../rights/may-correct.query.ts';
import { requireOrganisation } from '../partners/require-organisation.ts';
import { identityOf, type NewParty } from './add-party.command.ts';
import { SAID_OF_REACH } from './said-of-reach.ts';
import { partyOf } from './standing.ts';

/**
 * A contact that was typed wrongly, put right: what stands on the form is what holds from now on. What was said and agreed stays.
 * @throws DomainError not_allowed_now for the requester, and for a party that has left, whose contact is on its way out (§3.5), unless it asks for
 * it (R82); changed_meanwhile when the party changed something of it after the page was opened (R98).
 */
export async function correctParty(
  ctx: CommandContext,
  by: Staff,
  { partyId, seen, ...input }: NewParty & { partyId: string; seen?: number | undefined },
): Promise<void> {
  await onCase(ctx, by, input.caseId, async (act) => {
    const { tx, theCase } = act;
    const party = await partyOf(act, partyId);
    if (party.side === 'requester' || !(await mayCorrect(tx, theCase, party))) throw new DomainError('not_allowed_now');
    await requireSeen(tx, theCase.id, seen, SAID_OF_REACH, sql<boolean>`data ->> 'party' = ${party.id}`);
    if (input.organisationId && input.organisationId !== party.organisationId)
      await requireOrganisation(tx, input.organisationId, 'organisation');
    await tx.db
      .updateTable('party')
      .set({
        kind: input.kind,
        organisation_id: input.organisationId ?? null,
        minor: input.minor,
        interpreter: input.interpreter,
      })
      .where('id', '=', party.id)
      .execute();
    await tx.db
      .updateTable('party_identity')
      .set(identityOf(ctx, act, input))
      .where('party_id', '=', party.id)
      .execute();
    await recordChange(tx, {
      caseId: theCase.id,
      code: 'party_corrected',
      actor: 'staff',
      personId: by.personId,
      data: { party: party.id },
    });
  });
}

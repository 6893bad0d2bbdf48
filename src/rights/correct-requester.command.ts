import { sql } from 'kysely';
import { onCase } from '../cases/on-case.ts';
import type { Staff } from '../cases/triage.command.ts';
import type { CommandContext } from '../command-context.ts';
import type { ContactWay, Precaution } from '../db/tables/case.ts';
import { DomainError } from '../errors.ts';
import { requireSeen } from '../journal/require-seen.ts';
import { recordChange } from '../outbox/record-change.ts';
import { SAID_OF_REACH } from '../parties/said-of-reach.ts';
import { partiesOf } from '../parties/standing.ts';
import { contactHash } from '../privacy/contact.ts';
import { mayCorrect } from './may-correct.query.ts';

export type CorrectedContact = {
  caseId: string;
  name: string;
  phone?: string;
  email?: string;
  postalAddress?: string;
  trustedPerson?: string;
  contactHours?: string;
  spokenLanguage?: string;
  interpreter: boolean;
  contactWays: readonly ContactWay[];
  precautions: readonly Precaution[];
  /** The last line of the journal the page knew. */
  seen?: number | undefined;
};

/**
 * The contact of the person who asked, put right: what stands on the form is what holds from now on. What was told and agreed stays.
 * @throws DomainError not_allowed_now once the case has ended, unless the person asks for it (R82); changed_meanwhile when that person changed
 * something of it after the page was opened (R98).
 */
export async function correctRequester(
  ctx: CommandContext,
  by: Staff,
  { caseId, interpreter, seen, ...contact }: CorrectedContact,
): Promise<void> {
  await onCase(ctx, by, caseId, async ({ tx, theCase, text }) => {
    const requester = (await partiesOf(tx, caseId)).find(({ side }) => side === 'requester');
    if (!requester || !(await mayCorrect(tx, theCase, requester))) throw new DomainError('not_allowed_now');
    await requireSeen(tx, caseId, seen, SAID_OF_REACH, sql<boolean>`actor = 'requester'`);
    const sealed = (column: string, value: string | undefined) =>
      value ? text.seal('case_identity', column, value) : null;
    await tx.db
      .updateTable('case_identity')
      .set({
        first_name: text.seal('case_identity', 'first_name', contact.name),
        phone: sealed('phone', contact.phone),
        phone_hash: contact.phone ? contactHash(ctx.keys, 'phone', contact.phone) : null,
        email: sealed('email', contact.email),
        email_hash: contact.email ? contactHash(ctx.keys, 'email', contact.email) : null,
        postal_address: sealed('postal_address', contact.postalAddress),
        trusted_person: sealed('trusted_person', contact.trustedPerson),
        contact_hours: sealed('contact_hours', contact.contactHours),
        spoken_language: contact.spokenLanguage ?? null,
        contact_ways: [...contact.contactWays],
        precautions: [...contact.precautions],
      })
      .where('case_id', '=', caseId)
      .execute();
    await tx.db.updateTable('mediation_case').set({ interpreter }).where('id', '=', caseId).execute();
    await tx.db.updateTable('party').set({ interpreter }).where('id', '=', requester.id).execute();
    await recordChange(tx, {
      caseId,
      code: 'party_corrected',
      actor: 'staff',
      personId: by.personId,
      data: { party: requester.id },
    });
  });
}

import { sql } from 'kysely';
import type { CommandContext } from '../command-context.ts';
import { type CodeHolder, readAsHolder } from './code-holder.ts';
import type { KnownReach } from './reach.form.ts';

export type OwnReach = KnownReach & { number: string };

/** How whoever holds this code may be reached: the boxes, and whether there is a number or an address; never which (C-3). */
export async function ownReach(ctx: CommandContext, holder: CodeHolder): Promise<OwnReach> {
  return readAsHolder(ctx, holder, async (tx, _text, { number }) => {
    if (holder.partyId) {
      const row = await tx.db
        .selectFrom('party_identity')
        .select(['contact_ways as contactWays', 'precautions', 'has_email as hasEmail'])
        .select([
          sql<boolean>`phone is not null`.as('hasPhone'),
          sql<boolean>`postal_address is not null`.as('hasAddress'),
        ])
        .where('party_id', '=', holder.partyId)
        .executeTakeFirstOrThrow();
      return { number, side: 'other', hasTrusted: false, ...row };
    }
    const row = await tx.db
      .selectFrom('case_identity')
      .select(['contact_ways as contactWays', 'precautions'])
      .select([sql<boolean>`email_hash is not null`.as('hasEmail'), sql<boolean>`phone is not null`.as('hasPhone')])
      .select(sql<boolean>`postal_address is not null`.as('hasAddress'))
      .select(sql<boolean>`trusted_person is not null`.as('hasTrusted'))
      .where('case_id', '=', holder.caseId)
      .executeTakeFirstOrThrow();
    return { number, side: 'requester', ...row };
  });
}

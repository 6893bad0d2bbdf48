import { sql } from 'kysely';
import { lockCase } from '../cases/lock-case.ts';
import type { CommandContext } from '../command-context.ts';
import { inTransaction, type PartyTx } from '../db/transaction.ts';
import { queuePartyMail } from '../mail/queue-party-mail.ts';
import { recordChange } from '../outbox/record-change.ts';
import { codeHash } from '../privacy/case-code.ts';
import { partyCode } from './party-code.ts';
import type { PartySeat } from './party-session.command.ts';

/**
 * « Remplacer mon code », for the other party as for the requester: the old code and whatever it opened are closed. The new one is made from
 * `accessId`, chosen with the page that asks, so that the same page sent again gives the same code; like the first it can be printed again on the
 * letter, which is how a lost code comes back without a mailbox.
 * @param proven by the code itself, or by a short code that came by mail.
 * @returns false when this page's code has itself been replaced meanwhile; nothing is written then.
 */
export async function replacePartyCode(
  ctx: CommandContext,
  by: PartySeat & { townId: string },
  accessId: string,
  proven: 'code' | 'mail',
): Promise<boolean> {
  const policy = await ctx.policies.of(by.townId);
  return inTransaction(ctx.db, { role: 'app_party', ...by }, async (tx) => {
    const theCase = await lockCase(tx, by.caseId);
    const known = await stateOf(tx, accessId);
    if (known) return known === 'open';
    await sql`update access set ended_at = clock_timestamp() where party_id = ${by.partyId} and ended_at is null`.execute(
      tx.db,
    );
    await sql`insert into access (id, town_id, case_id, party_id, purpose, token_hash, derived)
      values (${accessId}, ${by.townId}, ${by.caseId}, ${by.partyId}, 'party_code',
              ${codeHash(ctx.keys, partyCode(ctx.keys, accessId))}, true)`.execute(tx.db);
    await recordChange(tx, {
      caseId: by.caseId,
      code: 'code_replaced',
      actor: 'party',
      data: { party: by.partyId, by: proven },
    });
    // The owner of an address on file is told (v5.0.0-6.3.7).
    const told = { template: 'code_replaced', key: accessId, call: false } as const;
    await queuePartyMail(tx, policy, theCase, { id: by.partyId, side: 'other' }, told);
    return true;
  });
}

/** Is this the party's living code? Asked also once its session is closed: the page that shows it comes after. */
export async function isPartyCodeNow(
  ctx: CommandContext,
  by: PartySeat & { townId: string },
  accessId: string,
): Promise<{ number: string; receivedAt: Date } | undefined> {
  return inTransaction(ctx.db, { role: 'app_party', ...by }, async (tx) => {
    if ((await stateOf(tx, accessId)) !== 'open') return undefined;
    return tx.db
      .selectFrom('mediation_case as c')
      .innerJoin('party as p', 'p.case_id', 'c.id')
      .select(['c.number', 'p.created_at as receivedAt'])
      .where('p.id', '=', by.partyId)
      .executeTakeFirst();
  });
}

async function stateOf(tx: PartyTx, accessId: string): Promise<'open' | 'ended' | undefined> {
  const found = await tx.db
    .selectFrom('access')
    .select('ended_at as endedAt')
    .where('id', '=', accessId)
    .executeTakeFirst();
  return found && (found.endedAt === null ? 'open' : 'ended');
}
